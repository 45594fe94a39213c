import { useEffect, useMemo, useRef, useState } from "react";
import { curvesOf } from "../../project/run.ts";
import { curveMeaning } from "../../training/curve-meaning.ts";
import { rateOfEpoch } from "../../training/epoch-rate.ts";
import type { EpochResult } from "../../training/history.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import controls from "../shared/controls.module.css";
import { Trouble } from "../shared/Trouble.tsx";
import { trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { sentenceOf, words } from "../words/words.ts";
import styles from "./Course.module.css";
import { CourseFacts } from "./CourseFacts.tsx";
import { ChartTools } from "./chart/ChartTools.tsx";
import { CurveFigure, useChart } from "./chart/CurveFigure.tsx";
import type { Curve } from "./chart/curve.ts";
import { useChartView } from "./chart/useChartView.ts";
import { EpochTable } from "./EpochTable.tsx";

const text = words.train.course;
const NO_EPOCHS: readonly EpochResult[] = [];
/** Drawn in one task, two charts would hold up the page for twice as long. */
const SECOND_CHART_LATER_MS = 100;

/** The training under way, or else what is known of the one whose classifier is in use. */
function useCourse() {
  const course = useStore((state) => state.course);
  const run = useStore(runInUse);
  const training = useStore((state) => trainingIn(state.jobs) !== undefined);
  const current = useStore((state) => state.trainingWith ?? state.settings);
  const epochs = training || course.epochs.length ? course.epochs : (run?.outcome.history ?? NO_EPOCHS);
  const best = training ? course.progress?.bestEpoch : run?.outcome.bestEpoch;
  const headEpochs = training ? (course.progress?.tunedFrom ?? undefined) : run?.outcome.headEpochs;
  const tunedFrom = headEpochs !== undefined && headEpochs < epochs.length ? headEpochs : undefined;
  const settings = training ? current : (run?.settings ?? current);
  return { epochs, best, tunedFrom, training, settings };
}

/** Loss and accuracy of each epoch. */
export function Course() {
  const { epochs, best, tunedFrom, training, settings } = useCourse();
  const losses = useMemo(() => curves(epochs, "Loss"), [epochs]);
  const accuracies = useMemo(() => curves(epochs, "Accuracy"), [epochs]);
  const accuraciesLater = useDelayed(accuracies, SECOND_CHART_LATER_MS);
  const { view, change } = useChartView();
  const charts = useRef<HTMLElement>(null);
  const chart = useChart();
  const rates = useMemo(() => ratesOf(epochs, settings, tunedFrom), [epochs, settings, tunedFrom]);
  const marks = { best, tunedFrom };
  const shared = { Chart: chart.part?.default, view, onView: change, ...marks };
  return (
    <section ref={charts} tabIndex={-1} className={styles.course} aria-labelledby="course-title">
      <h2 id="course-title" className={controls.hidden}>
        {text.title}
      </h2>
      {chart.error ? (
        <div className={styles.wide}>
          <Trouble text={text.withoutCharts(sentenceOf(chart.error))} onRetry={chart.retry} />
        </div>
      ) : null}
      <CurveFigure {...{ title: text.loss, hint: text.lowerIsBetter, curves: losses, isShare: false }} {...shared}>
        <Marks {...marks} />
      </CurveFigure>
      <CurveFigure
        {...{ title: text.accuracy, hint: text.higherIsBetter, curves: accuraciesLater, isShare: true }}
        {...shared}
      >
        <Marks {...marks} />
      </CurveFigure>
      {epochs.length ? (
        <>
          <CourseFacts rate={rates?.at(-1) ?? null} />
          {training ? null : <Meaning />}
          <div className={styles.wide}>
            <ChartTools
              {...{ view, charts, onView: change, lastEpoch: epochs.length }}
              columns={() => [
                ...[...losses, ...accuracies].map(({ key, values }) => ({
                  header: text.columns[key as Measure],
                  values,
                })),
                ...(rates ? [{ header: text.columns.learningRate, values: rates }] : []),
              ]}
            />
          </div>
          <Numbers epochs={epochs} rates={rates} />
        </>
      ) : (
        <p className={`${controls.quiet} ${styles.wide}`}>{text.empty}</p>
      )}
    </section>
  );
}

/** The learning rates of all epochs, null for those that had none. @returns null where no epoch had one */
function ratesOf(epochs: readonly EpochResult[], settings: TrainingSettings, tunedFrom?: number): Rates | null {
  const rates = epochs.map(({ epoch }) => rateOfEpoch(settings, epoch, tunedFrom));
  return rates.some((rate) => rate !== null) ? rates : null;
}

type Rates = readonly (number | null)[];

type Measure = Exclude<keyof EpochResult, "epoch">;

function curves(epochs: readonly EpochResult[], of: "Loss" | "Accuracy"): readonly Curve[] {
  const values = (measure: Measure) => epochs.map((each) => each[measure]);
  return [
    { key: `train${of}`, name: text.training, colour: "var(--train)", values: values(`train${of}`) },
    {
      ...{ key: `validation${of}`, name: text.validation, colour: "var(--validation)", dash: "6 4" },
      values: values(`validation${of}`),
    },
  ];
}

/** What is marked in a chart, in its key. */
function Marks({ best, tunedFrom }: { best: number | undefined; tunedFrom: number | undefined }) {
  return (
    <>
      {tunedFrom ? <span className={styles.tuned}>{text.fineTuning}</span> : null}
      {best ? <span className={styles.best}>{text.best(best)}</span> : null}
    </>
  );
}

/** What the curves of the classifier in use say. */
function Meaning() {
  const run = useStore(runInUse);
  const found = useMemo(() => run && curveMeaning(curvesOf(run)), [run]);
  return found ? <p className={styles.wide}>{text.meaning(found)}</p> : null;
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
function Numbers(props: { epochs: readonly EpochResult[]; rates: Rates | null }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.numbers} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{text.numbers}</summary>
      {open ? <EpochTable {...props} /> : null}
    </details>
  );
}
