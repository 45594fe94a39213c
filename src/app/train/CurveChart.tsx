import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { EpochResult } from "../../training/history.ts";
import { words } from "../words/words.ts";

interface CurveChartProps {
  readonly points: readonly EpochResult[];
  /** Marked by a dotted line. */
  readonly best: number | undefined;
  /** The last epoch before fine-tuning: what follows is shaded. */
  readonly tunedFrom: number | undefined;
  readonly train: keyof EpochResult;
  readonly validation: keyof EpochResult;
}

const AXIS = { stroke: "var(--quiet)", tick: { fill: "var(--quiet)", fontSize: 12 }, tickLine: false } as const;
const LINE = { type: "linear", dot: false, isAnimationActive: false, strokeWidth: 2 } as const;

/** Draws the axes before there is anything to draw, so that the first epoch finds them ready. */
const EMPTY: readonly EpochResult[] = [1, 10].map((epoch, value) => ({
  epoch,
  trainLoss: value,
  validationLoss: value,
  trainAccuracy: value,
  validationAccuracy: value,
}));

/** Loaded on its own, since Recharts is the largest part of the page. */
export default function CurveChart({ points, best, tunedFrom, train, validation }: CurveChartProps) {
  const isEmpty = points.length === 0;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={points.length ? [...points] : EMPTY}
        margin={{ top: 8, right: 8, bottom: 0, left: -12 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="epoch"
          type="number"
          domain={points.length ? [1, "dataMax"] : [1, 10]}
          allowDecimals={false}
          {...AXIS}
        />
        <YAxis domain={[0, "auto"]} tickFormatter={(value: number) => String(Number(value.toPrecision(2)))} {...AXIS} />
        {isEmpty ? null : (
          <Tooltip
            isAnimationActive={false}
            formatter={(value) => words.numbers.loss(Number(value))}
            labelFormatter={(epoch) => words.train.course.epoch(Number(epoch))}
            contentStyle={{ background: "var(--surface)", border: "1px solid var(--line)", borderRadius: 8 }}
          />
        )}
        {tunedFrom ? <ReferenceArea x1={tunedFrom} fill="var(--accent-soft)" fillOpacity={1} /> : null}
        {best ? <ReferenceLine x={best} stroke="var(--ink)" strokeDasharray="2 3" strokeWidth={1.5} /> : null}
        <Line {...LINE} dataKey={train} name={words.train.course.training} stroke={isEmpty ? "none" : "var(--train)"} />
        <Line
          {...LINE}
          dataKey={validation}
          name={words.train.course.validation}
          stroke={isEmpty ? "none" : "var(--validation)"}
          strokeDasharray="6 4"
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
