import { useEffect, useMemo, useRef, useState } from "react";
import type { ConfidenceBin } from "../../../evaluation/probabilities.ts";
import type { OneAgainstRest } from "../../../evaluation/scores.ts";
import { atThreshold, precisionRecallCurve, rocCurve } from "../../../evaluation/threshold.ts";
import type { Run } from "../../../project/run.ts";
import type { MeasuredOn } from "../../../project/run-photos.ts";
import controls from "../../shared/controls.module.css";
import { Trouble } from "../../shared/Trouble.tsx";
import { saveFile } from "../../store/save-file.ts";
import { useStore } from "../../store/store.ts";
import { pictureOf } from "../../train/chart/picture.ts";
import { sentenceOf, words } from "../../words/words.ts";
import page from "../EvaluatePlace.module.css";
import { tableCsv } from "../table-csv.ts";
import styles from "./Curves.module.css";
import { Figure, useMeasureChart } from "./Figure.tsx";
import { binTable, type PlainTable, thresholdTable } from "./tables.ts";

interface CurvesProps {
  readonly run: Run;
  readonly on: MeasuredOn;
  readonly classNames: readonly string[];
  readonly bins: readonly ConfidenceBin[];
}

const text = words.measureCurves;

/** Curves of one class against the rest with a threshold to move, and how far confidence can be trusted. */
export function Curves({ run, on, classNames, bins }: CurvesProps) {
  const [label, setLabel] = useState(0);
  const [threshold, setThreshold] = useState(0.5);
  const one = useClassScores(run, on, label);
  const { part, error, retry } = useMeasureChart();
  const charts = useRef<HTMLDivElement>(null);
  const attempt = useStore((state) => state.attempt);
  const Chart = part?.default;
  const name = classNames[label] ?? "";
  const isDefined = one !== null && one.own.length > 0 && one.others.length > 0;
  const tables = useMemo(
    () => [...(one && isDefined ? [thresholdTable(one, name)] : []), binTable(bins)],
    [one, isDefined, name, bins],
  );
  if (error) return <Trouble text={sentenceOf(error)} onRetry={retry} />;
  const savePicture = () =>
    attempt(async () => {
      if (charts.current) saveFile(await pictureOf(charts.current), `${text.fileName}.png`);
    });
  return (
    <div className={styles.curves}>
      <label className={`${controls.field} ${styles.class}`}>
        <span>{text.className}</span>
        <select value={label} onChange={({ currentTarget }) => setLabel(Number(currentTarget.value))}>
          {classNames.map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the report
            <option key={at} value={at}>
              {each}
            </option>
          ))}
        </select>
      </label>
      {one && isDefined ? <Threshold {...{ one, name, threshold }} onThreshold={setThreshold} /> : null}
      {one && !isDefined ? <p className={controls.quiet}>{text.notDefined}</p> : null}
      <div ref={charts} className={styles.figures}>
        {one && isDefined ? <ClassFigures {...{ Chart, one, threshold }} /> : null}
        <ConfidenceFigures Chart={Chart} bins={bins} />
      </div>
      <details>
        <summary>{text.asTable}</summary>
        <div className={styles.tables}>
          {tables.map((table) => (
            <Table key={table.title} table={table} />
          ))}
        </div>
      </details>
      <div className={controls.row}>
        <button type="button" className={controls.button} disabled={!Chart} onClick={() => void savePicture()}>
          {text.picture}
        </button>
        <button
          type="button"
          className={controls.button}
          onClick={() => saveFile(tableCsv(tables.flatMap(csvRows)), `${text.fileName}.csv`)}
        >
          {text.table}
        </button>
      </div>
    </div>
  );
}

/** What the curves of a class are made of; null until it is there. */
function useClassScores(run: Run, on: MeasuredOn, label: number): OneAgainstRest | null {
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly one: OneAgainstRest | null } | null>(null);
  const { scoresOfClass, attempt } = useStore.getState();
  const key = [run.id, on, label].join(" ");
  useEffect(() => {
    let isStale = false;
    void attempt(async () => {
      const one = await scoresOfClass(run.id, on, label);
      if (!isStale) setLoaded({ key, one });
    });
    return () => {
      isStale = true;
    };
  }, [run.id, on, label, key, scoresOfClass, attempt]);
  return loaded?.key === key ? loaded.one : null;
}

interface ThresholdProps {
  readonly one: OneAgainstRest;
  readonly name: string;
  readonly threshold: number;
  onThreshold(threshold: number): void;
}

function Threshold({ one, name, threshold, onThreshold }: ThresholdProps) {
  return (
    <div className={styles.threshold}>
      <label>
        <span>{text.threshold}</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={threshold}
          aria-valuetext={text.wholePercent(threshold)}
          onChange={({ currentTarget }) => onThreshold(Number(currentTarget.value))}
        />
        <output>{text.wholePercent(threshold)}</output>
      </label>
      <p role="status">{text.consequences({ name, ...atThreshold(one, threshold) })}</p>
    </div>
  );
}

type Chart = Parameters<typeof Figure>[0]["Chart"];

function ClassFigures({ Chart, one, threshold }: { Chart: Chart; one: OneAgainstRest; threshold: number }) {
  const [roc, precisionRecall] = useMemo(() => [rocCurve(one), precisionRecallCurve(one)], [one]);
  const { called, hits, own, others } = atThreshold(one, threshold);
  const found = hits / own;
  return (
    <>
      <Figure
        Chart={Chart}
        title={text.roc.title}
        hint={text.roc.hint}
        chart={{
          ...{ kind: "curve", x: text.roc.x, y: text.roc.y, points: roc },
          ...{ isStepped: false, hasDiagonal: true, hasDots: false },
          marked: { x: (called - hits) / others, y: found },
        }}
      />
      <Figure
        Chart={Chart}
        title={text.precisionRecall.title}
        hint={text.precisionRecall.hint}
        chart={{
          ...{ kind: "curve", x: text.precisionRecall.x, y: text.precisionRecall.y, points: precisionRecall },
          ...{ isStepped: true, hasDiagonal: false, hasDots: false },
          marked: called ? { x: found, y: hits / called } : null,
        }}
      />
    </>
  );
}

function ConfidenceFigures({ Chart, bins }: { Chart: Chart; bins: readonly ConfidenceBin[] }) {
  const points = useMemo(
    () =>
      bins.flatMap(({ confidence, right, photos }) =>
        confidence === null ? [] : [{ x: confidence, y: right / photos }],
      ),
    [bins],
  );
  return (
    <>
      <Figure
        Chart={Chart}
        title={text.reliability.title}
        hint={text.reliability.hint}
        chart={{
          ...{ kind: "curve", x: text.reliability.x, y: text.reliability.y, points },
          ...{ isStepped: false, hasDiagonal: true, hasDots: true, marked: null },
        }}
      />
      <Figure
        Chart={Chart}
        title={text.histogram.title}
        hint={text.histogram.hint}
        chart={{ kind: "bins", x: text.histogram.x, y: text.histogram.y, bins }}
      />
    </>
  );
}

function Table({ table: { title, header, rows, shares } }: { table: PlainTable }) {
  const shown = (cell: string | number | null, at: number) => {
    if (cell === null) return text.none;
    if (typeof cell === "string") return cell;
    return shares.includes(at) ? text.percent(cell) : words.numbers.count(cell);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={page.scroll} tabIndex={0} aria-label={words.metrics.all.scrollable(title)}>
      <table className={page.table}>
        <caption>{title}</caption>
        <thead>
          <tr>
            {header.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = null, ...rest]) => (
            <tr key={String(first)}>
              <th scope="row">{shown(first, 0)}</th>
              {rest.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={at}>{shown(cell, at + 1)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function csvRows({ title, header, rows }: PlainTable): (string | number | null)[][] {
  return [[title], [...header], ...rows.map((row) => [...row]), []];
}
