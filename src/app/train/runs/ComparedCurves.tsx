import { useMemo, useRef } from "react";
import type { EpochResult } from "../../../training/history.ts";
import { CLASS_COLOURS } from "../../shared/class-colour.ts";
import { Trouble } from "../../shared/Trouble.tsx";
import { sentenceOf, words } from "../../words/words.ts";
import { ChartTools } from "../chart/ChartTools.tsx";
import { CurveFigure, useChart } from "../chart/CurveFigure.tsx";
import { type Curve, lastEpochOf } from "../chart/curve.ts";
import { useChartView } from "../chart/useChartView.ts";
import styles from "./Comparison.module.css";
import type { ComparedRun } from "./Comparison.tsx";

const text = words.train.compare;
/** A second sign of a run beside its colour; the first is a whole line. */
const DASHES = ["", "6 4", "2 3", "10 4 2 4", "12 3"];
const NO_MARKS = { best: undefined, tunedFrom: undefined };

/** The validation curves of the runs in one chart for each measure. */
export function ComparedCurves({ runs }: { runs: readonly ComparedRun[] }) {
  const losses = useMemo(() => curvesOf(runs, "validationLoss"), [runs]);
  const accuracies = useMemo(() => curvesOf(runs, "validationAccuracy"), [runs]);
  const { view, change } = useChartView();
  const charts = useRef<HTMLElement>(null);
  const chart = useChart();
  const shared = { Chart: chart.part?.default, view, onView: change, ...NO_MARKS };
  const { lowerIsBetter, higherIsBetter } = words.train.course;
  return (
    <section ref={charts} className={styles.curves} aria-labelledby="compared-curves">
      <h3 id="compared-curves">{text.curves}</h3>
      {chart.error ? <Trouble text={sentenceOf(chart.error)} onRetry={chart.retry} /> : null}
      <CurveFigure {...shared} title={text.validationLoss} hint={lowerIsBetter} curves={losses} isShare={false} />
      <CurveFigure {...shared} title={text.validationAccuracy} hint={higherIsBetter} curves={accuracies} isShare />
      <div className={styles.wide}>
        <ChartTools
          {...{ view, charts, onView: change, lastEpoch: lastEpochOf(losses) }}
          columns={() => [...columnsOf(text.validationLoss, losses), ...columnsOf(text.validationAccuracy, accuracies)]}
        />
      </div>
    </section>
  );
}

function curvesOf(runs: readonly ComparedRun[], measure: keyof EpochResult): readonly Curve[] {
  return runs.map(({ run, number }, at) => ({
    key: run.id,
    name: words.train.runs.name(number),
    colour: CLASS_COLOURS[at % CLASS_COLOURS.length]?.value ?? "currentColor",
    ...(DASHES[at] ? { dash: DASHES[at] } : {}),
    values: run.outcome.history.map((each) => each[measure]),
  }));
}

function columnsOf(measure: string, curves: readonly Curve[]) {
  return curves.map(({ name, values }) => ({ header: `${name}: ${measure}`, values }));
}
