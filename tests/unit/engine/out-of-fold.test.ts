import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { findLabelIssues } from "../../../src/dataset/label-issues.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import { type OutOfFold, outOfFoldScores } from "../../../src/engine/out-of-fold.ts";
import { calibrate, softmax } from "../../../src/evaluation/calibrate.ts";
import { allRows, matrixOf } from "../../fixtures/matrix.ts";

interface Photos {
  /** Row-major. */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
}

function given(change: Photos & Pick<OutOfFold, "folds"> & Partial<OutOfFold>): OutOfFold {
  const { embeddings, labels, ...others } = change;
  const photos = allRows(embeddings, labels);
  return { foldCount: 2, classes: 2, onFold: () => undefined, signal: new AbortController().signal, photos, ...others };
}

/** Each embedding with zeros after its only number, which change nothing. */
function padded(numbers: readonly number[], width: number): Float32Array {
  return Float32Array.from({ length: numbers.length * width }, (_, at) =>
    at % width ? 0 : (numbers[at / width] ?? 0),
  );
}

// With many photos for the length of an embedding, sums over them are kept in place of the photos.
describe.each([1, 16])("scores out of fold of embeddings of length %i", (width) => {
  // Embeddings of one number, ±1 once centred. A model sees four photos: Σx² + λ = 4 + 4, shares ½ and ½.
  const numbers = [5, 5, 3, 3, 5, 5, 3, 3];
  const eight = {
    embeddings: padded(numbers, width),
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
      embeddings: padded([...numbers, 5], width),
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

describe("scores out of fold", () => {
  test.each([
    { photos: 7, features: 4 },
    { photos: 40, features: 4 },
    { photos: 1100, features: 4 },
  ])("are the exact solution's for $photos photos with $features numbers each", async ({ photos, features }) => {
    const random = createRandom(photos);
    const matrix = matrixOf(
      Float32Array.from({ length: 2 * photos * features }, () => random()),
      features,
    );
    // Every other row, from the end.
    const rows = Int32Array.from({ length: photos }, (_, at) => 2 * (photos - 1 - at));
    const labels = Int32Array.from({ length: photos }, (_, at) => at % 3);
    const folds = Int32Array.from({ length: photos }, (_, at) => (at % 6 === 5 ? -1 : Math.floor(at / 3) % 2));
    const scores = await outOfFoldScores({
      ...{ photos: { matrix, rows, labels }, folds, foldCount: 2, classes: 3 },
      ...{ onFold: () => undefined, signal: new AbortController().signal },
    });
    const expected = exactScores(
      Array.from(rows, (row) => [...matrix.row(row)]),
      labels,
      folds,
    );
    const furthest = scores.reduce((most, score, at) => Math.max(most, Math.abs(score - (expected[at] ?? 0))), 0);
    expect(furthest).toBeLessThan(1e-4);
  });
});

/** Ridge regression in double precision by Gaussian elimination, two folds, three classes, λ = 4. */
function exactScores(embeddings: readonly number[][], labels: Int32Array, folds: Int32Array): number[] {
  const learned = embeddings.filter((_, at) => (folds[at] ?? -1) >= 0);
  const mean = (embeddings[0] ?? []).map((_, at) => learned.reduce((sum, x) => sum + (x[at] ?? 0), 0) / learned.length);
  const unit = embeddings.map((x) => {
    const centred = x.map((value, at) => value - (mean[at] ?? 0));
    const length = Math.hypot(...centred);
    return centred.map((value) => value / length);
  });
  const models = [0, 1].map((fold) => {
    const seen = unit.flatMap((x, at) =>
      (folds[at] ?? -1) >= 0 && folds[at] !== fold ? [{ x, label: labels[at] }] : [],
    );
    return [0, 1, 2].map((label) => {
      const share = seen.filter((each) => each.label === label).length / seen.length;
      const equations = mean.map((_, row) => [
        ...mean.map((_, column) => dot(seen, row, column) + (row === column ? 4 : 0)),
        seen.reduce((sum, each) => sum + (each.x[row] ?? 0) * ((each.label === label ? 1 : 0) - share), 0),
      ]);
      return { share, weights: solved(equations) };
    });
  });
  return unit.flatMap((x, at) =>
    [0, 1, 2].map((label) => {
      const [first = 0, second = 0] = models.map((model) => {
        const { share = 0, weights = [] } = model[label] ?? {};
        return weights.reduce((sum, weight, feature) => sum + weight * (x[feature] ?? 0), share);
      });
      const fold = folds[at] ?? -1;
      return fold < 0 ? (first + second) / 2 : fold === 0 ? first : second;
    }),
  );
}

function dot(rows: readonly { readonly x: readonly number[] }[], a: number, b: number): number {
  return rows.reduce((sum, { x }) => sum + (x[a] ?? 0) * (x[b] ?? 0), 0);
}

/** @param equations symmetric and positive definite, each with its right-hand side at its end */
function solved(equations: number[][]): number[] {
  const rows = equations.map((row) => [...row]);
  for (const [at, pivot] of rows.entries()) {
    for (const [other, row] of rows.entries()) {
      if (other === at) continue;
      const factor = (row[at] ?? 0) / (pivot[at] ?? 1);
      for (let column = 0; column < row.length; column++)
        row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1));
}

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
