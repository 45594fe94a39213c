import { useState } from "react";
import type { CurveChartProps } from "./CurveChart.tsx";

/** How some charts are looked at, which have the same epochs and curves of the same names. */
export interface ChartView extends Pick<CurveChartProps, "range" | "smoothing"> {
  /** Whether the losses stand on a logarithmic axis. */
  readonly isLog: boolean;
  /** Names of curves that are not drawn. */
  readonly hidden: readonly string[];
}

const AS_IT_IS: ChartView = { range: null, smoothing: 0, isLog: false, hidden: [] };

export function useChartView() {
  const [view, setView] = useState(AS_IT_IS);
  const change = (changes: Partial<ChartView>) => setView((before) => ({ ...before, ...changes }));
  return { view, change };
}
