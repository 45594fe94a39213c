/** How good a classifier is on photos that are no part of its project. */
import { wilson } from "./intervals.ts";
import { macroF1Estimate } from "./macro-f1.ts";
import type { Estimate } from "./report.ts";

/** Classes by their places among the classifier's. */
export interface JudgedPhoto {
  readonly actual: number;
  readonly predicted: number;
}

export interface OtherPhotosReport {
  readonly photos: number;
  readonly right: number;
  /** With Wilson's 95 % interval. */
  readonly accuracy: Estimate;
  /** See `macroF1Estimate`. */
  readonly macroF1: Estimate;
  /** What is mistaken for what, the most frequent first; at most `MOST_CONFUSED`. */
  readonly confused: readonly (JudgedPhoto & { readonly photos: number })[];
}

const MOST_CONFUSED = 3;

/** @param classCount classes that the classifier tells apart @returns null without photos */
export function evaluateOthers(judged: readonly JudgedPhoto[], classCount: number): OtherPhotosReport | null {
  if (judged.length === 0) return null;
  const confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { actual, predicted } of judged) {
    const row = confusion[actual];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  const right = judged.filter(({ actual, predicted }) => actual === predicted).length;
  const confused = confusion.flatMap((row, actual) =>
    row.flatMap((photos, predicted) => (photos > 0 && predicted !== actual ? [{ actual, predicted, photos }] : [])),
  );
  return {
    photos: judged.length,
    right,
    accuracy: wilson(right, judged.length),
    macroF1: macroF1Estimate(confusion),
    confused: confused.sort((a, b) => b.photos - a.photos).slice(0, MOST_CONFUSED),
  };
}
