/** How well a class's probability puts its own photos before all others. */
import type { OneAgainstRest } from "./scores.ts";

/** What calling every photo so is worth whose probability is at least a threshold. */
export interface ThresholdPoint {
  /** 0..1; infinite where no photo is called so. */
  readonly threshold: number;
  /** Photos of the class that are called so. */
  readonly hits: number;
  /** Photos of other classes that are called so. */
  readonly falseAlarms: number;
}

/**
 * What ROC and precision-recall curves are made of: a point for each probability that occurs, from the highest threshold, at
 * which no photo is called so, to the lowest, at which every photo is. Photos of the same probability are called so together.
 */
export function thresholdPoints(one: OneAgainstRest): ThresholdPoint[] {
  const points: ThresholdPoint[] = [{ threshold: Number.POSITIVE_INFINITY, hits: 0, falseAlarms: 0 }];
  eachThreshold(one, (threshold, hits, falseAlarms) => points.push({ threshold, hits, falseAlarms }));
  return points;
}

/**
 * The area under the ROC curve, 0..1: the share of pairs of an own and another photo in which the own one has the higher
 * probability, ties counting half (Hanley & McNeil 1982). It agrees with scikit-learn's `roc_auc_score`.
 * @returns null where there are no own photos or no others
 */
export function rocAuc(one: OneAgainstRest): number | null {
  const pairs = one.own.length * one.others.length;
  if (!pairs) return null;
  let [area, hitsBefore, alarmsBefore] = [0, 0, 0];
  eachThreshold(one, (_, hits, falseAlarms) => {
    area += ((falseAlarms - alarmsBefore) * (hits + hitsBefore)) / 2;
    [hitsBefore, alarmsBefore] = [hits, falseAlarms];
  });
  return area / pairs;
}

/**
 * The mean precision at each own photo found, 0..1, without interpolation. It agrees with scikit-learn's `average_precision_score`.
 * @returns null where there are no own photos
 */
export function averagePrecision(one: OneAgainstRest): number | null {
  if (!one.own.length) return null;
  let [sum, hitsBefore] = [0, 0];
  eachThreshold(one, (_, hits, falseAlarms) => {
    sum += ((hits - hitsBefore) * hits) / (hits + falseAlarms);
    hitsBefore = hits;
  });
  return sum / one.own.length;
}

/** Goes from the highest probability that occurs to the lowest, with the photos that have at least as much. */
function eachThreshold(
  { own, others }: OneAgainstRest,
  visit: (threshold: number, hits: number, falseAlarms: number) => void,
): void {
  let [hits, falseAlarms] = [0, 0];
  const highest = (sorted: Float64Array, called: number) =>
    sorted[sorted.length - 1 - called] ?? Number.NEGATIVE_INFINITY;
  while (hits < own.length || falseAlarms < others.length) {
    const threshold = Math.max(highest(own, hits), highest(others, falseAlarms));
    while (highest(own, hits) === threshold) hits += 1;
    while (highest(others, falseAlarms) === threshold) falseAlarms += 1;
    visit(threshold, hits, falseAlarms);
  }
}

/**
 * What a photo of a probability adds to the area under the ROC curve: the structural components of DeLong, DeLong &
 * Clarke-Pearson (1988). For an own photo, the share of the others that it is before; for another, the share of the own
 * photos that are before it; ties count half.
 */
export function rocPlacement({ own, others }: OneAgainstRest, isOwn: boolean, probability: number): number {
  const rest = isOwn ? others : own;
  const below = countBelow(rest, probability);
  let ties = 0;
  while (rest[below + ties] === probability) ties += 1;
  const share = (below + ties / 2) / rest.length;
  return isOwn ? share : 1 - share;
}

/** How many values of an ascending list are below another one. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
