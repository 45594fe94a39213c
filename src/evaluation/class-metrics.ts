import type { ClassMetrics } from "./report.ts";

/**
 * Precision, recall, F1 and support of each class (van Rijsbergen 1979, chapter 7).
 * @param confusion `[actual][predicted]` counts
 */
export function classMetrics(confusion: readonly (readonly number[])[], classNames: readonly string[]): ClassMetrics[] {
  return classNames.map((className, index) => {
    const hits = confusion[index]?.[index] ?? 0;
    const support = sum(confusion[index] ?? []);
    const predicted = sum(confusion.map((row) => row[index] ?? 0));
    return {
      className,
      precision: predicted ? hits / predicted : null,
      recall: support ? hits / support : null,
      f1: support + predicted ? (2 * hits) / (support + predicted) : null,
      support,
    };
  });
}

/** The mean F1 of the classes that have photos, as scikit-learn's `f1_score(average="macro")` over the labels present; 0 without any. */
export function macroF1(metrics: readonly ClassMetrics[]): number {
  const present = metrics.filter(({ support }) => support > 0);
  return present.length ? sum(present.map(({ f1 }) => f1 ?? 0)) / present.length : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
