/** How good the probabilities themselves are. */
import { predictedClasses, probabilityOf, type Scores } from "./scores.ts";

/** A probability of 0 would cost infinitely much: what scikit-learn takes instead, the machine epsilon of 64-bit numbers. */
const LEAST = 2 ** -52;

/** What each photo's probabilities cost: minus the logarithm of that of its own class, in nats. */
export function logLosses(scores: Scores): Float64Array {
  return Float64Array.from({ length: scores.photos.length }, (_, at) => {
    const own = probabilityOf(scores, at, scores.labels[at] as number);
    return -Math.log(Math.min(1 - LEAST, Math.max(LEAST, own)));
  });
}

/** The squared distance of each photo's probabilities from 1 for its own class and 0 for all others, 0..2 (Brier 1950). */
export function brierScores(scores: Scores): Float64Array {
  return Float64Array.from({ length: scores.photos.length }, (_, at) => {
    let sum = 0;
    for (let label = 0; label < scores.classes; label++) {
      sum += (probabilityOf(scores, at, label) - (scores.labels[at] === label ? 1 : 0)) ** 2;
    }
    return sum;
  });
}

/**
 * The share of photos whose own class is among the `k` most probable, 0..1. Of equally probable classes the last counts as the
 * more probable, as in scikit-learn's `top_k_accuracy_score`.
 * @returns how many photos
 */
export function topKHits(scores: Scores, k: number): number {
  let hits = 0;
  for (let at = 0; at < scores.photos.length; at++) {
    const own = scores.labels[at] as number;
    const probability = probabilityOf(scores, at, own);
    let before = 0;
    for (let label = 0; label < scores.classes; label++) {
      const other = probabilityOf(scores, at, label);
      if (other > probability || (other === probability && label > own)) before += 1;
    }
    if (before < k) hits += 1;
  }
  return hits;
}

/** Photos whose highest probability is in a range of confidence. */
export interface ConfidenceBin {
  /** The range, from above `from` up to and with `to`. */
  readonly from: number;
  readonly to: number;
  readonly photos: number;
  readonly right: number;
  /** The mean of their highest probabilities; null without photos. */
  readonly confidence: number | null;
}

/** Ranges of the same width that the photos' confidence is sorted into. */
const BINS = 10;

/** What a reliability diagram shows (Guo et al. 2017, section 2), with the edges of scikit-learn's `calibration_curve`. */
export function confidenceBins(scores: Scores): ConfidenceBin[] {
  const predicted = predictedClasses(scores);
  const sums = Array.from({ length: BINS }, () => ({ photos: 0, right: 0, confidence: 0 }));
  for (const [at, label] of predicted.entries()) {
    const confidence = probabilityOf(scores, at, label);
    const bin = sums.findIndex((_, index) => confidence <= (index + 1) / BINS);
    const into = sums[bin];
    if (!into) throw new RangeError(`${confidence} is no probability.`);
    into.photos += 1;
    into.confidence += confidence;
    if (label === scores.labels[at]) into.right += 1;
  }
  return sums.map(({ photos, right, confidence }, index) => ({
    ...{ from: index / BINS, to: (index + 1) / BINS, photos, right },
    confidence: photos ? confidence / photos : null,
  }));
}

/**
 * How far confidence and accuracy are apart on average, 0..1: the expected calibration error (Naeini et al. 2015; Guo et al.
 * 2017, equation 3). With few photos it comes out too high.
 */
export function expectedCalibrationError(bins: readonly ConfidenceBin[]): number {
  const photos = bins.reduce((sum, bin) => sum + bin.photos, 0);
  return bins.reduce(
    (sum, bin) => sum + (bin.confidence === null ? 0 : Math.abs(bin.right - bin.photos * bin.confidence) / photos),
    0,
  );
}
