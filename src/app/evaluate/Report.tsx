import { useMemo, useState } from "react";
import type { Estimate, EvaluationReport } from "../../evaluation/report.ts";
import type { Run } from "../../project/run.ts";
import controls from "../shared/controls.module.css";
import { classNamesOf, runColours } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { ConfusionMatrix } from "./ConfusionMatrix.tsx";
import styles from "./EvaluatePlace.module.css";
import { type Cell, Mistakes } from "./Mistakes.tsx";
import { PerClassMetrics } from "./PerClassMetrics.tsx";
import { TestShortfalls } from "./TestShortfalls.tsx";

/** What a run's test photos say. Classes have the names that they have today. */
export function Report({ run, report }: { run: Run; report: EvaluationReport }) {
  const dataset = useStore((state) => state.dataset);
  const classNames = useMemo(() => classNamesOf(run, dataset), [run, dataset]);
  const colours = useMemo(() => runColours(run, dataset), [run, dataset]);
  const [cell, setCell] = useState<Cell | null>(null);
  if (report.photos === 0) {
    return (
      <div className={controls.empty}>
        <NothingTested run={run} classNames={classNames} />
      </div>
    );
  }
  const { folds } = run.settings;
  return (
    <div className={styles.report}>
      <section className={controls.card} aria-labelledby="overall-title">
        <h2 id="overall-title" className={controls.hidden}>
          {words.evaluate.overall}
        </h2>
        <dl className={styles.figures}>
          <Figure term={words.evaluate.accuracy} estimate={report.accuracy} meaning={accuracyMeaning(report)} />
          <Figure term={words.evaluate.macroF1} estimate={report.macroF1} meaning={words.evaluate.macroF1Meaning} />
        </dl>
        {folds > 1 ? <p className={`${controls.quiet} ${styles.folds}`}>{words.evaluate.folds(folds)}</p> : null}
        <p className={`${controls.quiet} ${styles.folds}`}>{answersOf(run)}</p>
        <div className={styles.shortfalls}>
          <TestShortfalls run={run} classNames={classNames} />
        </div>
      </section>
      <PerClassMetrics classNames={classNames} colours={colours} report={report} />
      <ConfusionMatrix classNames={classNames} report={report} cell={cell} onCell={setCell} />
      <Mistakes run={run} classNames={classNames} report={report} cell={cell} />
    </div>
  );
}

/** When its classifier answers with no class, and how its probabilities were corrected. */
function answersOf({ rejection, calibration, classifier }: Run): string {
  const { rejection: told, noRejection, calibration: corrected } = words.evaluate;
  const first = rejection ? [told(rejection)] : classifier ? [noRejection] : [];
  return [...first, ...(calibration ? [corrected(calibration)] : [])].join(" ");
}

function NothingTested({ run, classNames }: { run: Run; classNames: readonly string[] }) {
  if (run.testShortfalls?.length) return <TestShortfalls run={run} classNames={classNames} />;
  const { noTestPhotos, nothingToTestOn } = words.evaluate;
  return <p className={controls.quiet}>{run.settings.testShare > 0 ? nothingToTestOn : noTestPhotos}</p>;
}

function Figure({ term, estimate, meaning }: { term: string; estimate: Estimate; meaning: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <span className={styles.value}>{words.evaluate.percent(estimate.value)}</span>{" "}
        <span className={styles.interval}>{words.evaluate.interval(estimate)}</span>
        <span className={styles.meaning}>{meaning}</span>
      </dd>
    </div>
  );
}

function accuracyMeaning({ photos, mistakes, accuracy }: EvaluationReport): string {
  const wide = accuracy.high - accuracy.low > 0.2;
  return words.evaluate.right({ right: photos - mistakes.length, tested: photos, wide });
}
