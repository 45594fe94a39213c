/** Probabilities made readable: ranked, and calmed over time. */

export interface RankedClass {
  readonly className: string;
  /** 0..1 */
  readonly probability: number;
}

/** Classes with their probabilities, best first. */
export function ranked(probabilities: readonly number[], classNames: readonly string[]): RankedClass[] {
  return classNames
    .map((className, index) => ({ className, probability: probabilities[index] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}

/**
 * Exponential smoothing of a video's probabilities (Brown 1956): previous + weight · (next − previous).
 * Starts afresh when there is no previous or the number of classes changed.
 *
 * @param weight of the newest frame, 0..1
 */
export function smoothProbabilities(
  previous: readonly number[] | null,
  next: readonly number[],
  weight: number,
): readonly number[] {
  if (previous?.length !== next.length) return next;
  return next.map((value, index) => {
    const before = previous[index] ?? value;
    return before + weight * (value - before);
  });
}
