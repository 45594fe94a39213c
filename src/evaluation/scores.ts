/** What a classifier said of photos, as the metrics take it. */
import type { PhotoId } from "../dataset/dataset.ts";

/** Parallel lists: the place in each is the photo's. */
export interface Scores {
  readonly photos: readonly PhotoId[];
  /** Index of each photo's true class. */
  readonly labels: ArrayLike<number>;
  /** `[photos × classes]`, row-major; each 0..1, a row's sum 1. */
  readonly probabilities: ArrayLike<number>;
  readonly classes: number;
}

/** @throws RangeError when a probability or a label is none, or when the lists do not fit together */
export function checkScores({ photos, labels, probabilities, classes }: Scores): void {
  if (labels.length !== photos.length || probabilities.length !== photos.length * classes) {
    throw new RangeError("Each photo must have one label and one probability for each class.");
  }
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw new RangeError(`${label} is no class.`);
  }
  for (let at = 0; at < probabilities.length; at++) {
    const value = probabilities[at] as number;
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${value} is no probability.`);
  }
}

/** A photo's probability of a class, 0..1. */
export function probabilityOf({ probabilities, classes }: Scores, at: number, label: number): number {
  return probabilities[at * classes + label] as number;
}

/** The most probable class of each photo; the first of several that are equally so. */
export function predictedClasses(scores: Scores): Int32Array {
  return Int32Array.from({ length: scores.photos.length }, (_, at) => {
    let best = 0;
    for (let label = 1; label < scores.classes; label++) {
      if (probabilityOf(scores, at, label) > probabilityOf(scores, at, best)) best = label;
    }
    return best;
  });
}

/** One class against all others: the probabilities of the class, 0..1 each, in ascending order. */
export interface OneAgainstRest {
  /** Of the photos of the class. */
  readonly own: Float64Array;
  /** Of all other photos. */
  readonly others: Float64Array;
}

export function oneAgainstRest(scores: Scores, label: number): OneAgainstRest {
  const { labels, photos } = scores;
  const own: number[] = [];
  const others: number[] = [];
  for (let at = 0; at < photos.length; at++) {
    (labels[at] === label ? own : others).push(probabilityOf(scores, at, label));
  }
  return { own: Float64Array.from(own).sort(), others: Float64Array.from(others).sort() };
}

/** All classes' decisions as those of one: each photo counts once for each class. */
export function allAgainstRest({ photos, labels, probabilities, classes }: Scores): OneAgainstRest {
  const own = new Float64Array(photos.length);
  const others = new Float64Array(photos.length * (classes - 1));
  let place = 0;
  for (let at = 0; at < photos.length; at++) {
    for (let label = 0; label < classes; label++) {
      const probability = probabilities[at * classes + label] as number;
      if (label === labels[at]) own[at] = probability;
      else others[place++] = probability;
    }
  }
  return { own: own.sort(), others: others.sort() };
}
