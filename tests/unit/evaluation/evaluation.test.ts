import { describe, expect, test } from "vitest";
import { classMetrics, macroF1 } from "../../../src/evaluation/class-metrics.ts";
import { evaluate } from "../../../src/evaluation/evaluate.ts";
import { clopperPearson, wilson } from "../../../src/evaluation/intervals.ts";
import { ranked, smoothProbabilities } from "../../../src/evaluation/live.ts";
import type { Prediction } from "../../../src/evaluation/report.ts";

const prediction = (actual: number, predicted: number, at = 0): Prediction => ({
  photo: `photo-${at}`,
  actual,
  probabilities: [0, 1, 2].map((index) => (index === predicted ? 0.8 : 0.1)),
});

/** The example of scikit-learn's `f1_score` documentation: y_true, y_pred. */
const SKLEARN = [
  [0, 0],
  [1, 2],
  [2, 1],
  [0, 0],
  [1, 0],
  [2, 1],
].map(([actual = 0, predicted = 0], at) => prediction(actual, predicted, at));

describe("metrics", () => {
  const report = evaluate(SKLEARN, 3);

  test("macro F1 is scikit-learn's documented 0.26", () => {
    expect(report.macroF1.value).toBeCloseTo(0.2667, 4);
  });

  test("per class", () => {
    // By hand: class 0 has 2 hits, 3 predicted, 2 true.
    expect(report.classes[0]).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8, support: 2 });
    expect(report.confusion).toEqual([
      [2, 0, 0],
      [1, 0, 1],
      [0, 2, 0],
    ]);
  });

  test("what is undefined is null, and a class without photos does not count", () => {
    const metrics = classMetrics([
      [3, 0],
      [0, 0],
    ]);
    expect(metrics[1]).toEqual({ precision: null, recall: null, f1: null, support: 0 });
    expect(macroF1(metrics)).toBe(1);
  });

  test("mistakes come with the surest first", () => {
    const sure = { ...prediction(0, 1, 9), probabilities: [0.05, 0.9, 0.05] };
    const mistakes = evaluate([...SKLEARN, sure], 3).mistakes;
    expect(mistakes[0]).toEqual({ photo: "photo-9", actual: 0, predicted: 1, confidence: 0.9 });
    expect(mistakes).toHaveLength(5);
  });

  test("without photos nothing is claimed", () => {
    const nothing = evaluate([], 2);
    expect(nothing.accuracy).toEqual({ value: 0, low: 0, high: 1 });
    expect(nothing.macroF1).toEqual({ value: 0, low: 0, high: 1 });
  });
});

describe("intervals", () => {
  test.each([
    // Newcombe 1998, table I, method 3 (score, no continuity correction).
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("Wilson's for %i of %i", (successes, trials, low, high) => {
    const estimate = wilson(successes, trials);
    expect(estimate.low).toBeCloseTo(low, 4);
    expect(estimate.high).toBeCloseTo(high, 4);
  });

  test.each([
    // Newcombe 1998, table I, method 5 (exact).
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
    // SciPy's `beta.ppf`, of numbers that are not whole.
    [2.5, 7.3, 0.0618, 0.7466],
    [0.01, 3, 0, 0.7103],
    [190.2, 200.7, 0.9072, 0.9741],
  ])("Clopper and Pearson's for %d of %d", (successes, trials, low, high) => {
    const estimate = clopperPearson(successes / trials, trials);
    expect(estimate.value).toBe(successes / trials);
    expect(estimate.low).toBeCloseTo(low, 4);
    expect(estimate.high).toBeCloseTo(high, 4);
  });
});

describe("live answers", () => {
  test("are ranked, best first", () => {
    expect(ranked([0.2, 0.7, 0.1], ["a", "b", "c"]).map(({ className }) => className)).toEqual(["b", "a", "c"]);
  });

  test("are smoothed towards the newest", () => {
    expect(smoothProbabilities([1, 0], [0, 1], 0.25)).toEqual([0.75, 0.25]);
    expect(smoothProbabilities(null, [0, 1], 0.25)).toEqual([0, 1]);
    expect(smoothProbabilities([1, 0, 0], [0, 1], 0.25)).toEqual([0, 1]);
  });
});
