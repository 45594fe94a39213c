/** What a search tries. */
import { describe, expect, test } from "vitest";
import { checkSettings } from "../../../../src/training/check-settings.ts";
import { type Candidate, candidatesFor, changedFrom } from "../../../../src/training/search/candidates.ts";
import { DEFAULT_SETTINGS, isSolved } from "../../../../src/training/settings.ts";

const from: Candidate = { settings: DEFAULT_SETTINGS, baseModelId: "base" };
const ground = { from, otherBases: [], isUneven: false, most: 81 };

describe("the candidates of a search", () => {
  test("begin with the settings that are there", () => {
    const own = { ...from, settings: { ...DEFAULT_SETTINGS, hiddenLayers: [100], dropout: 0.1 } };
    const found = candidatesFor({ ...ground, from: own });
    expect(found[0]).toEqual(own);
    expect(found.some(({ settings }) => settings.hiddenLayers.length === 0 && settings.l2 === 0)).toBe(true);
  });

  test("are as many as there are to be, each of them another, all of them within the settings’ ranges", () => {
    const found = candidatesFor(ground);
    expect(found).toHaveLength(81);
    expect(new Set(found.map((each) => JSON.stringify(each))).size).toBe(81);
    for (const { settings } of found) expect(checkSettings(settings)).toEqual([]);
  });

  test("differ from the start in settings of the head alone", () => {
    const changed = new Set(candidatesFor(ground).flatMap((each) => changedFrom(from, each)));
    expect([...changed].sort()).toEqual(
      ["batchSize", "dropout", "hiddenLayers", "l2", "labelSmoothing", "learningRate", "solver"].sort(),
    );
  });

  test("do not vary what a solved head has no use for", () => {
    const solved = candidatesFor(ground).filter(({ settings }) => isSolved(settings));
    expect(new Set(solved.map(({ settings }) => settings.l2)).size).toBe(solved.length);
  });

  test("let rare classes count as much where there are any", () => {
    const balanced = (isUneven: boolean) =>
      candidatesFor({ ...ground, isUneven }).filter(({ settings }) => settings.balanceClasses).length;
    expect(balanced(false)).toBe(0);
    expect(balanced(true)).toBeGreaterThan(1);
  });

  test("have every other base model in them, at its own input size", () => {
    const own = { ...from, settings: { ...DEFAULT_SETTINGS, inputSize: 160 } };
    const found = candidatesFor({ ...ground, from: own, otherBases: ["one", "two"], most: 5 });
    const others = found.filter(({ baseModelId }) => baseModelId !== "base");
    expect(others.map(({ baseModelId }) => baseModelId)).toEqual(["one", "two"]);
    expect(others.map(({ settings }) => settings.inputSize)).toEqual([null, null]);
  });

  test("are the same for the same seed, and others for another", () => {
    expect(candidatesFor(ground)).toEqual(candidatesFor(ground));
    const other = { ...from, settings: { ...DEFAULT_SETTINGS, seed: 7 } };
    const heads = (start: Candidate) =>
      candidatesFor({ ...ground, from: start }).map(({ settings }) => ({ ...settings, seed: 0 }));
    expect(heads(other)).not.toEqual(heads(from));
  });
});
