import { expect, test } from "vitest";
import { sharpnessOf } from "../../../src/evaluation/sharpness.ts";

/** Scores of two classes whose difference is `margin` where they are right, and −`margin` where not. */
function scoresOf(margins: readonly number[]): Float32Array {
  return Float32Array.from(margins.flatMap((margin) => [margin, 0]));
}

test("where all photos are told apart, it says no more than their number allows", () => {
  // softmax(s · margin) is likeliest at (n + 1) / (n + 2): s · margin = ln(n + 1).
  for (const photos of [6, 40]) {
    const scores = scoresOf(new Array(photos).fill(0.5));
    expect(sharpnessOf(scores, new Int32Array(photos), 2)).toBeCloseTo(Math.log(photos + 1) / 0.5, 3);
  }
});

test("where one photo in four is wrong, it is three quarters sure of each", () => {
  const photos = 400;
  const margins = Array.from({ length: photos }, (_, at) => (at % 4 === 0 ? -1 : 1));
  // Targets for the class that is ahead: (3/4 · (n + 1) + 1/4) / (n + 2).
  const ahead = (0.75 * (photos + 1) + 0.25) / (photos + 2);
  expect(sharpnessOf(scoresOf(margins), new Int32Array(photos), 2)).toBeCloseTo(Math.log(ahead / (1 - ahead)), 4);
});

test("with three classes, each other class has the same share of doubt", () => {
  // (n + 1) / (n + 3) against 1 / (n + 3) for each other.
  const scores = Float32Array.from(new Array(9).fill([1, 0, 0]).flat());
  expect(sharpnessOf(scores, new Int32Array(9), 3)).toBeCloseTo(Math.log(10), 3);
});

test("scores that say nothing, or the wrong thing, are not made sharp", () => {
  expect(sharpnessOf(scoresOf([1, -1, 1, -1]), new Int32Array(4), 2)).toBeLessThan(0.4);
  expect(sharpnessOf(scoresOf([-1, -1, -1]), new Int32Array(3), 2)).toBeLessThan(0.4);
});
