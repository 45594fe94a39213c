import type { Prediction } from "./report.ts";

/** The most probable class; the first of several that are equally so. */
export function predictedClass(probabilities: readonly number[]): number {
  return probabilities.reduce((best, value, index) => (value > (probabilities[best] ?? 0) ? index : best), 0);
}

/** `[actual][predicted]` counts. */
export function confusionMatrix(predictions: readonly Prediction[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { actual, probabilities } of predictions) {
    const row = matrix[actual];
    const predicted = predictedClass(probabilities);
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return matrix;
}
