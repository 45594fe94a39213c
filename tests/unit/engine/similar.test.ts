import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { centredUnitRows, forEachPair } from "../../../src/engine/similar.ts";

const NEVER = new AbortController().signal;

test("rows are centred and of length one", () => {
  // Mean (2, 3): (−1, −1) and (1, 1), each over √2.
  const rows = centredUnitRows(new Float32Array([1, 2, 3, 4]), 2);
  expect([...rows]).toEqual([-1, -1, 1, 1].map((value) => expect.closeTo(value / Math.SQRT2, 6)));
});

test("every pair is visited once with its product, over the edges of blocks", async () => {
  const [count, features] = [1030, 3];
  const random = createRandom(4);
  const rows = Float32Array.from({ length: count * features }, random);
  let visited = 0;
  let furthest = 0;
  await forEachPair(
    rows,
    features,
    (a, b, product) => {
      visited += a < b ? 1 : Number.NaN;
      let exact = 0;
      for (let at = 0; at < features; at++) exact += (rows[a * features + at] ?? 0) * (rows[b * features + at] ?? 0);
      furthest = Math.max(furthest, Math.abs(exact - product));
    },
    NEVER,
  );
  expect(visited).toBe((count * (count - 1)) / 2);
  expect(furthest).toBeLessThan(1e-5);
});
