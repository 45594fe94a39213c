/** All metrics of a classifier on some photos, as plain data. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { ConfidenceBin } from "./probabilities.ts";

/** A metric, and how far it may be off. */
export interface Metric {
  readonly value: number;
  /** 95 %; null where there is no sound one. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** Metrics of all classes together, in the order in which they are shown. */
export const OVERALL_METRICS = [
  "accuracy",
  "balancedAccuracy",
  "kappa",
  "matthews",
  "logLoss",
  "brier",
  "calibrationError",
] as const;
export type OverallMetric = (typeof OVERALL_METRICS)[number];

/** Metrics of one class against all others, each 0..1, in the order in which they are shown. */
export const CLASS_METRICS = ["precision", "recall", "f1", "rocAuc", "averagePrecision"] as const;
export type ClassMetric = (typeof CLASS_METRICS)[number];

/** Ways to bring the classes' metrics together: each class alike, each decision alike, each class by its photos. */
export const AVERAGES = ["macro", "micro", "weighted"] as const;
export type Average = (typeof AVERAGES)[number];

/** null where a metric is undefined. */
export type ClassMeasures = Readonly<Record<ClassMetric, Metric | null>>;

/** What was said of a photo. */
export interface Answer {
  readonly photo: PhotoId;
  /** Indices of the true and the most probable class. */
  readonly actual: number;
  readonly predicted: number;
  /** Probability of the predicted class, 0..1. */
  readonly confidence: number;
}

export interface Measures {
  readonly photos: number;
  /** null where a metric is undefined. */
  readonly overall: Readonly<Record<OverallMetric, Metric | null>>;
  /** How often the own class is among the `k` most probable ones. */
  readonly topK: readonly { readonly k: number; readonly metric: Metric }[];
  readonly averages: Readonly<Record<Average, ClassMeasures>>;
  /** By class index, with the photos that each has. */
  readonly classes: readonly (ClassMeasures & { readonly support: number })[];
  /** By the probability of the class that was called. */
  readonly bins: readonly ConfidenceBin[];
  /** One for each photo. */
  readonly answers: readonly Answer[];
}
