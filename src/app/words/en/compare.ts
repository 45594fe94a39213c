/** Runs side by side: Train, tab Runs. */
import { backendName } from "./engine.ts";
import { decimal, percent, photos, plural, typed } from "./language.ts";

interface Pair {
  /** Numbers of the two runs. */
  readonly first: number;
  readonly second: number;
}

/** Below this, chance alone is an unlikely reason. */
const UNLIKELY = 0.05;

const probability = (p: number) => (p < 0.001 ? "p < 0.001" : `p = ${decimal(p, p < 0.1 ? 3 : 2)}`);

const rightAlone = (photoCount: number, that: number) =>
  `right on ${photos(photoCount)} that run ${typed(that)} got wrong`;

export const compare = {
  title: "Compare runs",
  choose: (chosen: number) =>
    chosen === 0 ? "Tick two to five runs to compare them." : "Tick at least one more run to compare them.",
  clear: "Compare none",
  curves: "Their curves",
  validationLoss: "Validation loss",
  validationAccuracy: "Validation accuracy",
  settings: "What differs",
  setting: "Setting",
  baseModel: "Base model",
  backend: "Backend",
  backendName,
  photos: "Photos",
  test: "Test score",
  sameSettings: "They have the same settings.",
  testTitle: "Do their test scores differ by more than chance?",
  workingOut: "Working it out …",
  /** @param p 0..1 */
  compared({
    first,
    second,
    shared,
    onlyFirst,
    onlySecond,
    p,
  }: Pair & { shared: number; onlyFirst: number; onlySecond: number; p: number }): string {
    const both = plural(shared, { one: "# test photo that both saw", other: "# test photos that both saw" });
    const names = `Runs ${typed(first)} and ${typed(second)}, on the ${both}:`;
    if (onlyFirst + onlySecond === 0) return `${names} they are right and wrong on the same photos.`;
    const verdict =
      p < UNLIKELY ? `that is more than chance (${probability(p)}).` : `that may be chance (${probability(p)}).`;
    return `${names} run ${typed(first)} is ${rightAlone(onlyFirst, second)}, and wrong on ${typed(onlySecond)} that it got right: ${verdict}`;
  },
  /** Photos that are not counted. */
  relabelled: (number: number) =>
    plural(number, {
      one: "# photo is left out, because its label was changed in between.",
      other: "# photos are left out, because their labels were changed in between.",
    }),
  nothingShared: ({ first, second }: Pair) =>
    `Runs ${typed(first)} and ${typed(second)} were tested on different photos, so there is nothing to compare.`,
  notKept: ({ first, second }: Pair) =>
    `Runs ${typed(first)} and ${typed(second)}: the predictions of one of them were not kept, so there is nothing to compare.`,
  several:
    "With several comparisons, one may look like a difference by chance. The probabilities (p) are adjusted for that (Holm’s method).",
  method: "p is the probability of so uneven a result if neither run were better (McNemar’s exact test).",
  percent,
};
