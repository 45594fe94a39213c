/** What runs are called, and in what they differ. */
import { describe, expect, test } from "vitest";
import { differingSettings } from "../../../src/project/run-differences.ts";
import { nextRunNumber, runNumbers } from "../../../src/project/run-numbers.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";

const run = (id: string, day: number, number?: number) => ({
  id,
  finishedAt: `2026-11-0${day}T10:00:00Z`,
  ...(number === undefined ? {} : { number }),
});

describe("the number of a run", () => {
  test("is its own, also when others are gone", () => {
    expect([...runNumbers([run("d", 4, 5), run("b", 2, 2)])]).toEqual([
      ["b", 2],
      ["d", 5],
    ]);
  });

  test("is counted from the oldest on for runs that have none", () => {
    const runs = [run("c", 3, 7), run("b", 2), run("a", 1)];
    expect([...runNumbers(runs).entries()]).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 7],
    ]);
    expect(nextRunNumber(runs)).toBe(8);
  });

  test("is 1 for the first", () => {
    expect(nextRunNumber([])).toBe(1);
  });
});

describe("settings that differ", () => {
  const of = (change: Partial<TrainingSettings>): TrainingSettings => ({ ...DEFAULT_SETTINGS, ...change });

  test("are those that are not the same in all runs", () => {
    expect(differingSettings(of({}), of({}))).toEqual([]);
    expect(differingSettings(of({}), of({ seed: 1 }), of({ epochs: 5, hiddenLayers: [8] }))).toEqual([
      "epochs",
      "hiddenLayers",
      "seed",
    ]);
  });

  test("are none that have no effect", () => {
    expect(differingSettings(of({ momentum: 0.5 }), of({}))).toEqual([]);
    expect(differingSettings(of({ momentum: 0.5, optimizer: "sgd" }), of({}))).toEqual(["optimizer", "momentum"]);
  });

  test("are none that one of them did not have yet", () => {
    const { dropout: _, ...older } = of({ dropout: 0.3 });
    expect(differingSettings(older as TrainingSettings, of({ dropout: 0.5 }))).toEqual([]);
  });
});
