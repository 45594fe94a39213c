/** Runs: which ones make room, and what is kept of their photos. */
import { describe, expect, test } from "vitest";
import { RUN_LIMITS, type Run, runsToForget } from "../../../src/project/run.ts";
import { packRunPhotos, predictionsIn, type RunPhoto, unpackRunPhotos } from "../../../src/project/run-photos.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

const runAt = (day: number, change: Partial<Run> = {}): Run => ({
  ...{ id: `${day}`, finishedAt: `2026-01-${`${day}`.padStart(2, "0")}T00:00:00Z`, durationMs: 1, classes: [] },
  ...{ settings: DEFAULT_SETTINGS, baseModel: { id: null, name: "Base" }, backend: "wasm" },
  outcome: { reason: "finished", epochs: 1, bestEpoch: 1, history: [], headEpochs: 1 },
  ...{ counts: { train: 1, validation: 1, test: 1 }, metrics: null, classifier: null, pinned: false, deletedAt: null },
  ...change,
});
const forgotten = (runs: readonly Run[], most: number) =>
  runsToForget(runs, new Map(), { ...RUN_LIMITS, runs: most }).map(({ id }) => id);
/** The arrays of one run's weights, as letters, of so many million bytes each. */
const weighing = (sizes: Readonly<Record<string, number>>) =>
  new Map(Object.entries(sizes).map(([array, millions]) => [array, millions * 1e6]));

describe("runs to forget", () => {
  test("are none while there is room, which is for fifty", () => {
    expect(forgotten([runAt(1), runAt(2)], 2)).toEqual([]);
    const fifty = Array.from({ length: 50 }, (_, at) => runAt(1, { id: `${at}` }));
    expect(RUN_LIMITS.runs).toBe(50);
    expect(runsToForget(fifty)).toEqual([]);
    expect(runsToForget([...fifty, runAt(2)])).toHaveLength(1);
  });

  test("are the oldest, in whatever order they come", () => {
    expect(forgotten([runAt(3), runAt(1), runAt(4), runAt(2)], 2)).toEqual(["1", "2"]);
  });

  test("are not pinned", () => {
    expect(forgotten([runAt(1, { pinned: true }), runAt(2), runAt(3)], 2)).toEqual(["2"]);
  });

  test("are deleted ones before all others, pinned or not", () => {
    const deletedAt = "2026-02-01T00:00:00Z";
    const runs = [runAt(1), runAt(2), runAt(3, { deletedAt }), runAt(4, { deletedAt, pinned: true }), runAt(5)];
    expect(forgotten(runs, 4)).toEqual(["3"]);
    expect(forgotten(runs, 3)).toEqual(["3", "4"]);
    expect(forgotten(runs, 2)).toEqual(["3", "4", "1"]);
  });

  test("are the oldest of those whose own weights take too much room; what runs share takes none", () => {
    const runs = [runAt(1), runAt(2), runAt(3), runAt(4, { pinned: true }), runAt(5), runAt(6)];
    const weights = new Map([
      ["1", weighing({ base: 100, one: 0.05 })],
      ["2", weighing({ base: 100, two: 15 })],
      ["3", weighing({ base: 100, three: 15 })],
      ["4", weighing({ base: 100, four: 15 })],
      ["5", weighing({ base: 100, five: 15 })],
      ["6", weighing({ base: 100, six: 0.05 })],
    ]);
    const ids = (limit: number) => runsToForget(runs, weights, { runs: 50, weights: limit }).map(({ id }) => id);
    expect(ids(61e6)).toEqual([]);
    expect(ids(60e6)).toEqual(["2"]);
    expect(ids(40e6)).toEqual(["2", "3"]);
    // More than the pinned one does not go for room; the first, whose head is small, would give none.
    expect(ids(10e6)).toEqual(["2", "3", "5"]);
  });

  test("are not those whose weights are another run's too: nothing would become free", () => {
    const weights = new Map([
      ["1", weighing({ same: 30 })],
      ["2", weighing({ same: 30 })],
      ["3", weighing({ other: 30 })],
    ]);
    expect(runsToForget([runAt(1), runAt(2), runAt(3)], weights)).toEqual([]);
  });

  test("are never the newest, even where all others are pinned or it is deleted", () => {
    expect(forgotten([runAt(1, { pinned: true }), runAt(2)], 1)).toEqual([]);
    expect(forgotten([runAt(1, { pinned: true }), runAt(2, { deletedAt: "2026-02-01T00:00:00Z" })], 1)).toEqual([]);
  });
});

describe("a run's photos", () => {
  // Binary fractions: exact in 32 bits.
  const photos: readonly RunPhoto[] = [
    { photo: "a", split: "train", label: 2, prediction: null },
    { photo: "b", split: "validation", label: 0, prediction: { as: "validation", probabilities: [0.5, 0.25, 0.25] } },
    { photo: "c", split: "train", label: 1, prediction: { as: "test", probabilities: [0.125, 0.75, 0.125] } },
    { photo: "d", split: "test", label: 2, prediction: { as: "test", probabilities: [0, 0, 1] } },
  ];

  test("come back one by one as they were packed", () => {
    expect([...unpackRunPhotos(packRunPhotos(photos), 3)]).toEqual(photos);
    expect([...unpackRunPhotos(packRunPhotos([]), 3)]).toEqual([]);
  });

  test("give the predictions of the photos that were tested, and of those that stopped training", () => {
    const packed = packRunPhotos(photos);
    expect(predictionsIn(packed, "test", 3)).toEqual([
      { photo: "c", actual: 1, probabilities: [0.125, 0.75, 0.125] },
      { photo: "d", actual: 2, probabilities: [0, 0, 1] },
    ]);
    expect(predictionsIn(packed, "validation", 3)).toEqual([
      { photo: "b", actual: 0, probabilities: [0.5, 0.25, 0.25] },
    ]);
  });

  test("are refused where a list is shorter than the photos or names a split that is not there", () => {
    const packed = packRunPhotos(photos);
    const unpack = (change: object) => () => [...unpackRunPhotos({ ...packed, ...change }, 3)];
    expect(unpack({ labels: packed.labels.subarray(1) })).toThrow(RangeError);
    expect(unpack({ splits: new Uint8Array([0, 1, 2, 3]) })).toThrow(RangeError);
    expect(unpack({ predictedAs: new Uint8Array([0, 1, 2, 3]) })).toThrow(RangeError);
    expect(unpack({ probabilities: packed.probabilities.subarray(1) })).toThrow(RangeError);
  });
});
