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
import { epochTicks, roundTicks } from "./ticks.ts";

interface CurveChartProps {
  readonly points: readonly EpochResult[];
  /** Marked by a dotted line. */
  readonly best: number | undefined;
  /** The last epoch before fine-tuning: what follows is shaded. */
  readonly tunedFrom: number | undefined;
  readonly train: keyof EpochResult;
  readonly validation: keyof EpochResult;
  /** What is measured, at its axis. */
  readonly measure: string;
  /** A share of 1, shown in percent; any other number as it is. */
  readonly isShare: boolean;
}

const AXIS = { stroke: "var(--quiet)", tick: { fill: "var(--quiet)", fontSize: 12 }, tickLine: false } as const;
const TITLE = { fill: "var(--quiet)", fontSize: 12 } as const;
const SHARES = [0, 0.25, 0.5, 0.75, 1];
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
export default function CurveChart(props: CurveChartProps) {
  const { points, best, tunedFrom, train, validation, measure, isShare } = props;
  const isEmpty = points.length === 0;
  const epochs = epochTicks(points.at(-1)?.epoch ?? 10);
  const values = isShare ? SHARES : roundTicks(largest(points, train, validation));
  const { percent, loss, decimal } = words.numbers;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={points.length ? [...points] : EMPTY}
        margin={{ top: 8, right: 12, bottom: 20, left: 8 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="epoch"
          type="number"
          domain={points.length ? [1, "dataMax"] : [1, 10]}
          ticks={epochs}
          interval="preserveStart"
          label={{ ...TITLE, value: words.train.course.columns.epoch, position: "insideBottom", offset: -14 }}
          {...AXIS}
        />
        <YAxis
          domain={[0, values.at(-1) ?? 1]}
          ticks={values}
          width={56}
          tickFormatter={(value: number) => (isShare ? words.numbers.wholePercent(value) : decimal(value, 4))}
          label={{ ...TITLE, value: measure, position: "insideLeft", angle: -90, offset: 0, dy: 24 }}
          {...AXIS}
        />
        {isEmpty ? null : (
          <Tooltip
            isAnimationActive={false}
            formatter={(value) => (isShare ? percent(Number(value)) : loss(Number(value)))}
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

function largest(points: readonly EpochResult[], ...measures: readonly (keyof EpochResult)[]): number {
  return Math.max(0, ...points.flatMap((point) => measures.map((measure) => point[measure])).filter(Number.isFinite));
}
