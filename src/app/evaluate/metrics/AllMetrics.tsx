import { useMemo } from "react";
import {
  AVERAGES,
  CLASS_METRICS,
  type ClassMeasures,
  type Measures,
  type Metric,
  OVERALL_METRICS,
} from "../../../evaluation/measures.ts";
import controls from "../../shared/controls.module.css";
import { saveFile } from "../../store/save-file.ts";
import { words } from "../../words/words.ts";
import styles from "../EvaluatePlace.module.css";
import { tableCsv } from "../table-csv.ts";
import { ClassDot } from "./ClassDot.tsx";
import own from "./Metrics.module.css";
import { type SortedColumn, SortedTable } from "./SortedTable.tsx";

interface AllMetricsProps {
  readonly measures: Measures;
  readonly classNames: readonly string[];
  /** Places in the palette, in the same order. */
  readonly colours: readonly number[];
}

type Row = Measures["classes"][number] & { readonly at: number; readonly name: string };

/** Every metric with its interval: of all classes together, means of the classes, and per class. */
export function AllMetrics({ measures, classNames, colours }: AllMetricsProps) {
  const { all } = words.metrics;
  const rows = useMemo(
    () => measures.classes.map((each, at): Row => ({ ...each, at, name: classNames[at] ?? "" })),
    [measures, classNames],
  );
  const columns = useMemo(() => columnsOf(colours), [colours]);
  return (
    <div className={own.all}>
      <Overall measures={measures} />
      <Averages averages={measures.averages} />
      <section>
        <h3 id="per-class-title">{all.perClass}</h3>
        <SortedTable
          titleId="per-class-title"
          scrollable={all.scrollable(all.perClass)}
          columns={columns}
          rows={rows}
          keyOf={({ at }) => at}
        />
      </section>
      <p className={controls.quiet}>{all.how}</p>
      <div className={controls.row}>
        <button
          type="button"
          className={controls.button}
          onClick={() => saveFile(tableCsv(csvRows(measures, classNames)), `${words.metrics.fileName}.csv`)}
        >
          {words.metrics.download}
        </button>
      </div>
    </div>
  );
}

function Overall({ measures }: { measures: Measures }) {
  const { all, of, topK } = words.metrics;
  const rows = [
    ...OVERALL_METRICS.map((name) => ({ ...of[name], metric: measures.overall[name] })),
    ...measures.topK.map(({ k, metric }) => ({ ...topK(k), metric })),
  ];
  return (
    <section>
      <h3 id="overall-metrics-title">{all.overall}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={all.scrollable(all.overall)}>
        <table className={`${styles.table} ${own.overall}`} aria-labelledby="overall-metrics-title">
          <thead>
            <tr>
              {[all.columns.metric, all.columns.value, all.columns.interval, all.columns.meaning].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, meaning, metric }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{metric ? words.metrics.value(metric.value) : words.metrics.none}</td>
                <td>{metric?.interval ? words.metrics.interval(metric.interval) : words.metrics.none}</td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Averages({ averages }: { averages: Measures["averages"] }) {
  const { all, average, ofClass } = words.metrics;
  return (
    <section>
      <h3 id="averages-title">{all.averages}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={all.scrollable(all.averages)}>
        <table className={styles.table} aria-labelledby="averages-title">
          <thead>
            <tr>
              <th scope="col">{all.columns.mean}</th>
              {CLASS_METRICS.map((name) => (
                <th key={name} scope="col">
                  {ofClass[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {AVERAGES.map((each) => (
              <tr key={each}>
                <th scope="row">
                  {average[each].name} <span className={own.interval}>{average[each].meaning}</span>
                </th>
                {CLASS_METRICS.map((name) => (
                  <td key={name}>
                    <Value metric={averages[each][name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** A metric above its interval. */
function Value({ metric }: { metric: Metric | null }) {
  if (!metric) return words.metrics.none;
  return (
    <>
      {words.metrics.value(metric.value)}
      {metric.interval ? <span className={own.interval}>{words.metrics.interval(metric.interval)}</span> : null}
    </>
  );
}

function columnsOf(colours: readonly number[]): SortedColumn<Row>[] {
  const { columns } = words.evaluate.metrics;
  return [
    {
      ...{ key: "name", header: columns.className },
      by: ({ name }) => name,
      cell: ({ name, at }) => <ClassDot name={name} colour={colours[at] ?? 0} />,
    },
    ...CLASS_METRICS.map(
      (key): SortedColumn<Row> => ({
        ...{ key, header: words.metrics.ofClass[key] },
        by: (row) => row[key]?.value ?? null,
        cell: (row) => <Value metric={row[key]} />,
      }),
    ),
    {
      ...{ key: "support", header: columns.support },
      by: ({ support }) => support,
      cell: ({ support }) => words.numbers.count(support),
    },
  ];
}

/** All numbers, none of them rounded. */
function csvRows(measures: Measures, classNames: readonly string[]): (string | number | null)[][] {
  const { all, of, topK, average, ofClass } = words.metrics;
  const cells = (metric: Metric | null) => [
    metric?.value ?? null,
    metric?.interval?.low ?? null,
    metric?.interval?.high ?? null,
  ];
  const each = (name: string, from: ClassMeasures) =>
    CLASS_METRICS.map((metric) => [ofClass[metric], name, ...cells(from[metric])]);
  const { metric, value, low, high } = all.columns;
  return [
    [metric, words.evaluate.metrics.columns.className, value, low, high],
    ...OVERALL_METRICS.map((name) => [of[name].name, null, ...cells(measures.overall[name])]),
    ...measures.topK.map((top) => [topK(top.k).name, null, ...cells(top.metric)]),
    ...AVERAGES.flatMap((name) => each(average[name].name, measures.averages[name])),
    ...measures.classes.flatMap((from, at) => each(classNames[at] ?? "", from)),
  ];
}
