/** What is drawn of the curves of a training, and what is written of them. */
import { describe, expect, test } from "vitest";
import { csvOf } from "../../../src/app/train/chart/csv.ts";
import { type Curve, rangeWithin, rowsOf } from "../../../src/app/train/chart/curve.ts";
import { smoothed } from "../../../src/app/train/chart/smooth.ts";
import { thinned } from "../../../src/app/train/chart/thin.ts";
import { logTicks, ticksBetween } from "../../../src/app/train/chart/ticks.ts";
import expected from "../../fixtures/curves.json" with { type: "json" };

describe("a long curve", () => {
  test.each(expected.thinned)("is thinned to $most points as the package lttb does", ({ values, most, places }) => {
    expect(thinned(values, most)).toEqual(places);
  });

  test("stays whole when it has no more points, whatever they are", () => {
    expect(thinned([1, Number.NaN, 3], 3)).toEqual([0, 1, 2]);
    expect(thinned([], 3)).toEqual([]);
  });

  test("of 5,000 epochs is drawn with few points, which are its own, the peak among them", () => {
    const values = Array.from({ length: 5000 }, (_, at) => (at === 3210 ? 9 : 1 / (at + 1)));
    const rows = rowsOf([curve("loss", values)], { from: 1, to: 5000 }, 0);
    expect(rows.length).toBe(120);
    for (const { epoch, raw, smooth } of rows)
      expect([raw.loss, smooth.loss]).toEqual([values[epoch - 1], values[epoch - 1]]);
    expect(rows.some(({ epoch }) => epoch === 3211)).toBe(true);
    expect([rows[0]?.epoch, rows.at(-1)?.epoch]).toEqual([1, 5000]);
  });
});

describe("smoothing", () => {
  test.each(expected.smoothed)("with weight $weight is that of TensorBoard", ({ values, weight, smooth }) => {
    for (const [at, value] of smoothed(values, weight).entries())
      expect(value).toBeCloseTo(smooth[at] ?? Number.NaN, 10);
  });

  test("goes on after what is no number", () => {
    expect(smoothed([1, Number.NaN, 1], 0.5)).toEqual([1, Number.NaN, 1]);
  });
});

describe("the epochs in sight", () => {
  test("are those that are chosen, and smoothing knows what was before", () => {
    const values = [4, 2, 1, 1];
    const rows = rowsOf([curve("loss", values), curve("short", [3])], { from: 2, to: 3 }, 0.5);
    expect(rows.map(({ epoch }) => epoch)).toEqual([2, 3]);
    expect(rows[0]?.smooth.loss).toBeCloseTo((4 * 0.25 + 2 * 0.5) / 0.75, 12);
    expect(rows[0]?.raw).toEqual({ loss: 2 });
  });

  test("lie within those that there are", () => {
    expect(rangeWithin(null, 7)).toEqual({ from: 1, to: 7 });
    expect(rangeWithin({ from: 3, to: 99 }, 7)).toEqual({ from: 3, to: 7 });
    // Of a longer training before this one.
    expect(rangeWithin({ from: 8, to: 99 }, 7)).toEqual({ from: 1, to: 7 });
  });
});

test("the table has every epoch, with its numbers as they are", () => {
  const columns = [
    { header: "Loss, training", values: [0.1 + 0.2, Number.NaN] },
    { header: "Run “2”", values: [1] },
  ];
  expect(csvOf("Epoch", columns)).toBe('Epoch,"Loss, training",Run “2”\r\n1,0.30000000000000004,1\r\n2,NaN,\r\n');
});

describe("an axis", () => {
  test.each([
    [0.62, 0.98, [0.6, 0.7, 0.8, 0.9, 1]],
    [20, 60, [20, 30, 40, 50, 60]],
    [0.5, 0.5, [0, 0.2, 0.4, 0.6]],
  ])("from %d to %d has round numbers", (low, high, ticks) => {
    expect(ticksBetween(low, high)).toEqual(ticks);
  });

  test.each([
    [0.02, 0.7, [0.02, 0.05, 0.1, 0.2, 0.5, 1]],
    [0.0003, 3, [0.0001, 0.001, 0.01, 0.1, 1, 10]],
    [0.5, 0.5, [0.5, 1]],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, [0.1, 1]],
  ])("that is logarithmic from %d to %d has 1, 2, 5 or powers of ten", (low, high, ticks) => {
    expect(logTicks(low, high)).toEqual(ticks);
  });
});

function curve(key: string, values: readonly number[]): Curve {
  return { key, name: key, colour: "red", values };
}
