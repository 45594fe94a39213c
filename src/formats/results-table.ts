/** What a classifier says of many photos, as a table for spreadsheets and programs. */
import { csvText } from "./csv.ts";

export interface ResultLine {
  readonly path: string;
  /** null where it is not known. */
  readonly trueClass: string | null;
  /** Best first. */
  readonly best: readonly { readonly className: string; readonly probability: number }[];
  /** Whether it is none of the classes; null where that was not asked. */
  readonly isUnknown: boolean | null;
  /** Why there is no answer; null where there is one. */
  readonly problem: string | null;
}

/**
 * Comma-separated values that no spreadsheet takes for formulas: `file`, `true_class` where one is known, then `class_1`,
 * `confidence_1` (0..1, six decimals) and so on for as many classes as any photo has, `none_of_these` (`true` or `false`) where
 * that was asked, and `problem` where there is one.
 */
export function resultsTable(lines: readonly ResultLine[]): string {
  const most = lines.reduce((top, { best }) => Math.max(top, best.length), 0);
  const hasClasses = lines.some(({ trueClass }) => trueClass !== null);
  const hasUnknown = lines.some(({ isUnknown }) => isUnknown !== null);
  const hasProblems = lines.some(({ problem }) => problem !== null);
  const ranks = Array.from({ length: most }, (_, rank) => rank);
  const head = [
    "file",
    ...(hasClasses ? ["true_class"] : []),
    ...ranks.flatMap((rank) => [`class_${rank + 1}`, `confidence_${rank + 1}`]),
    ...(hasUnknown ? ["none_of_these"] : []),
    ...(hasProblems ? ["problem"] : []),
  ];
  const rows = lines.map(({ path, trueClass, best, isUnknown, problem }) => [
    path,
    ...(hasClasses ? [trueClass ?? ""] : []),
    ...ranks.flatMap((rank) => {
      const scored = best[rank];
      return scored ? [scored.className, scored.probability.toFixed(6)] : ["", ""];
    }),
    ...(hasUnknown ? [isUnknown === null ? "" : String(isUnknown)] : []),
    ...(hasProblems ? [problem ?? ""] : []),
  ]);
  return csvText([head, ...rows]);
}
