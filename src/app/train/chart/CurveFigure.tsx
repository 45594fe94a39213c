import type { ReactNode } from "react";
import { loadPart } from "../../../errors/part.ts";
import controls from "../../shared/controls.module.css";
import { lazyPart } from "../../shared/lazy-part.ts";
import styles from "./Charts.module.css";
import type CurveChart from "./CurveChart.tsx";
import type { CurveChartProps } from "./CurveChart.tsx";
import { type Curve, lastEpochOf } from "./curve.ts";
import type { ChartView } from "./useChartView.ts";

/** The chart, which is loaded when it is first shown. */
export const useChart = lazyPart(() => loadPart("chart", () => import("./CurveChart.tsx")));

interface CurveFigureProps extends Pick<CurveChartProps, "best" | "tunedFrom" | "isShare"> {
  /** Not there before it is loaded, see `useChart`. */
  readonly Chart: typeof CurveChart | undefined;
  readonly title: string;
  readonly hint: string;
  readonly curves: readonly Curve[];
  readonly view: ChartView;
  readonly onView: (changes: Partial<ChartView>) => void;
  /** What else the key explains. */
  readonly children?: ReactNode;
}

/** A chart with its title and its key, in which each curve is a button that takes it out of the chart, or brings it back. */
export function CurveFigure({ Chart, title, hint, curves, view, onView, children, ...chart }: CurveFigureProps) {
  const { hidden, range, smoothing, isLog } = view;
  const toggle = (name: string) =>
    onView({ hidden: hidden.includes(name) ? hidden.filter((each) => each !== name) : [...hidden, name] });
  return (
    <figure className={`${controls.card} ${styles.figure}`} aria-label={title}>
      <figcaption>
        <strong>{title}</strong> <span className={controls.quiet}>{hint}</span>
        <span className={styles.key}>
          {curves.map(({ key, name, colour, dash }) => (
            <button key={key} type="button" aria-pressed={!hidden.includes(name)} onClick={() => toggle(name)}>
              <span
                aria-hidden="true"
                className={styles.swatch}
                style={{ borderTopColor: colour, borderTopStyle: dash ? "dashed" : "solid" }}
              />
              {name}
            </button>
          ))}
          {children}
        </span>
      </figcaption>
      <div className={styles.canvas}>
        {Chart ? (
          <Chart
            {...chart}
            {...{ range, smoothing }}
            curves={curves.filter(({ name }) => !hidden.includes(name))}
            lastEpoch={lastEpochOf(curves)}
            measure={title}
            isLog={isLog && !chart.isShare}
            onZoom={(chosen) => onView({ range: chosen })}
          />
        ) : null}
      </div>
    </figure>
  );
}
