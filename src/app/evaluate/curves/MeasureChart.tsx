import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import type { ConfidenceBin } from "../../../evaluation/probabilities.ts";
import type { CurvePoint } from "../../../evaluation/threshold.ts";
import { words } from "../../words/words.ts";

export type MeasureChartProps = {
  /** What the axes show. */
  readonly x: string;
  readonly y: string;
} & (
  | {
      readonly kind: "curve";
      readonly points: readonly CurvePoint[];
      /** Whether the value holds up to a point, and does not go to it in a straight line. */
      readonly isStepped: boolean;
      /** The point of the threshold; null where it is not defined. */
      readonly marked: CurvePoint | null;
      /** Whether a diagonal shows what chance, or honesty, would be. */
      readonly hasDiagonal: boolean;
      readonly hasDots: boolean;
    }
  | { readonly kind: "bins"; readonly bins: readonly ConfidenceBin[] }
);

const AXIS = { stroke: "var(--quiet)", tick: { fill: "var(--quiet)", fontSize: 12 }, tickLine: false } as const;
const TITLE = { fill: "var(--quiet)", fontSize: 12 } as const;
const MARGIN = { top: 8, right: 16, bottom: 20, left: 8 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
] as const;

/** Loaded on its own, since Recharts is the largest part of the page. */
export default function MeasureChart(props: MeasureChartProps) {
  const xTitle = { ...TITLE, value: props.x, position: "insideBottom", offset: -14 } as const;
  const yTitle = { ...TITLE, value: props.y, position: "insideLeft", angle: -90, offset: 0, dy: 32 } as const;
  if (props.kind === "bins") {
    const rows = props.bins.map(({ from, to, photos, right }) => ({
      at: (from + to) / 2,
      right,
      wrong: photos - right,
    }));
    return (
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={rows} margin={MARGIN} accessibilityLayer={false} barCategoryGap={2}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="at" tickFormatter={words.measureCurves.wholePercent} label={xTitle} {...AXIS} />
          <YAxis allowDecimals={false} width={56} label={yTitle} {...AXIS} />
          <Bar dataKey="right" stackId="photos" fill="var(--accent)" isAnimationActive={false} />
          <Bar dataKey="wrong" stackId="photos" fill="var(--danger)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    );
  }
  const share = {
    type: "number",
    domain: [0, 1],
    ticks: TICKS,
    tickFormatter: words.measureCurves.wholePercent,
  } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...props.points]} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis dataKey="x" {...share} ticks={[...TICKS]} domain={[0, 1]} label={xTitle} {...AXIS} />
        <YAxis {...share} ticks={[...TICKS]} domain={[0, 1]} width={56} label={yTitle} {...AXIS} />
        {props.hasDiagonal ? <ReferenceLine segment={DIAGONAL} stroke="var(--quiet)" strokeDasharray="4 4" /> : null}
        <Line
          dataKey="y"
          type={props.isStepped ? "stepBefore" : "linear"}
          stroke="var(--accent)"
          strokeWidth={2}
          dot={props.hasDots ? { r: 4, fill: "var(--accent)" } : false}
          isAnimationActive={false}
        />
        {props.marked ? (
          <ReferenceDot {...props.marked} r={6} fill="var(--validation)" stroke="var(--surface)" />
        ) : null}
      </LineChart>
    </ResponsiveContainer>
  );
}
