import { expect, test } from "vitest";
import { sharpnessOf } from "../../../src/evaluation/sharpness.ts";

const alike = (photos: number) => new Float64Array(photos).fill(1);

/** Scores of two classes whose difference is `margin` where they are right, and −`margin` where not. */
function scoresOf(margins: readonly number[]): Float32Array {
  return Float32Array.from(margins.flatMap((margin) => [margin, 0]));
}

test("where all photos are told apart, it says no more than their number allows", () => {
  // softmax(s · margin) is likeliest at (n + 1) / (n + 2): s · margin = ln(n + 1).
  for (const photos of [6, 40]) {
    const scores = scoresOf(new Array(photos).fill(0.5));
    expect(sharpnessOf(scores, new Int32Array(photos), alike(photos), 2)).toBeCloseTo(Math.log(photos + 1) / 0.5, 3);
  }
});

test("where one photo in four is wrong, it is three quarters sure of each", () => {
  const photos = 400;
  const margins = Array.from({ length: photos }, (_, at) => (at % 4 === 0 ? -1 : 1));
  // Targets for the class that is ahead: (3/4 · (n + 1) + 1/4) / (n + 2).
  const ahead = (0.75 * (photos + 1) + 0.25) / (photos + 2);
  expect(sharpnessOf(scoresOf(margins), new Int32Array(photos), alike(photos), 2)).toBeCloseTo(
    Math.log(ahead / (1 - ahead)),
    4,
  );
});

test("with three classes, each other class has the same share of doubt", () => {
  // (n + 1) / (n + 3) against 1 / (n + 3) for each other.
  const scores = Float32Array.from(new Array(9).fill([1, 0, 0]).flat());
  expect(sharpnessOf(scores, new Int32Array(9), alike(9), 3)).toBeCloseTo(Math.log(10), 3);
});

test("scores that say nothing, or the wrong thing, are not made sharp", () => {
  expect(sharpnessOf(scoresOf([1, -1, 1, -1]), new Int32Array(4), alike(4), 2)).toBeLessThan(0.4);
  expect(sharpnessOf(scoresOf([-1, -1, -1]), new Int32Array(3), alike(3), 2)).toBeLessThan(0.4);
});

test("a photo that counts twice is worth two", () => {
  const twice = sharpnessOf(scoresOf([1, -1]), new Int32Array(2), new Float64Array([1.5, 0.5]), 2);
  // Targets are still those of two photos: (3/4 · 3 + 1/4 · 1) / 4 for the class that is ahead.
  expect(twice).toBeCloseTo(Math.log(0.625 / 0.375), 3);
});
