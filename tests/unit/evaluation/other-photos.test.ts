/** How good a classifier is on photos from elsewhere. */
import { expect, test } from "vitest";
import { evaluateOthers } from "../../../src/evaluation/other-photos.ts";

const of = (actual: number, predicted: number, photos: number) =>
  Array.from({ length: photos }, () => ({ actual, predicted }));

test("says how many are right, how sure that is, and what is mistaken for what", () => {
  const report = evaluateOthers([...of(0, 0, 9), ...of(0, 1, 3), ...of(1, 1, 6), ...of(1, 2, 1), ...of(2, 0, 1)], 3);
  expect(report).toMatchObject({ photos: 20, right: 15 });
  // scipy.stats.binomtest(15, 20).proportion_ci(method="wilson")
  expect(report?.accuracy.value).toBe(0.75);
  expect(report?.accuracy.low).toBeCloseTo(0.531_299, 5);
  expect(report?.accuracy.high).toBeCloseTo(0.888_138, 5);
  // F1 of 9 right, 12 own and 10 called: 18/22; of 6, 7 and 9: 12/16; of 0, 1 and 1: 0.
  expect(report?.macroF1.value).toBeCloseTo((18 / 22 + 12 / 16) / 3, 12);
  expect(report?.confused).toEqual([
    { actual: 0, predicted: 1, photos: 3 },
    { actual: 1, predicted: 2, photos: 1 },
    { actual: 2, predicted: 0, photos: 1 },
  ]);
});

test("says nothing without photos", () => {
  expect(evaluateOthers([], 3)).toBeNull();
});
