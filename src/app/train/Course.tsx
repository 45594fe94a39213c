import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import type { EpochResult } from "../../training/history.ts";
import controls from "../shared/controls.module.css";
import { percent } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Course.module.css";

const CurveChart = lazy(() => import("./CurveChart.tsx"));

/** Drawing more points than this shows no more and costs time. */
const MOST_POINTS = 120;
/** Drawn in one task, two charts would hold up the page for twice as long. */
const SECOND_CHART_LATER_MS = 100;

/** How loss and accuracy went, epoch by epoch. */
export function Course() {
  const course = useStore((state) => state.course);
  const lastRun = useStore((state) => state.lastRun);
  const activity = useStore((state) => state.activity);
  const fineTuneEpochs = useStore((state) => state.settings.fineTuneEpochs);
  const epochs = course.length || activity.kind !== "idle" ? course : (lastRun?.summary.outcome.history ?? []);
  const bestEpoch =
    activity.kind === "training"
      ? activity.bestEpoch
      : course.length || activity.kind === "idle"
        ? lastRun?.summary.outcome.bestEpoch
        : undefined;
  const headEpochs =
    activity.kind === "idle"
      ? lastRun?.summary.outcome.headEpochs
      : activity.kind === "training" && activity.fineTuning
        ? activity.lastEpoch - fineTuneEpochs
        : undefined;
  const tunedFrom = headEpochs !== undefined && headEpochs < epochs.length ? headEpochs : undefined;
  const points = useMemo(() => thin(epochs), [epochs]);
  const pointsLater = useDelayed(points, SECOND_CHART_LATER_MS);
  return (
    <div className={styles.course}>
      <Curve
        title="Loss"
        hint="lower is better"
        points={points}
        best={bestEpoch}
        tunedFrom={tunedFrom}
        train="trainLoss"
        validation="validationLoss"
      />
      <Curve
        title="Accuracy"
        hint="higher is better"
        points={pointsLater}
        best={bestEpoch}
        tunedFrom={tunedFrom}
        train="trainAccuracy"
        validation="validationAccuracy"
      />
      {points.length ? (
        <Numbers epochs={points} />
      ) : (
        <p className={`${controls.quiet} ${styles.wide}`}>{words.train.noCourse}</p>
      )}
    </div>
  );
}

interface CurveProps {
  readonly title: string;
  readonly hint: string;
  readonly points: readonly EpochResult[];
  readonly best: number | undefined;
  /** The last epoch of the head alone, where fine-tuning followed. */
  readonly tunedFrom: number | undefined;
  readonly train: keyof EpochResult;
  readonly validation: keyof EpochResult;
}

function Curve({ title, hint, ...chart }: CurveProps) {
  return (
    <figure className={`${controls.card} ${styles.curve}`} aria-label={title}>
      <figcaption>
        <strong>{title}</strong> <span className={controls.quiet}>{hint}</span>
        <span className={styles.key}>
          <span className={styles.train}>training</span>
          <span className={styles.validation}>validation</span>
          {chart.tunedFrom ? <span className={styles.tuned}>fine-tuning</span> : null}
          {chart.best ? <span className={styles.best}>best epoch {chart.best}</span> : null}
        </span>
      </figcaption>
      <div className={styles.canvas}>
        <Suspense fallback={null}>
          <CurveChart {...chart} />
        </Suspense>
      </div>
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
      <summary>The numbers</summary>
      {open ? <EpochTable epochs={epochs} /> : null}
    </details>
  );
}

function EpochTable({ epochs }: { epochs: readonly EpochResult[] }) {
  return (
    <table>
      <thead>
        <tr>
          {["Epoch", "Training loss", "Validation loss", "Training accuracy", "Validation accuracy"].map((name) => (
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
            <td>{trainLoss.toFixed(4)}</td>
            <td>{validationLoss.toFixed(4)}</td>
            <td>{percent(trainAccuracy)}</td>
            <td>{percent(validationAccuracy)}</td>
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
