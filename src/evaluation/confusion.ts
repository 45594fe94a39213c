import type { Answer } from "./measures.ts";

/** The most probable class; the first of several that are equally so. */
export function predictedClass(probabilities: readonly number[]): number {
  return probabilities.reduce((best, value, index) => (value > (probabilities[best] ?? 0) ? index : best), 0);
}

/** `[actual][predicted]` counts. */
export function confusionMatrix(answers: readonly Answer[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { actual, predicted } of answers) {
    const row = matrix[actual];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return matrix;
}
