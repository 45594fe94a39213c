/** Metrics of a whole confusion matrix, from what it says of each class. */
import type { ClassCounts } from "./class-metrics.ts";

/** Precision, recall and F1, 0..1. */
export interface Averaged {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * The mean of the classes that have photos, each counting as much (`macro`) or as much as it has photos (`weighted`). What is
 * undefined, as the precision of a class that was never predicted, counts as 0. They agree with scikit-learn's
 * `precision_recall_fscore_support` with the labels present and `zero_division=0`.
 */
export function averaged(counts: readonly ClassCounts[], by: "macro" | "weighted"): Averaged {
  let [precision, recall, f1, weights] = [0, 0, 0, 0];
  for (const { hits, support, predicted } of counts) {
    if (!support) continue;
    const weight = by === "macro" ? 1 : support;
    weights += weight;
    precision += predicted ? (weight * hits) / predicted : 0;
    recall += (weight * hits) / support;
    f1 += (weight * 2 * hits) / (support + predicted);
  }
  if (!weights) return { precision: 0, recall: 0, f1: 0 };
  return { precision: precision / weights, recall: recall / weights, f1: f1 / weights };
}

/**
 * How much more often the classifier is right than chance would be, -1..1 (Cohen 1960). It agrees with scikit-learn's
 * `cohen_kappa_score`.
 * @returns null where chance is always right: a single class, predicted throughout
 */
export function cohensKappa(counts: readonly ClassCounts[]): number | null {
  const { photos, hits, expected } = totals(counts);
  const chance = expected / photos ** 2;
  return photos && chance < 1 ? (hits / photos - chance) / (1 - chance) : null;
}

/**
 * The correlation of true and predicted classes, -1..1 (Matthews 1975, for several classes Gorodkin 2004). It agrees with
 * scikit-learn's `matthews_corrcoef`, which is 0 where only one class is true or predicted.
 */
export function matthewsCorrelation(counts: readonly ClassCounts[]): number {
  const { photos, hits, expected, supports, predictions } = totals(counts);
  const spread = (photos ** 2 - predictions) * (photos ** 2 - supports);
  return spread > 0 ? (hits * photos - expected) / Math.sqrt(spread) : 0;
}

function totals(counts: readonly ClassCounts[]) {
  const sums = { photos: 0, hits: 0, expected: 0, supports: 0, predictions: 0 };
  for (const { hits, support, predicted } of counts) {
    sums.photos += support;
    sums.hits += hits;
    sums.expected += support * predicted;
    sums.supports += support ** 2;
    sums.predictions += predicted ** 2;
  }
  return sums;
}
