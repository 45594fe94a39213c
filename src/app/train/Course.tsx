import { lazy, Suspense, useMemo } from "react";
import type { EpochResult } from "../../training/history.ts";
import controls from "../shared/controls.module.css";
import { percent } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import styles from "./Course.module.css";

const CurveChart = lazy(() => import("./CurveChart.tsx"));

/** Drawing more points than this shows no more and costs time. */
const MOST_POINTS = 300;

/** How loss and accuracy went, epoch by epoch. */
export function Course() {
  const course = useStore((state) => state.course);
  const lastRun = useStore((state) => state.lastRun);
  const activity = useStore((state) => state.activity);
  const epochs = course.length || activity.kind !== "idle" ? course : (lastRun?.summary.outcome.history ?? []);
  const bestEpoch =
    activity.kind === "training"
      ? activity.bestEpoch
      : course.length || activity.kind === "idle"
        ? lastRun?.summary.outcome.bestEpoch
        : undefined;
  const points = useMemo(() => thin(epochs), [epochs]);
  if (epochs.length === 0) {
    return (
      <p className={`${controls.empty} ${controls.quiet}`}>
        Here training draws its loss and accuracy as it goes, on the photos it learns from and on those it does not.
      </p>
    );
  }
  return (
    <div className={styles.course}>
      <Curve
        title="Loss"
        hint="lower is better"
        points={points}
        best={bestEpoch}
        train="trainLoss"
        validation="validationLoss"
      />
      <Curve
        title="Accuracy"
        hint="higher is better"
        points={points}
        best={bestEpoch}
        train="trainAccuracy"
        validation="validationAccuracy"
      />
      <details className={styles.numbers}>
        <summary>The numbers</summary>
        <EpochTable epochs={points} />
      </details>
    </div>
  );
}

interface CurveProps {
  readonly title: string;
  readonly hint: string;
  readonly points: readonly EpochResult[];
  readonly best: number | undefined;
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
