/** Differences between folds, against scipy's t distribution (tests/fixtures/make_paired_folds.py). */
import { describe, expect, test } from "vitest";
import { pairedFolds } from "../../../src/evaluation/paired-folds.ts";
import cases from "../../fixtures/paired-folds.json" with { type: "json" };

describe("whether two ways to train differ", () => {
  test.each(cases)("by $differences.length folds", ({ mean, low, high, probability, ...given }) => {
    const found = pairedFolds(given);
    for (const [value, expected] of [
      [found.mean, mean],
      [found.low, low],
      [found.high, high],
      [found.probability, probability],
    ] as const) {
      expect(value).toBeCloseTo(expected, 8);
    }
  });

  test("no difference in any fold is no difference", () => {
    expect(pairedFolds({ differences: [0, 0, 0], folds: 3, photosPerFold: 10 })).toEqual({
      ...{ mean: 0, low: 0, high: 0, probability: 1 },
    });
  });

  test("one photo more in each of five small folds is no proof", () => {
    const { probability } = pairedFolds({ differences: [0.1, 0.1, 0.1, 0.1, 0.1], folds: 5, photosPerFold: 10 });
    expect(probability).toBeGreaterThan(0.05);
  });
});
