import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { findLabelIssues } from "../../../src/dataset/label-issues.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import { type OutOfFold, outOfFoldScores } from "../../../src/engine/out-of-fold.ts";
import { calibrate, softmax } from "../../../src/evaluation/calibrate.ts";

function given(change: Pick<OutOfFold, "embeddings" | "labels" | "folds"> & Partial<OutOfFold>): OutOfFold {
  return { foldCount: 2, classes: 2, onFold: () => undefined, signal: new AbortController().signal, ...change };
}

describe("scores out of fold", () => {
  // Embeddings of one number, ±1 once centred. A model sees four photos: Σx² + λ = 4 + 4, shares ½ and ½.
  const eight = {
    embeddings: new Float32Array([5, 5, 3, 3, 5, 5, 3, 3]),
    labels: new Int32Array([0, 0, 1, 1, 0, 0, 1, 1]),
    folds: new Int32Array([0, 0, 0, 0, 1, 1, 1, 1]),
  };

  test("are those of ridge regression", async () => {
    // w = Σ x·(y − ½) / 8 = 4·½ / 8 = ¼, so that scores are ½ ± ¼.
    const scores = await outOfFoldScores(given(eight));
    for (let at = 0; at < 8; at++) expect(scores[2 * at + (eight.labels[at] ?? 0)]).toBeCloseTo(0.75, 5);
  });

  test("of a photo do not depend on its own label, those of its fold or of photos without a fold", async () => {
    const labels = new Int32Array([1, 0, 1, 1, 0, 0, 1, 1, 1]);
    const nine = {
      embeddings: new Float32Array([...eight.embeddings, 5]),
      folds: new Int32Array([...eight.folds, -1]),
    };
    const scores = await outOfFoldScores(given({ ...nine, labels }));
    // The first fold's photos, by the second's labels; the second's by one wrong of four: w = 1/8.
    expect(scores[0]).toBeCloseTo(0.75, 5);
    // Shares ¼ and ¾ now: targets ¾ and −¼, w = (−¼ + ¾ + ¼ + ¼) / 8 = ⅛.
    expect(scores[8]).toBeCloseTo(0.25 + 0.125, 5);
    // Without a fold: the mean over both models.
    expect(scores[16]).toBeCloseTo((0.75 + 0.375) / 2, 5);
  });

  test("are told fold by fold, can be cancelled and leave nothing behind", async () => {
    const before = tf.memory().numTensors;
    const told: number[] = [];
    await outOfFoldScores(given({ ...eight, onFold: (done) => told.push(done) }));
    expect(told).toEqual([1, 2]);
    const job = new AbortController();
    const cancelled = outOfFoldScores(given({ ...eight, onFold: () => job.abort(), signal: job.signal }));
    await expect(cancelled).rejects.toThrow(/abort/i);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("a tenth of the labels turned round is found, and only that", async () => {
  const [photos, features, classes] = [300, 12, 3];
  const random = createRandom(3);
  const truth = Int32Array.from({ length: photos }, (_, at) => at % classes);
  const embeddings = Float32Array.from({ length: photos * features }, (_, at) => {
    const isOwn = at % features === truth[Math.floor(at / features)];
    return (isOwn ? 1.2 : 0) + random();
  });
  const flipped = new Set(Array.from({ length: 30 }, (_, at) => 10 * at));
  const labels = truth.map((label, at) => (flipped.has(at) ? (label + 1) % classes : label));
  const folds = Int32Array.from({ length: photos }, (_, at) => Math.floor(at / classes) % 5);
  const scores = await outOfFoldScores(given({ embeddings, labels, folds, foldCount: 5, classes }));
  const { sharpness, noise } = calibrate(scores, labels);
  // A tenth is turned; noise that is spread over all classes hits the right one a third of the time: 0.1 · 3 / 2.
  expect(noise).toBeCloseTo(0.15, 1);
  const predictions = Array.from(labels, (label, at) => ({
    label,
    probabilities: softmax(scores.subarray(at * classes, (at + 1) * classes), sharpness),
  }));
  const issues = findLabelIssues(predictions, classes);
  expect(new Set(issues.slice(0, 30).map(({ at }) => at))).toEqual(flipped);
  for (const { at, suggested } of issues.slice(0, 30)) expect(suggested).toBe(truth[at]);
});
