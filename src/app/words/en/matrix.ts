/** The confusion matrix. */
import { count, percent, photos as photosOf, wholePercent } from "./language.ts";

interface Confused {
  readonly photos: number;
  readonly actual: string;
  readonly predicted: string;
}

export const matrix = {
  title: "Confusion matrix",
  scrollable: "Confusion matrix, scrollable",
  explanation: "A row for each true class, a column for each predicted class. Choose a cell to see its photos.",
  trueClass: "True class",
  shown: "Show",
  counts: "Photos",
  rates: "Share of the true class",
  order: "Order",
  orders: { data: "As in the project", name: "By name", similarity: "By similarity" },
  cell: ({ photos, actual, predicted }: Confused) => `${count(photos)} of ${actual} called ${predicted}`,
  count,
  rate: wholePercent,
  pairs: {
    title: "Most confused",
    none: "No class was taken for another.",
    pair: ({ photos, share, actual, predicted }: Confused & { share: number }) =>
      `${actual} called ${predicted}: ${photosOf(photos)}, ${percent(share)} of ${actual}`,
  },
  photos: {
    /** Above the photos of a cell. */
    title: ({ actual, predicted }: Pick<Confused, "actual" | "predicted">) =>
      actual === predicted ? `${actual}, called right` : `${actual} called ${predicted}`,
    close: "Close these photos",
    notKept: "The photos that were called right were not kept with this run.",
  },
  picture: "Download picture (PNG)",
  table: "Download table (CSV)",
  fileName: "confusion matrix",
};
