import type { ClassMetrics } from "./report.ts";

/** What the metrics of one class are made of. */
export interface ClassCounts {
  /** Photos of the class that were called so. */
  readonly hits: number;
  /** True photos of the class. */
  readonly support: number;
  /** Photos that were called so. */
  readonly predicted: number;
}

/** One for each class. @param confusion `[actual][predicted]` counts */
export function classCounts(confusion: readonly (readonly number[])[]): ClassCounts[] {
  const predicted = confusion.map(() => 0);
  for (const row of confusion) {
    row.forEach((photos, index) => {
      predicted[index] = (predicted[index] ?? 0) + photos;
    });
  }
  return confusion.map((row, index) => ({
    hits: row[index] ?? 0,
    support: sum(row),
    predicted: predicted[index] ?? 0,
  }));
}

/**
 * Precision, recall, F1 and support of each class (van Rijsbergen 1979, chapter 7).
 * @param confusion `[actual][predicted]` counts
 */
export function classMetrics(confusion: readonly (readonly number[])[]): ClassMetrics[] {
  return classCounts(confusion).map(({ hits, support, predicted }) => ({
    precision: predicted ? hits / predicted : null,
    recall: support ? hits / support : null,
    f1: support + predicted ? (2 * hits) / (support + predicted) : null,
    support,
  }));
}

/** The mean F1 of the classes that have photos, as scikit-learn's `f1_score(average="macro")` over the labels present; 0 without any. */
export function macroF1(metrics: readonly ClassMetrics[]): number {
  const present = metrics.filter(({ support }) => support > 0);
  return present.length ? sum(present.map(({ f1 }) => f1 ?? 0)) / present.length : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
