/** Parts of cross-validation, beside scikit-learn's StratifiedGroupKFold (tests/fixtures/make_folds.py). */
import { describe, expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { foldsOf } from "../../../src/dataset/folds.ts";
import cases from "../../fixtures/folds.json" with { type: "json" };

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describe.each(cases.map((each, at) => [at, each] as const))("case %i", (_, { labels, groups, folds, worst }) => {
  const samples = labels.map(
    (label, at): Sample => ({
      ...{ ...UNTOUCHED, photo: `${at}`, classId: `${label}`, fileName: "", width: 1, height: 1 },
      ...{ fixedSplit: null, burst: null, looks: null },
    }),
  );
  const together = [...new Set(groups)].map((group) =>
    samples.filter((__, at) => groups[at] === group).map(({ photo }) => photo),
  );
  const draws = Array.from({ length: 20 }, (__, seed) => foldsOf(samples, folds, seed, together));

  test("every photo is in one fold, with its group", () => {
    for (const draw of draws) {
      expect(draw.size).toBe(samples.length);
      for (const group of together) expect(new Set(group.map((photo) => draw.get(photo))).size).toBe(1);
    }
  });

  test("classes are spread as evenly as scikit-learn spreads them", () => {
    const own = draws.map((draw) =>
      Math.max(
        ...[...new Set(labels)].flatMap((label) => {
          const ofClass = samples.filter(({ classId }) => classId === `${label}`);
          return Array.from({ length: folds }, (__, fold) =>
            Math.abs(ofClass.filter(({ photo }) => draw.get(photo) === fold).length - ofClass.length / folds),
          );
        }),
      ),
    );
    expect(median(own)).toBeLessThanOrEqual(worst + 1e-9);
  });
});
