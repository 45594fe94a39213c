/** ROC and precision-recall curves, and how far confidence can be trusted. */
import { count, percent, wholePercent } from "./language.ts";

interface Consequences {
  readonly name: string;
  readonly called: number;
  readonly hits: number;
  readonly own: number;
  readonly others: number;
}

const of100 = (part: number, whole: number) => count(Math.round((100 * part) / whole));

export const measureCurves = {
  title: "Curves and confidence",
  hint: "ROC and precision-recall curves, thresholds, reliability",
  className: "Class",
  notDefined: "These photos are all of this class, or none is: there is no curve.",
  roc: {
    title: "ROC curves",
    hint: "How many photos of the class are found, by how many others are called so wrongly. The closer to the top left, the better.",
    x: "False positive rate",
    y: "True positive rate",
  },
  precisionRecall: {
    title: "Precision-recall curves",
    hint: "How many of the photos called so are so, by how many of the class are found.",
    x: "Recall",
    y: "Precision",
  },
  reliability: {
    title: "Reliability",
    hint: "Photos that it is 80% sure of should be right in 80% of cases: on the diagonal. Below it, it is too sure.",
    x: "Confidence",
    y: "Share right",
  },
  histogram: {
    title: "Confidence",
    hint: "How many photos it is how sure of, and how many of them it got right.",
    x: "Confidence",
    y: "Photos",
    right: "Right",
    wrong: "Wrong",
  },
  threshold: "Threshold",
  percent,
  wholePercent,
  /** What calling photos so from this probability on means. */
  consequences: ({ name, called, hits, own, others }: Consequences) =>
    [
      called > 0
        ? `Of 100 photos called ${name}, ${of100(hits, called)} are (${count(hits)} of ${count(called)}).`
        : `No photo is called ${name}.`,
      `Of 100 photos of ${name}, ${of100(hits, own)} are found (${count(hits)} of ${count(own)}).`,
      `Of 100 other photos, ${of100(called - hits, others)} are called ${name} wrongly (${count(called - hits)} of ${count(others)}).`,
    ].join(" "),
  asTable: "As tables",
  thresholds: {
    title: (name: string) => `Thresholds for ${name}`,
    columns: {
      threshold: "Threshold",
      precision: "Precision",
      recall: "Recall, true positive rate",
      falseAlarms: "False positive rate",
    },
  },
  bins: {
    title: "Confidence and accuracy",
    columns: { range: "Confidence", photos: "Photos", right: "Right", share: "Share right", mean: "Mean confidence" },
    range: (from: number, to: number) => `${wholePercent(from)} to ${wholePercent(to)}`,
  },
  none: "–",
  picture: "Download picture (PNG)",
  table: "Download table (CSV)",
  fileName: "curves",
};
