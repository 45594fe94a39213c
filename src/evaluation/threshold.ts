/** What follows from calling a photo a class whenever its probability of it is at least a threshold. */
import { type ThresholdPoint, thresholdPoints } from "./ranking.ts";
import type { OneAgainstRest } from "./scores.ts";

export interface AtThreshold {
  /** Photos that are called so, and those of them that are so. */
  readonly called: number;
  readonly hits: number;
  /** Photos of the class, and all others. */
  readonly own: number;
  readonly others: number;
}

export function atThreshold({ own, others }: OneAgainstRest, threshold: number): AtThreshold {
  const reaching = (sorted: Float64Array) => sorted.filter((value) => value >= threshold).length;
  const hits = reaching(own);
  return { called: hits + reaching(others), hits, own: own.length, others: others.length };
}

/** A point of a curve in the unit square. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** More points show no more and cost time. */
const MOST_POINTS = 300;

/** From (0, 0) to (1, 1): the share of other photos that are called so, and the share of own photos that are found. */
export function rocCurve(one: OneAgainstRest): CurvePoint[] {
  return spread(
    thresholdPoints(one).map(({ hits, falseAlarms }) => ({
      x: falseAlarms / one.others.length,
      y: hits / one.own.length,
    })),
  );
}

/**
 * The share of own photos that are found, and the share of the photos called so that are so. Between two points, precision is
 * that of the one with the higher recall, as average precision counts it.
 */
export function precisionRecallCurve(one: OneAgainstRest): CurvePoint[] {
  const points = thresholdPoints(one).slice(1);
  const pointOf = ({ hits, falseAlarms }: ThresholdPoint) => ({
    x: hits / one.own.length,
    y: hits / (hits + falseAlarms),
  });
  const first = points[0];
  return spread(first ? [{ ...pointOf(first), x: 0 }, ...points.map(pointOf)] : []);
}

/** The first, the last, and those between at equal distances in the list. */
function spread(points: readonly CurvePoint[]): CurvePoint[] {
  if (points.length <= MOST_POINTS) return [...points];
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, at) => points[Math.round(at * step)] as CurvePoint);
}
