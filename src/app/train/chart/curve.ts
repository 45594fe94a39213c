/** Curves as a chart takes them: what is drawn of them, and between which epochs. */
import { smoothed } from "./smooth.ts";
import { thinned } from "./thin.ts";

export interface Curve {
  /** No other curve of the chart has the same. */
  readonly key: string;
  readonly name: string;
  /** In CSS. */
  readonly colour: string;
  /** Of an SVG stroke; left out for a whole line. */
  readonly dash?: string;
  /** Of epoch 1, 2, and so on. */
  readonly values: readonly number[];
}

/** The epochs in sight, both included, 1-based. */
export interface EpochRange {
  readonly from: number;
  readonly to: number;
}

/** What is drawn at an epoch: a value for each curve that has one there, as it is (`raw`) and smoothed. */
export interface Row {
  readonly epoch: number;
  readonly raw: Readonly<Record<string, number>>;
  readonly smooth: Readonly<Record<string, number>>;
}

/** Points of each curve that are drawn. More show no more and cost time. */
const MOST_POINTS = 120;

/**
 * The rows that are drawn of some curves: every point of theirs, or those that keep their look. Smoothing looks at all
 * points, from the first epoch on.
 *
 * @param smoothing weight, see `smoothed`
 */
export function rowsOf(curves: readonly Curve[], { from, to }: EpochRange, smoothing: number): Row[] {
  const all = curves.map(({ key, values }) => ({ key, values, smooth: smoothed(values, smoothing) }));
  const places = new Set<number>();
  for (const { smooth } of all) {
    for (const at of thinned(smooth.slice(from - 1, to), MOST_POINTS)) places.add(at + from - 1);
  }
  return [...places]
    .sort((a, b) => a - b)
    .map((at) => ({
      epoch: at + 1,
      raw: valuesAt(all, at, ({ values }) => values),
      smooth: valuesAt(all, at, ({ smooth }) => smooth),
    }));
}

interface Drawn {
  readonly key: string;
  readonly values: readonly number[];
  readonly smooth: readonly number[];
}

function valuesAt(curves: readonly Drawn[], at: number, of: (curve: Drawn) => readonly number[]) {
  return Object.fromEntries(
    curves.flatMap((curve) => {
      const value = of(curve)[at];
      return value !== undefined && Number.isFinite(value) ? [[curve.key, value]] : [];
    }),
  );
}

/** The last epoch of the longest curve; 0 without any. */
export function lastEpochOf(curves: readonly Pick<Curve, "values">[]): number {
  return Math.max(0, ...curves.map(({ values }) => values.length));
}

/** A range that lies within the epochs that there are; all of them when nothing is chosen. */
export function rangeWithin(range: EpochRange | null, last: number): EpochRange {
  if (!range || range.from >= last) return { from: 1, to: Math.max(1, last) };
  return { from: Math.max(1, range.from), to: Math.min(last, range.to) };
}
