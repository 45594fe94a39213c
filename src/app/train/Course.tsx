import { useEffect, useMemo, useState } from "react";
import { loadPart } from "../../errors/part.ts";
import { curvesOf } from "../../project/run.ts";
import { curveMeaning } from "../../training/curve-meaning.ts";
import type { EpochResult } from "../../training/history.ts";
import controls from "../shared/controls.module.css";
import { lazyPart } from "../shared/lazy-part.ts";
import { Trouble } from "../shared/Trouble.tsx";
import { trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { sentenceOf, words } from "../words/words.ts";
import styles from "./Course.module.css";
import type CurveChart from "./CurveChart.tsx";

const useChart = lazyPart(() => loadPart("chart", () => import("./CurveChart.tsx")));

const NO_EPOCHS: readonly EpochResult[] = [];
/** Drawing more points than this shows no more and costs time. */
const MOST_POINTS = 120;
/** Drawn in one task, two charts would hold up the page for twice as long. */
const SECOND_CHART_LATER_MS = 100;

/** Loss and accuracy of each epoch. */
export function Course() {
  const course = useStore((state) => state.course);
  const outcome = useStore((state) => runInUse(state)?.outcome);
  const training = useStore((state) => trainingIn(state.jobs) !== undefined);
  const epochs = training || course.epochs.length ? course.epochs : (outcome?.history ?? NO_EPOCHS);
  const bestEpoch = training ? course.progress?.bestEpoch : outcome?.bestEpoch;
  const headEpochs = training ? (course.progress?.tunedFrom ?? undefined) : outcome?.headEpochs;
  const tunedFrom = headEpochs !== undefined && headEpochs < epochs.length ? headEpochs : undefined;
  const points = useMemo(() => thin(epochs), [epochs]);
  const pointsLater = useDelayed(points, SECOND_CHART_LATER_MS);
  const chart = useChart();
  return (
    <section tabIndex={-1} className={styles.course} aria-labelledby="course-title">
      <h2 id="course-title" className={controls.hidden}>
        {words.train.course.title}
      </h2>
      {chart.error ? (
        <div className={styles.wide}>
          <Trouble text={words.train.course.withoutCharts(sentenceOf(chart.error))} onRetry={chart.retry} />
        </div>
      ) : null}
      <Curve
        Chart={chart.part?.default}
        title={words.train.course.loss}
        hint={words.train.course.lowerIsBetter}
        points={points}
        best={bestEpoch}
        tunedFrom={tunedFrom}
        train="trainLoss"
        validation="validationLoss"
        isShare={false}
      />
      <Curve
        Chart={chart.part?.default}
        title={words.train.course.accuracy}
        hint={words.train.course.higherIsBetter}
        points={pointsLater}
        best={bestEpoch}
        tunedFrom={tunedFrom}
        train="trainAccuracy"
        validation="validationAccuracy"
        isShare
      />
      {training ? null : <Meaning />}
      {points.length ? (
        <Numbers epochs={points} />
      ) : (
        <p className={`${controls.quiet} ${styles.wide}`}>{words.train.course.empty}</p>
      )}
    </section>
  );
}

/** What the curves of the classifier in use say. */
function Meaning() {
  const run = useStore(runInUse);
  const found = useMemo(() => run && curveMeaning(curvesOf(run)), [run]);
  return found ? <p className={styles.wide}>{words.train.course.meaning(found)}</p> : null;
}

interface CurveProps {
  /** Not there before it is loaded. */
  readonly Chart: typeof CurveChart | undefined;
  readonly title: string;
  readonly hint: string;
  readonly points: readonly EpochResult[];
  readonly best: number | undefined;
  /** The last epoch of the head alone, where fine-tuning followed. */
  readonly tunedFrom: number | undefined;
  readonly train: keyof EpochResult;
  readonly validation: keyof EpochResult;
  readonly isShare: boolean;
}

function Curve({ Chart, title, hint, ...chart }: CurveProps) {
  return (
    <figure className={`${controls.card} ${styles.curve}`} aria-label={title}>
      <figcaption>
        <strong>{title}</strong> <span className={controls.quiet}>{hint}</span>
        <span className={styles.key}>
          <span className={styles.train}>{words.train.course.training}</span>
          <span className={styles.validation}>{words.train.course.validation}</span>
          {chart.tunedFrom ? <span className={styles.tuned}>{words.train.course.fineTuning}</span> : null}
          {chart.best ? <span className={styles.best}>{words.train.course.best(chart.best)}</span> : null}
        </span>
      </figcaption>
      <div className={styles.canvas}>{Chart ? <Chart {...chart} measure={title} /> : null}</div>
    </figure>
  );
}

function useDelayed<T>(value: T, delayMs: number): T {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayed;
}

/** Closed, the table is not drawn: it would be the slowest part of the page while training runs. */
function Numbers({ epochs }: { epochs: readonly EpochResult[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.numbers} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.train.course.numbers}</summary>
      {open ? <EpochTable epochs={epochs} /> : null}
    </details>
  );
}

function EpochTable({ epochs }: { epochs: readonly EpochResult[] }) {
  return (
    <table aria-label={words.train.course.numbers}>
      <thead>
        <tr>
          {Object.values(words.train.course.columns).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {epochs.map(({ epoch, trainLoss, validationLoss, trainAccuracy, validationAccuracy }) => (
          <tr key={epoch}>
            <th scope="row">{epoch}</th>
            <td>{words.numbers.loss(trainLoss)}</td>
            <td>{words.numbers.loss(validationLoss)}</td>
            <td>{words.numbers.percent(trainAccuracy)}</td>
            <td>{words.numbers.percent(validationAccuracy)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every n-th epoch and the last. */
function thin(epochs: readonly EpochResult[]): readonly EpochResult[] {
  const step = Math.ceil(epochs.length / MOST_POINTS);
  return step <= 1 ? epochs : epochs.filter((_, at) => at % step === 0 || at === epochs.length - 1);
}
