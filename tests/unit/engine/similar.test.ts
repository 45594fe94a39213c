import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { CentredUnitRows } from "../../../src/engine/centred-rows.ts";
import { forEachPair } from "../../../src/engine/similar.ts";
import { matrixOf } from "../../fixtures/matrix.ts";

const NEVER = new AbortController().signal;

test("rows are centred and of length one", () => {
  // Mean (2, 3): (−1, −1) and (1, 1), each over √2.
  const rows = new CentredUnitRows(matrixOf(new Float32Array([1, 2, 3, 4]), 2), new Int32Array([0, 1]));
  expect([...rows.copy(0, 2)]).toEqual([-1, -1, 1, 1].map((value) => expect.closeTo(value / Math.SQRT2, 6)));
});

test("rows come in the order asked for, a part at a time, centred on the mean of others where that is asked for", () => {
  // Row 1 is left out. The mean of rows 0 and 2 is (2, 0): (2, 0), (−2, 0) and (0, 3) are left of rows 3, 0 and 4.
  const matrix = matrixOf(new Float32Array([0, 0, 9, 9, 4, 0, 4, 0, 2, 3, 2, 0]), 2);
  const rows = new CentredUnitRows(matrix, new Int32Array([3, 0, 4, 5]), new Int32Array([0, 2]));
  expect(rows).toMatchObject({ count: 4, width: 2 });
  expect([...rows.copy(0, 1)]).toEqual([1, 0]);
  expect([...rows.copy(1, 3)]).toEqual([-1, 0, 0, 1]);
  // What is the mean itself points nowhere.
  expect([...rows.copy(3, 4)]).toEqual([0, 0]);
});

test("every pair is visited once with its product, over the edges of blocks", async () => {
  const [count, features] = [1030, 3];
  const random = createRandom(4);
  const rows = Float32Array.from({ length: count * features }, random);
  let visited = 0;
  let furthest = 0;
  await forEachPair(
    { count, width: features, copy: (from, to) => rows.slice(from * features, to * features) },
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
