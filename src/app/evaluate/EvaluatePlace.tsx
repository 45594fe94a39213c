import { useState } from "react";
import type { Estimate, EvaluationReport } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { percent, plural } from "../shared/format.ts";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import { ConfusionMatrix } from "./ConfusionMatrix.tsx";
import { EarlierRuns } from "./EarlierRuns.tsx";
import styles from "./EvaluatePlace.module.css";
import { type Cell, Mistakes } from "./Mistakes.tsx";
import { PerClassMetrics } from "./PerClassMetrics.tsx";

export function EvaluatePlace() {
  const lastRun = useStore((state) => state.lastRun);
  if (!lastRun) {
    return (
      <>
        <Standing place="Evaluate" next={{ text: "Train first", place: "Train" }} />
        <p className={`${controls.empty} ${controls.quiet}`}>
          After training, this page says how good the classifier is on photos it has never seen, which classes it
          confuses, and shows the photos it gets wrong.
        </p>
        <EarlierRuns />
      </>
    );
  }
  return (
    <>
      <Standing place="Evaluate" next={{ text: "Use it", place: "Use" }} />
      <Report key={lastRun.finishedAt} report={lastRun.summary.report} folds={lastRun.settings.folds} />
      <EarlierRuns />
    </>
  );
}

/** @param folds of cross-validation; 0 when there was none, undefined in runs from before there was any */
function Report({ report, folds = 0 }: { report: EvaluationReport; folds: number | undefined }) {
  const [cell, setCell] = useState<Cell | null>(null);
  if (report.photos === 0) {
    return (
      <p className={`${controls.empty} ${controls.quiet}`}>
        No photo was set aside for the test. Give “Test share” a value above 0 and train again.
      </p>
    );
  }
  return (
    <div className={styles.report}>
      <section className={controls.card} aria-label="Overall">
        <dl className={styles.figures}>
          <Figure term="Test accuracy" estimate={report.accuracy} meaning={accuracyMeaning(report)} />
          <Figure
            term="Macro F1"
            estimate={report.macroF1}
            meaning="The mean F1 of all classes: rare classes count as much as common ones."
          />
        </dl>
        {folds ? (
          <p className={`${controls.quiet} ${styles.folds}`}>
            By cross-validation: each photo was tested once, by one of {folds} classifiers that had not seen it. The one
            you use was then trained on all of them.
          </p>
        ) : null}
      </section>
      <PerClassMetrics report={report} />
      <ConfusionMatrix report={report} cell={cell} onCell={setCell} />
      <Mistakes report={report} cell={cell} />
    </div>
  );
}

function Figure({ term, estimate, meaning }: { term: string; estimate: Estimate; meaning: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <span className={styles.value}>{percent(estimate.value)}</span>{" "}
        <span className={styles.interval}>
          95% interval {percent(estimate.low)} to {percent(estimate.high)}
        </span>
        <span className={styles.meaning}>{meaning}</span>
      </dd>
    </div>
  );
}

function accuracyMeaning({ photos, mistakes, accuracy }: EvaluationReport): string {
  const right = `${photos - mistakes.length} of ${plural(photos, "test photo")} right.`;
  const wide = accuracy.high - accuracy.low > 0.2;
  return wide ? `${right} So few photos say little: add more to know better.` : right;
}
