/** What models that never saw a photo's label say of it. */
import * as tf from "@tensorflow/tfjs";
import { CentredUnitRows } from "./centred-rows.ts";
import type { LabelledRows } from "./embedding-rows.ts";
import { type FoldSums, modelWithout, sumsOf } from "./fold-sums.ts";
import { oneHot, ridge, upload } from "./ridge.ts";
import { letOthersIn } from "./turns.ts";

export interface OutOfFold {
  /** A class is ignored where the fold is negative. */
  readonly photos: LabelledRows;
  /** Per photo the fold that it is left out with, 0 and up; negative for photos that no model may learn from. */
  readonly folds: Int32Array;
  readonly foldCount: number;
  readonly classes: number;
  /** Called after each fold's share of the work. */
  onFold(done: number): void;
  readonly signal: AbortSignal;
}

/** Photos scored at once. */
const BLOCK = 512;

/**
 * Scores `[photos × classes]`, row-major: about 1 for a photo's class and 0 for others. A photo's come from the model that
 * was fitted without its fold; those of photos without a fold are the mean over all models.
 *
 * Each model is a ridge regression on the classes as one-hot vectors: with a tenth of the labels wrong it found more of them
 * than logistic regression did, and it is done in a tenth of the time. Embeddings are centred by the photos that may be
 * learned from, and have length 1. The device holds all of them, twice, or XᵀX for each fold, whichever takes less.
 *
 * @throws AbortError when the signal aborts
 */
export async function outOfFoldScores(given: OutOfFold): Promise<Float32Array> {
  const { count, width } = { count: given.folds.length, width: given.photos.matrix.width };
  const scores = new Scores(given);
  await ((given.foldCount + 2) * width < 2 * count ? bySums(given, scores) : byPhotos(given, scores));
  return scores.values;
}

/** Every step of a fit goes through all photos. */
async function byPhotos(given: OutOfFold, result: Scores): Promise<void> {
  const { photos, folds, foldCount, classes, onFold, signal } = given;
  const x = upload(new CentredUnitRows(photos.matrix, photos.rows, learnedFrom(given)));
  // A transposed product is slow on WebAssembly; a second copy is not.
  const turned: tf.Tensor2D = tf.transpose(x);
  try {
    for (let fold = 0; fold < foldCount; fold++) {
      const scores = tf.tidy(() => {
        const learnsFrom = Float32Array.from(folds, (each) => (each >= 0 && each !== fold ? 1 : 0));
        const mask = tf.tensor2d(learnsFrom, [folds.length, 1]);
        const classesOf: tf.Tensor2D = tf.mul(oneHot(photos.labels, classes), mask);
        const shares = tf.div(tf.sum(classesOf, 0, true), tf.sum(mask));
        const targets: tf.Tensor2D = tf.mul(tf.sub(classesOf, shares), mask);
        const multiply = (by: tf.Tensor2D): tf.Tensor2D =>
          tf.matMul(turned, tf.mul(tf.matMul(x, by), mask) as tf.Tensor2D);
        return tf.add(tf.matMul(x, ridge(multiply, tf.matMul(turned, targets))), shares);
      });
      const values = (await scores.data()) as Float32Array;
      scores.dispose();
      for (let photo = 0; photo < folds.length; photo++) result.add(photo, fold, values, photo * classes);
      onFold(fold + 1);
      await letOthersIn();
      signal.throwIfAborted();
    }
  } finally {
    tf.dispose([x, turned]);
  }
}

/** The photos are read once to fit the models, and once to score them. */
async function bySums(given: OutOfFold, result: Scores): Promise<void> {
  const { photos, folds, foldCount, classes, onFold, signal } = given;
  // Fold by fold, those without one first.
  const order = Int32Array.from(folds.keys()).sort((a, b) => (folds[a] ?? 0) - (folds[b] ?? 0) || a - b);
  const inOrder = (values: Int32Array) => order.map((photo) => values[photo] ?? 0);
  const x = new CentredUnitRows(photos.matrix, inOrder(photos.rows), learnedFrom(given));
  const labels = inOrder(photos.labels);
  const kept: tf.Tensor[] = [];
  try {
    const sums: FoldSums[] = [];
    let from = folds.filter((fold) => fold < 0).length;
    for (let fold = 0; fold < foldCount; fold++) {
      const to = from + folds.filter((each) => each === fold).length;
      const own = await sumsOf(x, labels, { classes, from, to, signal });
      kept.push(...Object.values(own));
      sums.push(own);
      from = to;
      onFold(fold + 1);
      await letOthersIn();
      signal.throwIfAborted();
    }
    const models = sums.map((_, fold) => modelWithout(sums, fold));
    for (const { weights, shares } of models) kept.push(weights, shares);
    for (let start = 0; start < x.count; start += BLOCK) {
      const block = upload(x, start, start + BLOCK);
      kept.push(block);
      for (const [fold, { weights, shares }] of models.entries()) {
        const scores = tf.tidy(() => tf.add(tf.matMul(block, weights), shares));
        const values = (await scores.data()) as Float32Array;
        scores.dispose();
        for (let row = 0; row < block.shape[0]; row++) result.add(order[start + row] ?? 0, fold, values, row * classes);
      }
      block.dispose();
      await letOthersIn();
      signal.throwIfAborted();
    }
  } finally {
    tf.dispose(kept);
  }
}

/** Row numbers. */
function learnedFrom({ photos, folds }: OutOfFold): Int32Array {
  return photos.rows.filter((_, photo) => (folds[photo] ?? -1) >= 0);
}

class Scores {
  readonly values: Float32Array;
  readonly #given: OutOfFold;

  constructor(given: OutOfFold) {
    this.#given = given;
    this.values = new Float32Array(given.folds.length * given.classes);
  }

  /** Takes a photo's scores by the model without a fold, where they are its to give. @param from where they begin */
  add(photo: number, fold: number, scores: Float32Array, from: number): void {
    const { folds, foldCount, classes } = this.#given;
    const own = folds[photo] ?? -1;
    if (own >= 0 && own !== fold) return;
    const share = own >= 0 ? 1 : 1 / foldCount;
    for (let at = 0; at < classes; at++) {
      const place = photo * classes + at;
      this.values[place] = (this.values[place] ?? 0) + share * (scores[from + at] ?? 0);
    }
  }
}
