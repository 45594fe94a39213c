import { useState } from "react";
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
import { words } from "../../words/words.ts";
import { type Curve, type EpochRange, type Row, rangeWithin, rowsOf } from "./curve.ts";
import { epochTicks, logTicks, roundTicks, ticksBetween } from "./ticks.ts";

export interface CurveChartProps {
  readonly curves: readonly Curve[];
  /** Of all curves, those that are not drawn among them; 0 before there is any. */
  readonly lastEpoch: number;
  /** null for all epochs. */
  readonly range: EpochRange | null;
  /** Weight of what came before, see `smoothed`. */
  readonly smoothing: number;
  readonly isLog: boolean;
  /** Marked by a dotted line. */
  readonly best: number | undefined;
  /** The last epoch before fine-tuning: what follows is shaded. */
  readonly tunedFrom: number | undefined;
  /** What is measured, at its axis. */
  readonly measure: string;
  /** A share of 1, shown in percent; any other number as it is. */
  readonly isShare: boolean;
  /** The epochs that were chosen by dragging over the chart. */
  readonly onZoom: (range: EpochRange) => void;
}

const AXIS = { stroke: "var(--quiet)", tick: { fill: "var(--quiet)", fontSize: 12 }, tickLine: false } as const;
const TITLE = { fill: "var(--quiet)", fontSize: 12 } as const;
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const LINE = { type: "linear", dot: false, isAnimationActive: false, strokeWidth: 2 } as const;

/** Draws the axes before there is anything to draw, so that the first epoch finds them ready. */
const EMPTY: readonly Row[] = [1, 10].map((epoch, value) => ({ epoch, raw: { empty: value }, smooth: {} }));
const EMPTY_RANGE: EpochRange = { from: 1, to: 10 };

/** Loaded on its own, since Recharts is the largest part of the page. */
export default function CurveChart(props: CurveChartProps) {
  const { curves, lastEpoch: last, smoothing, isLog, best, tunedFrom, measure, isShare, onZoom } = props;
  const range = last > 0 ? rangeWithin(props.range, last) : EMPTY_RANGE;
  const rows = rowsOf(curves, range, smoothing);
  const drag = useDrag(onZoom);
  const isZoomed = range.from > 1 || range.to < last;
  const values = valueTicks(rows, { isLog, isShare, isZoomed });
  const { decimal, wholePercent } = words.numbers;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={last > 0 ? rows : [...EMPTY]}
        margin={{ top: 8, right: 12, bottom: 20, left: 8 }}
        accessibilityLayer={false}
        {...drag.handlers}
      >
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="epoch"
          type="number"
          domain={[range.from, range.to]}
          allowDataOverflow
          ticks={range.from === 1 ? epochTicks(range.to) : ticksBetween(range.from, range.to, 6).map(Math.round)}
          interval="preserveStart"
          label={{ ...TITLE, value: words.train.course.columns.epoch, position: "insideBottom", offset: -14 }}
          {...AXIS}
        />
        <YAxis
          scale={isLog ? "log" : "linear"}
          domain={[values[0] ?? 0, values.at(-1) ?? 1]}
          allowDataOverflow
          ticks={values}
          width={56}
          tickFormatter={(value: number) => (isShare ? wholePercent(value) : decimal(value, 6))}
          label={{ ...TITLE, value: measure, position: "insideLeft", angle: -90, offset: 0, dy: 24 }}
          {...AXIS}
        />
        {last > 0 ? <HoverValues isShare={isShare} smoothing={smoothing} /> : null}
        {tunedFrom ? <ReferenceArea x1={tunedFrom} fill="var(--accent-soft)" fillOpacity={1} /> : null}
        {best ? <ReferenceLine x={best} stroke="var(--ink)" strokeDasharray="2 3" strokeWidth={1.5} /> : null}
        {drag.range ? (
          <ReferenceArea x1={drag.range.from} x2={drag.range.to} fill="var(--accent)" fillOpacity={0.2} />
        ) : null}
        {smoothing > 0 ? curves.map((curve) => rawLine(curve, isLog)) : null}
        {curves.map(({ key, name, colour, dash }) => (
          <Line
            key={key}
            {...LINE}
            dataKey={({ smooth }: Row) => drawable(smooth[key], isLog)}
            id={key}
            name={name}
            stroke={colour}
            {...(dash ? { strokeDasharray: dash } : {})}
          />
        ))}
        {curves.length > 0 && last > 0 ? null : <Line {...LINE} dataKey="raw.empty" stroke="none" />}
      </LineChart>
    </ResponsiveContainer>
  );
}

/** What is smoothed, as it is, behind the smooth curve. */
function rawLine({ key, colour }: Curve, isLog: boolean) {
  return (
    <Line
      key={`raw ${key}`}
      {...LINE}
      strokeWidth={1}
      strokeOpacity={0.3}
      dataKey={({ raw }: Row) => drawable(raw[key], isLog)}
      stroke={colour}
      tooltipType="none"
    />
  );
}

/** A logarithmic axis has no place for 0. */
function drawable(value: number | undefined, isLog: boolean): number | undefined {
  return isLog && value !== undefined && value <= 0 ? undefined : value;
}

function HoverValues({ isShare, smoothing }: Pick<CurveChartProps, "isShare" | "smoothing">) {
  const { percent, loss } = words.numbers;
  const inWords = (value: number) => (isShare ? percent(value) : loss(value));
  return (
    <Tooltip
      isAnimationActive={false}
      formatter={(value, _name, { graphicalItemId, payload }: { graphicalItemId?: string; payload?: Row }) => {
        const smooth = Number(value);
        const raw = payload?.raw[graphicalItemId ?? ""] ?? smooth;
        return smoothing > 0
          ? words.train.chart.hover({ value: inWords(raw), smooth: inWords(smooth) })
          : inWords(smooth);
      }}
      labelFormatter={(epoch) => words.train.course.epoch(Number(epoch))}
      contentStyle={{ background: "var(--surface)", border: "1px solid var(--line)", borderRadius: 8 }}
    />
  );
}

interface Axis extends Pick<CurveChartProps, "isLog" | "isShare"> {
  /** Then the axis goes as far as the values in sight do. */
  readonly isZoomed: boolean;
}

function valueTicks(rows: readonly Row[], { isLog, isShare, isZoomed }: Axis): number[] {
  const values = rows.flatMap(({ raw, smooth }) => [...Object.values(raw), ...Object.values(smooth)]);
  const high = Math.max(...values);
  const low = Math.min(...values);
  if (isLog) {
    const positive = values.filter((value) => value > 0);
    return logTicks(Math.min(...positive), Math.max(...positive));
  }
  if (isZoomed && high > low) return ticksBetween(low, high);
  return isShare ? SHARES : roundTicks(high);
}

/** Dragging over the chart chooses epochs. */
function useDrag(onZoom: (range: EpochRange) => void) {
  const [dragged, setDragged] = useState<readonly [start: number, end: number] | null>(null);
  const range = dragged ? { from: Math.min(...dragged), to: Math.max(...dragged) } : null;
  type At = { readonly activeLabel?: string | number | undefined };
  return {
    range: range && range.to > range.from ? range : null,
    handlers: {
      onMouseDown: ({ activeLabel }: At) => {
        if (activeLabel !== undefined) setDragged([Number(activeLabel), Number(activeLabel)]);
      },
      onMouseMove: ({ activeLabel }: At) => {
        if (dragged && activeLabel !== undefined) setDragged([dragged[0], Number(activeLabel)]);
      },
      onMouseUp: () => {
        if (range && range.to > range.from) onZoom(range);
        setDragged(null);
      },
      onMouseLeave: () => setDragged(null),
    },
  };
}
