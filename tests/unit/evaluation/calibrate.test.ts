import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { calibrate, softmax } from "../../../src/evaluation/calibrate.ts";

test("a softmax sums to 1, whatever its sharpness", () => {
  expect(softmax(new Float32Array([0, 0]), 7)).toEqual([0.5, 0.5]);
  // 1 / (1 + e⁻²)
  expect(softmax(new Float32Array([2, 0]), 1)[0]).toBeCloseTo(0.880797, 6);
  expect(softmax(new Float32Array([1, 0]), 2)[0]).toBeCloseTo(0.880797, 6);
  expect(softmax(new Float32Array([1000, 0]), 10)).toEqual([1, 0]);
});

/** Labels drawn from what the scores say at a sharpness, some of them then drawn blindly. */
function drawn(photos: number, sharpness: number, noise: number, seed: number) {
  const random = createRandom(seed);
  const scores = Float32Array.from({ length: 2 * photos }, random);
  const labels = Int32Array.from({ length: photos }, (_, at) => {
    if (random() < noise) return random() < 0.5 ? 0 : 1;
    return random() < (softmax(scores.subarray(2 * at, 2 * at + 2), sharpness)[0] ?? 0) ? 0 : 1;
  });
  return { scores, labels };
}

test("finds the sharpness that labels were drawn with", () => {
  const { scores, labels } = drawn(20_000, 4, 0, 1);
  const found = calibrate(scores, labels);
  expect(found.sharpness).toBeGreaterThan(3.7);
  expect(found.sharpness).toBeLessThan(4.3);
  expect(found.noise).toBeLessThan(0.04);
});

test("tells wrong labels from doubt", () => {
  const { scores, labels } = drawn(20_000, 20, 0.2, 2);
  const found = calibrate(scores, labels);
  expect(found.noise).toBeCloseTo(0.2, 1);
  expect(found.sharpness).toBeGreaterThan(15);
  expect(found.sharpness).toBeLessThan(26);
});

test("photos without a label do not count", () => {
  const { scores, labels } = drawn(500, 4, 0, 3);
  const more = new Float32Array([...scores, ...scores.map((score) => 1 - score)]);
  const unlabelled = new Int32Array([...labels, ...labels.map(() => -1)]);
  const [found, expected] = [calibrate(more, unlabelled), calibrate(scores, labels)];
  expect(found).toEqual(expected);
});
