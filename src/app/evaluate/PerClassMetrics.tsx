import { useMemo } from "react";
import type { ClassMetrics, EvaluationReport } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { words } from "../words/words.ts";
import { ClassDot } from "./metrics/ClassDot.tsx";
import { type SortedColumn, SortedTable } from "./metrics/SortedTable.tsx";

interface PerClassMetricsProps {
  readonly classNames: readonly string[];
  /** Places in the palette, in the same order. */
  readonly colours: readonly number[];
  readonly report: EvaluationReport;
}

interface Row extends ClassMetrics {
  readonly at: number;
  readonly name: string;
}

export function PerClassMetrics({ classNames, colours, report }: PerClassMetricsProps) {
  const { metrics: text } = words.evaluate;
  const rows = useMemo(
    () => report.classes.map((each, at): Row => ({ ...each, at, name: classNames[at] ?? "" })),
    [report, classNames],
  );
  const columns = useMemo(() => columnsOf(colours), [colours]);
  return (
    <section className={controls.card}>
      <h2 id="metrics-title">{text.title}</h2>
      <p className={controls.quiet}>
        {text.explanation} {words.metrics.sort.hint}
      </p>
      <SortedTable
        titleId="metrics-title"
        scrollable={text.scrollable}
        columns={columns}
        rows={rows}
        keyOf={({ at }) => at}
      />
    </section>
  );
}

function columnsOf(colours: readonly number[]): SortedColumn<Row>[] {
  const { columns } = words.evaluate.metrics;
  const share = (key: "precision" | "recall" | "f1"): SortedColumn<Row> => ({
    ...{ key, header: columns[key] },
    by: (row) => row[key],
    cell: (row) => orDash(row[key]),
  });
  return [
    {
      ...{ key: "name", header: columns.className },
      by: ({ name }) => name,
      cell: ({ name, at }) => <ClassDot name={name} colour={colours[at] ?? 0} />,
    },
    ...[share("precision"), share("recall"), share("f1")],
    {
      ...{ key: "support", header: columns.support },
      by: ({ support }) => support,
      cell: ({ support }) => words.evaluate.count(support),
    },
  ];
}

function orDash(value: number | null): string {
  return value === null ? words.evaluate.metrics.none : words.evaluate.percent(value);
}
