/** Parts of the photos are learned from, and more photos judged by that. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { tryParts } from "../../../src/worker/tuning/more-photos.ts";
import { labelledPhotos } from "../../fixtures/labelled-photos.ts";

beforeAll(() => tf.setBackend("cpu"));

test("each share of the photos is learned from on every fold, and more photos help where classes overlap", async () => {
  const { dataset, base } = labelledPhotos({ count: 90, classes: 3, apart: 1.5, seed: 1 });
  const labels = new Map(dataset.classes.map(({ id }, label) => [id, label]));
  const told: number[] = [];
  const found = await tryParts({
    ...{ ...base, photos: { dataset, groups: [], labels }, settings: { ...DEFAULT_SETTINGS, epochs: 15 } },
    onPart: (done, total) => told.push(done / total),
    signal: new AbortController().signal,
  });
  // Three divisions of few photos, five folds, four shares.
  expect(told).toEqual(Array.from({ length: 60 }, (_, at) => at / 60));
  expect(found.curve.map(({ photos }) => photos)).toEqual([18, 36, 54, 72]);
  expect(found.classes.map(({ photos }) => photos)).toEqual([30, 30, 30]);
  expect(found.now.low).toBeLessThan(found.now.value);
  expect(found.curve.at(-1)?.right).toBeGreaterThan(found.curve[0]?.right ?? 1);
  expect(found.doubled.value).toBeGreaterThanOrEqual((found.curve.at(-1)?.right ?? 1) - 0.01);
});
