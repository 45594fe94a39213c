/** Whether two ways to train differ by more than chance, by their scores on the same folds of cross-validation. */
import { betaCumulative, betaQuantile } from "./beta.ts";

export interface PairedFolds {
  /** Score of one less score of the other, fold by fold; at least two. */
  readonly differences: readonly number[];
  /** Parts that the photos are divided into; there may be several divisions. */
  readonly folds: number;
  /** Of one fold, on average. */
  readonly photosPerFold: number;
}

export interface PairedDifference {
  readonly mean: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Of a difference as large, or larger, either way, if there were none, 0..1. */
  readonly probability: number;
}

/**
 * The corrected resampled t-test (Nadeau & Bengio 2003, "Inference for the Generalization Error", equation 10; for repeated
 * folds Bouckaert & Frank 2004): the folds share photos to learn from, so that their variance is larger by the share of
 * photos left out over that of photos learned from.
 *
 * Differences that happen to be alike say less than they seem to: their variance counts as that of a number of photos, at least.
 */
export function pairedFolds({ differences, folds, photosPerFold }: PairedFolds): PairedDifference {
  const { length } = differences;
  const mean = sum(differences) / length;
  const spread = sum(differences.map((each) => (each - mean) ** 2)) / (length - 1);
  const variance = Math.max(spread, Math.abs(mean) / photosPerFold);
  const error = Math.sqrt((1 / length + 1 / (folds - 1)) * variance);
  const freedom = length - 1;
  const reach = studentReach(0.05, freedom) * error;
  const probability = error === 0 ? 1 : studentBeyond(mean / error, freedom);
  return { mean, low: mean - reach, high: mean + reach, probability };
}

/** The probability that Student's t lies further from 0 than this (Abramowitz & Stegun 1964, 26.7.1). */
function studentBeyond(t: number, freedom: number): number {
  return betaCumulative(freedom / (freedom + t ** 2), freedom / 2, 0.5);
}

/** How far from 0 Student's t lies with this probability or less. */
function studentReach(probability: number, freedom: number): number {
  const x = betaQuantile(probability, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
