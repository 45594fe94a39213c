/** The curves as tables: for those who do not see them, and for files. */
import type { ConfidenceBin } from "../../../evaluation/probabilities.ts";
import type { OneAgainstRest } from "../../../evaluation/scores.ts";
import { atThreshold } from "../../../evaluation/threshold.ts";
import { words } from "../../words/words.ts";

export interface PlainTable {
  readonly title: string;
  readonly header: readonly string[];
  /** null where a number is not defined. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Columns that hold shares of 1. */
  readonly shares: readonly number[];
}

const STEPS = 20;

/** What each of some thresholds means for a class. */
export function thresholdTable(one: OneAgainstRest, name: string): PlainTable {
  const { title, columns } = words.measureCurves.thresholds;
  const rows = Array.from({ length: STEPS + 1 }, (_, step) => {
    const threshold = step / STEPS;
    const { called, hits, own, others } = atThreshold(one, threshold);
    return [threshold, called ? hits / called : null, hits / own, (called - hits) / others];
  });
  return { title: title(name), header: Object.values(columns), rows, shares: [0, 1, 2, 3] };
}

/** How many photos there are of each range of confidence, and how many of them are right. */
export function binTable(bins: readonly ConfidenceBin[]): PlainTable {
  const { title, columns, range } = words.measureCurves.bins;
  const rows = bins.map(({ from, to, photos, right, confidence }) => [
    ...[range(from, to), photos, right],
    ...[photos ? right / photos : null, confidence],
  ]);
  return { title, header: Object.values(columns), rows, shares: [3, 4] };
}
