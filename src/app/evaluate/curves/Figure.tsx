import { loadPart } from "../../../errors/part.ts";
import controls from "../../shared/controls.module.css";
import { lazyPart } from "../../shared/lazy-part.ts";
import styles from "./Curves.module.css";
import type MeasureChart from "./MeasureChart.tsx";
import type { MeasureChartProps } from "./MeasureChart.tsx";

/** The chart, which is loaded when it is first shown. */
export const useMeasureChart = lazyPart(() => loadPart("chart", () => import("./MeasureChart.tsx")));

interface FigureProps {
  /** Not there before it is loaded, see `useMeasureChart`. */
  readonly Chart: typeof MeasureChart | undefined;
  readonly title: string;
  readonly hint: string;
  readonly chart: MeasureChartProps;
}

/** A chart under its title and what it says. */
export function Figure({ Chart, title, hint, chart }: FigureProps) {
  return (
    <figure className={styles.figure} aria-label={title}>
      <figcaption>
        <strong>{title}</strong> <span className={controls.quiet}>{hint}</span>
      </figcaption>
      <div className={styles.canvas}>{Chart ? <Chart {...chart} /> : null}</div>
    </figure>
  );
}
