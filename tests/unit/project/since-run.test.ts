/** What counts as a change since a run. */
import { describe, expect, test } from "vitest";
import type { Sample } from "../../../src/dataset/dataset.ts";
import { UNSORTED } from "../../../src/dataset/dataset.ts";
import type { Run } from "../../../src/project/run.ts";
import { changesSince, type ProjectNow } from "../../../src/project/since-run.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

const sample = (photo: string, classId: string, changes: Partial<Sample> = {}) =>
  ({ photo, classId, fixedSplit: null, excluded: false, ...changes }) as Sample;

const SAMPLES = [
  sample("1", "cat"),
  sample("2", "cat"),
  sample("3", "dog"),
  sample("4", "dog", { fixedSplit: "test" }),
];

/** Of these photos: 1 and 2 cats, 3 and 4 dogs; 4 was tested on. */
const RUN = {
  classes: [
    { id: "cat", name: "Cat" },
    { id: "dog", name: "Dog" },
  ],
  settings: DEFAULT_SETTINGS,
  baseModel: { id: "base", name: "Base" },
} as unknown as Run;
const TAKEN = { photos: ["1", "2", "3", "4"], labels: Uint16Array.of(0, 0, 1, 1), splits: Uint8Array.of(0, 1, 0, 2) };

const now = (samples: readonly Sample[], changes: Partial<ProjectNow> = {}): ProjectNow => ({
  ...{ dataset: { classes: [], samples }, settings: DEFAULT_SETTINGS, baseModelId: "base" },
  isLeftOut: () => false,
  ...changes,
});
const replaced = (at: number, changes: Partial<Sample>) =>
  SAMPLES.map((each, place) => (place === at ? { ...each, ...changes } : each));

describe("photos", () => {
  test.each([
    ["nothing", SAMPLES, 0],
    ["another order", SAMPLES.toReversed(), 0],
    ["two that came", [...SAMPLES, sample("5", "cat"), sample("6", "dog")], 2],
    ["one that came and is unsorted", [...SAMPLES, sample("5", UNSORTED)], 0],
    ["one that came and is excluded", [...SAMPLES, sample("5", "cat", { excluded: true })], 0],
    ["one that went", SAMPLES.slice(1), 1],
    ["one that was excluded", replaced(0, { excluded: true }), 1],
    ["one with another class", replaced(2, { classId: "cat" }), 1],
    ["one that was fixed to another split", replaced(0, { fixedSplit: "test" }), 1],
    ["one that was fixed to the split that it had", replaced(1, { fixedSplit: "validation" }), 0],
    ["one that is fixed to training and was lent to validation", replaced(1, { fixedSplit: "train" }), 0],
    ["one that was changed in two ways", replaced(0, { classId: "dog", fixedSplit: "test" }), 1],
    ["one that went and one that came", [...SAMPLES.slice(1), sample("5", "cat")], 2],
  ])("%s", (_, samples, changes) => {
    expect(changesSince(RUN, TAKEN, now(samples))).toBe(changes);
  });

  test("that could not be read then, or would be left out now, are none", () => {
    const samples = [...SAMPLES, sample("5", "cat"), sample("6", "cat")];
    const run = { ...RUN, unreadPhotos: ["5"] };
    expect(changesSince(run, TAKEN, now(samples, { isLeftOut: (photo) => photo === "6" }))).toBe(0);
  });

  test("are in several splits with cross-validation", () => {
    const settings = { ...DEFAULT_SETTINGS, folds: 5 };
    expect(changesSince({ ...RUN, settings }, TAKEN, now(replaced(0, { fixedSplit: "test" }), { settings }))).toBe(0);
  });

  test("are not counted where it is not kept which took part", () => {
    expect(changesSince(RUN, null, now([]))).toBe(0);
  });
});

describe("choices", () => {
  test("each setting that differs, and the base model", () => {
    const settings = { ...DEFAULT_SETTINGS, epochs: 5, hiddenLayers: [8] };
    expect(changesSince(RUN, TAKEN, now(SAMPLES, { settings }))).toBe(2);
    expect(changesSince(RUN, TAKEN, now(SAMPLES, { settings, baseModelId: "other" }))).toBe(3);
  });

  test("none without effect, none that is newer than the run, and no base model that is not known", () => {
    const settings = { ...DEFAULT_SETTINGS, fineTuneEpochs: 3, momentum: 0.1 };
    expect(changesSince(RUN, TAKEN, now(SAMPLES, { settings }))).toBe(0);
    const { balanceClasses: _, ...older } = DEFAULT_SETTINGS;
    const run = { ...RUN, settings: older as typeof DEFAULT_SETTINGS, baseModel: { id: null, name: "Base" } };
    const changed = { ...DEFAULT_SETTINGS, balanceClasses: true };
    expect(changesSince(run, TAKEN, now(SAMPLES, { settings: changed, baseModelId: "other" }))).toBe(0);
  });
});
