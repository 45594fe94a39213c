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

/** What has been said aloud of a video's answers, and what may be said next. */
export interface Spoken {
  /** The class said last, by its place, with its probability then; null before the first. */
  readonly said: { readonly place: number; readonly probability: number } | null;
  /** When it was said, in milliseconds. */
  readonly saidAt: number;
  /** The class that is the best now, and since when. */
  readonly best: number;
  readonly bestSince: number;
}

export const NOTHING_SPOKEN: Spoken = {
  said: null,
  saidAt: Number.NEGATIVE_INFINITY,
  best: -1,
  bestSince: Number.NEGATIVE_INFINITY,
};

/** Between two things said. */
const PAUSE_MS = 2000;
/** A class that is the best for a shorter time is not said. */
const SETTLED_MS = 400;

/**
 * What to say after one more answer: a class that has become the best and stays it, and nothing as long as that is the one
 * said last. At most one in two seconds, so that a screen reader can follow.
 *
 * @param now in milliseconds, of the same clock as before
 */
export function speak(before: Spoken, probabilities: readonly number[], now: number): Spoken {
  const best = probabilities.indexOf(Math.max(...probabilities));
  const bestSince = best === before.best ? before.bestSince : now;
  const isNew = best >= 0 && best !== before.said?.place;
  if (!isNew || now - bestSince < SETTLED_MS || now - before.saidAt < PAUSE_MS) return { ...before, best, bestSince };
  return { said: { place: best, probability: probabilities[best] ?? 0 }, saidAt: now, best, bestSince };
}
