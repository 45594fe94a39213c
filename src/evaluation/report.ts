/** What is said of a classifier on photos that it was not fitted on. */
import type { PhotoId } from "../dataset/dataset.ts";

/** An estimate in 0..1 with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Prediction {
  readonly photo: PhotoId;
  /** Index of the true class. */
  readonly actual: number;
  /** One per class, sum 1. */
  readonly probabilities: readonly number[];
}

export interface ClassMetrics {
  /** null where it is undefined: no photo was predicted (precision) or present (recall). */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** True photos of the class. */
  readonly support: number;
}

export interface Mistake {
  readonly photo: PhotoId;
  readonly actual: number;
  readonly predicted: number;
  /** Probability of the predicted class, 0..1. */
  readonly confidence: number;
}

/** Knows classes by index, so that it stays true when one is renamed. */
export interface EvaluationReport {
  readonly photos: number;
  readonly accuracy: Estimate;
  readonly macroF1: Estimate;
  /** By class index. */
  readonly classes: readonly ClassMetrics[];
  /** `confusion[actual][predicted]` counts photos. */
  readonly confusion: readonly (readonly number[])[];
  /** Most confident first. */
  readonly mistakes: readonly Mistake[];
}
