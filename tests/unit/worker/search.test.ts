/** A search for better settings on embeddings, from candidates to its report. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Sample } from "../../../src/dataset/dataset.ts";
import { type Candidate, candidatesFor } from "../../../src/training/search/candidates.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { predictHeldOut } from "../../../src/worker/training/cross-validation.ts";
import { type SearchRun, searchSettings } from "../../../src/worker/tuning/search.ts";
import { labelledPhotos } from "../../fixtures/labelled-photos.ts";

const CLASSES = 3;
const NEVER = new AbortController().signal;
const FROM: Candidate = { settings: { ...DEFAULT_SETTINGS, epochs: 12 }, baseModelId: "base" };
/** Without hidden layers, which take a while in Node. */
const CANDIDATES = candidatesFor({ from: FROM, otherBases: [], isUneven: false, most: 6 }).filter(
  ({ settings }) => settings.hiddenLayers.length === 0,
);

beforeAll(() => tf.setBackend("cpu"));

const photosOf = (count: number, apart: number, seed: number) =>
  labelledPhotos({ count, classes: CLASSES, apart, seed });

type Photos = ReturnType<typeof photosOf>;

/** On the photos that `isSearched` says. */
function searchOn({ dataset, base }: Photos, isSearched: (sample: Sample) => boolean, change: Partial<SearchRun> = {}) {
  return searchSettings({
    photos: { dataset: { ...dataset, samples: dataset.samples.filter(isSearched) }, groups: [] },
    candidates: CANDIDATES,
    bases: new Map([["base", base]]),
    seed: 1,
    onTrial: () => undefined,
    ends: NEVER,
    ...change,
  });
}

describe("a search for better settings", () => {
  test("labels that say nothing are right by chance on photos that it never saw, and no gain is claimed", async () => {
    const photos = photosOf(450, 0, 5);
    const isSearched = ({ photo }: Sample) => Number(photo) < 90;
    const { tried, ranking, gain } = await searchOn(photos, isSearched);
    const best = tried[ranking[0] ?? 0];
    if (!best) throw new Error("Nothing was tried");
    const { samples } = photos.dataset;
    const predictions = await predictHeldOut({
      ...{ dataset: photos.dataset, groups: [], ...photos.base, settings: best.settings, seed: 1, signal: NEVER },
      learned: samples.filter(isSearched),
      held: samples.filter((sample) => !isSearched(sample)),
    });
    const right = predictions.filter(
      ({ actual, probabilities }) => probabilities[actual] === Math.max(...probabilities),
    ).length;
    // 360 photos by chance of a third: a standard deviation of 2.5 %.
    expect(Math.abs(right / predictions.length - 1 / CLASSES)).toBeLessThan(0.08);
    expect(gain?.isWithinNoise ?? true).toBe(true);
    // The best of a few is no more than lucky on the photos that it was chosen by.
    expect(best.score?.accuracy).toBeLessThan(1 / CLASSES + 0.15);
  });

  test("settings that hinder training lose, by more than chance", async () => {
    const from = { ...FROM, settings: { ...FROM.settings, hiddenLayers: [1], epochs: 1, learningRate: 1e-6 } };
    const candidates = candidatesFor({ from, otherBases: [], isUneven: false, most: 2 });
    const { ranking, gain, tried } = await searchOn(photosOf(90, 3, 2), () => true, { candidates });
    expect(ranking[0]).toBe(1);
    expect(tried.map(({ standing, folds }) => [standing, folds])).toEqual([
      ["complete", 30],
      ["complete", 30],
    ]);
    expect(gain?.mean).toBeGreaterThan(0.05);
    expect(gain?.isWithinNoise).toBe(false);
  });

  test("ends where it is, with what was found", async () => {
    const controller = new AbortController();
    let trials = 0;
    const { tried, ranking } = await searchOn(photosOf(60, 2, 3), () => true, {
      ends: controller.signal,
      onTrial: () => {
        trials += 1;
        if (trials === 8) controller.abort();
      },
    });
    expect(tried.map(({ folds }) => folds).reduce((sum, folds) => sum + folds, 0)).toBe(7);
    expect(ranking).toEqual([0]);
    expect(tried[0]?.standing).toBe("complete");
  });

  test("the same photos and seed give the same report", async () => {
    const photos = photosOf(30, 1, 4);
    expect(await searchOn(photos, () => true)).toEqual(await searchOn(photos, () => true));
  });
});
