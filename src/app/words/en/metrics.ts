/** All metrics of a run: their names, what they mean, and the photos that they come from. */
import type { Average, ClassMetric, OverallMetric } from "../../../evaluation/measures.ts";
import { count, decimal, percent, plural, wholePercent } from "./language.ts";

type On = "test" | "validation";

const OVERALL: Readonly<Record<OverallMetric, { readonly name: string; readonly meaning: string }>> = {
  accuracy: { name: "Accuracy", meaning: "The share of photos that were called right." },
  balancedAccuracy: {
    name: "Balanced accuracy",
    meaning: "The mean recall of all classes: rare classes count as much as common ones.",
  },
  kappa: { name: "Cohen’s kappa", meaning: "How much better than chance it is: 0 is chance, 1 is always right." },
  matthews: {
    name: "Matthews correlation",
    meaning: "How closely true and predicted classes go together: 0 is chance, 1 is always right.",
  },
  logLoss: {
    name: "Log loss",
    meaning: "What its probabilities cost, in nats: 0 is sure and right; being sure and wrong costs most.",
  },
  brier: {
    name: "Brier score",
    meaning: "The squared error of its probabilities: 0 is sure and right, 2 is sure and wrong.",
  },
  calibrationError: {
    name: "Expected calibration error",
    meaning: "How far its confidence is from how often it is right. With few photos it comes out too high.",
  },
};

const CLASS: Readonly<Record<ClassMetric, string>> = {
  precision: "Precision",
  recall: "Recall",
  f1: "F1",
  rocAuc: "ROC AUC",
  averagePrecision: "Average precision",
};

const AVERAGE: Readonly<Record<Average, { readonly name: string; readonly meaning: string }>> = {
  macro: { name: "Macro", meaning: "each class counts as much" },
  micro: { name: "Micro", meaning: "each photo counts as much" },
  weighted: { name: "Weighted", meaning: "each class counts by its photos" },
};

const ofPhotos: Readonly<Record<On, (value: number) => string>> = {
  test: (value) => plural(value, { one: "# test photo", other: "# test photos" }),
  validation: (value) => plural(value, { one: "# validation photo", other: "# validation photos" }),
};

export const metrics = {
  on: { label: "Photos that the numbers come from", test: "Test photos", validation: "Validation photos" },
  /** Beside the numbers. */
  from: (on: On, photos: number) =>
    on === "test"
      ? `From ${ofPhotos.test(photos)}, which training has not seen.`
      : `From ${ofPhotos.validation(photos)}. They decided when to stop, so new photos usually do somewhat worse.`,
  accuracy: { test: "Test accuracy", validation: "Validation accuracy" },
  /** @param wide whether the range says little: then in words what it means */
  right: ({ on, right, photos, wide }: { on: On; right: number; photos: number; wide: Interval | null }) =>
    `${count(right)} of ${ofPhotos[on](photos)} right.${
      wide
        ? ` ${count(right)} of ${count(photos)} right means ${wholePercent(wide.low)} to ${wholePercent(wide.high)} of all photos like these: with so few photos the range is wide. Add more to narrow it.`
        : ""
    }`,
  all: {
    title: "All metrics",
    hint: "balanced accuracy, top-k, kappa, log loss, ROC AUC, calibration and more, with intervals",
    workingOut: "Working out all metrics …",
    notKept: "The probabilities of these photos were not kept with this run, so only the overview is known.",
    overall: "All classes together",
    averages: "Means of the classes",
    perClass: "Per class, with intervals",
    columns: {
      metric: "Metric",
      value: "Value",
      interval: "95% interval",
      low: "95% interval, from",
      high: "95% interval, to",
      meaning: "What it says",
      mean: "Mean",
    },
    how: "Intervals: Wilson’s for accuracy and top-k; Clopper and Pearson’s for precision, recall, F1 and average precision of a class; Newcombe’s for ROC AUC of a class; for the means of classes, kappa and correlation those of a share that the jackknife finds as uncertain (Korn and Graubard); the bootstrap (BCa) for log loss and Brier score, from 50 photos on. A dash stands where a metric is undefined or there is no sound interval.",
    scrollable: (title: string) => `${title}, scrollable`,
  },
  of: OVERALL,
  ofClass: CLASS,
  average: AVERAGE,
  topK: (k: number) => ({
    name: `Top-${count(k)} accuracy`,
    meaning: `The share of photos whose class is among the ${count(k)} most probable ones.`,
  }),
  value: (value: number) => decimal(value, 3),
  percent,
  interval: ({ low, high }: Interval) => `${decimal(low, 3)} to ${decimal(high, 3)}`,
  none: "–",
  sort: {
    /** Under a table that is too long to be shown whole. */
    some: (shown: number, rows: number) => `The first ${count(shown)} of ${count(rows)} classes in this order.`,
    all: "Show all classes",
    hint: "Choose a column’s name to sort by it.",
  },
  download: "Download table (CSV)",
  fileName: "metrics",
};

interface Interval {
  readonly low: number;
  readonly high: number;
}
