/** Axes have round numbers. */
import { describe, expect, test } from "vitest";
import { epochTicks, roundTicks } from "../../../src/app/train/chart/ticks.ts";

describe("values from 0", () => {
  test.each([
    [0.83, [0, 0.25, 0.5, 0.75, 1]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [1.2, [0, 0.5, 1, 1.5]],
    [2, [0, 0.5, 1, 1.5, 2]],
    [7, [0, 2, 4, 6, 8]],
    [0.004, [0, 0.001, 0.002, 0.003, 0.004]],
    [0, [0, 1]],
    [Number.NaN, [0, 1]],
  ])("up to %d", (most, ticks) => {
    expect(roundTicks(most)).toEqual(ticks);
  });
});

describe("epochs", () => {
  test.each([
    [1, [1]],
    [5, [1, 2, 3, 4, 5]],
    [12, [1, 2, 4, 6, 8, 10, 12]],
    [37, [1, 10, 20, 30]],
    [200, [1, 50, 100, 150, 200]],
  ])("up to %d", (last, ticks) => {
    expect(epochTicks(last)).toEqual(ticks);
  });
});
