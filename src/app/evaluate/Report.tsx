import { useEffect, useMemo } from "react";
import type { Estimate, EvaluationReport } from "../../evaluation/report.ts";
import type { Run } from "../../project/run.ts";
import type { MeasuredOn } from "../../project/run-photos.ts";
import controls from "../shared/controls.module.css";
import { Fold } from "../shared/Fold.tsx";
import { measuredOnOf } from "../store/measures.ts";
import { classNamesOf, runColours } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { Curves } from "./curves/Curves.tsx";
import styles from "./EvaluatePlace.module.css";
import { Mistakes } from "./Mistakes.tsx";
import { ConfusionMatrix } from "./matrix/ConfusionMatrix.tsx";
import { AllMetrics } from "./metrics/AllMetrics.tsx";
import { TestedOn } from "./metrics/TestedOn.tsx";
import { PerClassMetrics } from "./PerClassMetrics.tsx";
import { DownloadReport } from "./report/DownloadReport.tsx";
import { TestShortfalls } from "./TestShortfalls.tsx";

/** An interval of more than this says little. */
const WIDE = 0.2;

/** What a run's test photos say, or its validation photos. Classes have the names that they have today. */
export function Report({ run, report: tested }: { run: Run; report: EvaluationReport }) {
  const dataset = useStore((state) => state.dataset);
  const classNames = useMemo(() => classNamesOf(run, dataset), [run, dataset]);
  const colours = useMemo(() => runColours(run, dataset), [run, dataset]);
  const on = useStore((state) => measuredOnOf(run, state.measuredOn));
  const measured = useMeasured(run, on);
  const report = on === "test" ? tested : measured?.found?.report;
  const measures = measured?.found?.measures;
  const choice = <TestedOn run={run} on={on} />;
  if (!report) return choice;
  if (report.photos === 0) {
    return (
      <>
        {choice}
        <div className={controls.empty}>
          <NothingTested run={run} classNames={classNames} />
        </div>
      </>
    );
  }
  return (
    <div className={styles.report}>
      <section className={controls.card} aria-labelledby="overall-title">
        <h2 id="overall-title" className={controls.hidden}>
          {words.evaluate.overall}
        </h2>
        {choice}
        <Overview run={run} on={on} report={report} classNames={classNames} />
      </section>
      <section className={`${controls.card} ${styles.wide}`}>
        <Fold
          name="metrics"
          summary={
            <>
              <h2>{words.metrics.all.title}</h2> {words.metrics.all.hint}
            </>
          }
        >
          <p className={controls.quiet}>{words.metrics.from(on, report.photos)}</p>
          {measures ? (
            <AllMetrics measures={measures} classNames={classNames} colours={colours} />
          ) : (
            <p className={controls.quiet}>{measured ? words.metrics.all.notKept : words.metrics.all.workingOut}</p>
          )}
        </Fold>
      </section>
      {measures ? (
        <section className={`${controls.card} ${styles.wide}`}>
          <FoldedCurves run={run} on={on} classNames={classNames} bins={measures.bins} photos={report.photos} />
        </section>
      ) : null}
      <PerClassMetrics classNames={classNames} colours={colours} report={report} />
      <ConfusionMatrix run={run} classNames={classNames} report={report} answers={measures?.answers ?? null} />
      <Mistakes run={run} classNames={classNames} report={report} />
      <DownloadReport run={run} />
    </div>
  );
}

type FoldedCurvesProps = Parameters<typeof Curves>[0] & { readonly photos: number };

/** Drawn only while the fold is open: Recharts is large. */
function FoldedCurves({ photos, ...curves }: FoldedCurvesProps) {
  const isOpen = useStore((state) => state.openFolds.includes("curves"));
  const text = words.measureCurves;
  return (
    <Fold
      name="curves"
      summary={
        <>
          <h2>{text.title}</h2> {text.hint}
        </>
      }
    >
      <p className={controls.quiet}>{words.metrics.from(curves.on, photos)}</p>
      {isOpen ? <Curves {...curves} /> : null}
    </Fold>
  );
}

/** All metrics of the run on these photos; null until they are worked out. */
function useMeasured(run: Run, on: MeasuredOn) {
  const measured = useStore((state) =>
    state.measured?.run === run.id && state.measured.on === on ? state.measured : null,
  );
  const loadMeasures = useStore((state) => state.loadMeasures);
  useEffect(() => {
    if (!measured) void loadMeasures(run.id, on);
  }, [run.id, on, measured, loadMeasures]);
  return measured;
}

interface OverviewProps {
  readonly run: Run;
  readonly on: MeasuredOn;
  readonly report: EvaluationReport;
  readonly classNames: readonly string[];
}

/** The two numbers that matter most, and the photos that they come from. */
function Overview({ run, on, report, classNames }: OverviewProps) {
  const { folds } = run.settings;
  return (
    <>
      <dl className={styles.figures}>
        <Figure term={words.metrics.accuracy[on]} estimate={report.accuracy} meaning={accuracyMeaning(report, on)} />
        <Figure term={words.evaluate.macroF1} estimate={report.macroF1} meaning={words.evaluate.macroF1Meaning} />
      </dl>
      <p className={`${controls.quiet} ${styles.folds}`}>
        {folds > 1 ? words.evaluate.folds(folds) : words.metrics.from(on, report.photos)}
      </p>
      <p className={`${controls.quiet} ${styles.folds}`}>{answersOf(run)}</p>
      {on === "test" ? (
        <div className={styles.shortfalls}>
          <TestShortfalls run={run} classNames={classNames} />
        </div>
      ) : null}
    </>
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

function accuracyMeaning({ photos, mistakes, accuracy }: EvaluationReport, on: MeasuredOn): string {
  const wide = accuracy.high - accuracy.low > WIDE ? accuracy : null;
  return words.metrics.right({ on, right: photos - mistakes.length, photos, wide });
}
