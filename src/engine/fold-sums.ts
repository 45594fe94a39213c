/** All that ridge regression needs to know of some photos, however many there are. */
import * as tf from "@tensorflow/tfjs";
import type { RowSource } from "./centred-rows.ts";
import { oneHot, ridge, upload } from "./ridge.ts";
import { letOthersIn } from "./turns.ts";

/** Photos taken to the device at once. */
const BLOCK = 512;

export interface FoldSums {
  /** XᵀX, `[features, features]`. */
  readonly gram: tf.Tensor2D;
  /** The embeddings summed by class, `[features, classes]`. */
  readonly byClass: tf.Tensor2D;
  /** Photos by class, `[1, classes]`. */
  readonly counts: tf.Tensor2D;
}

interface Part {
  readonly classes: number;
  /** The first row. */
  readonly from: number;
  /** The row after the last. */
  readonly to: number;
  readonly signal: AbortSignal;
}

/** The caller disposes of what it gives. @param labels a class index per row */
export async function sumsOf(x: RowSource, labels: Int32Array, part: Part): Promise<FoldSums> {
  const { classes, from, to, signal } = part;
  const sums = {
    gram: tf.zeros([x.width, x.width]) as tf.Tensor2D,
    byClass: tf.zeros([x.width, classes]) as tf.Tensor2D,
    counts: tf.zeros([1, classes]) as tf.Tensor2D,
  };
  try {
    for (let start = from; start < to; start += BLOCK) {
      const end = Math.min(to, start + BLOCK);
      const more = tf.tidy(() => {
        const rows = upload(x, start, end);
        const turned: tf.Tensor2D = tf.transpose(rows);
        const classesOf = oneHot(labels.subarray(start, end), classes);
        return {
          gram: tf.add(sums.gram, tf.matMul(turned, rows)) as tf.Tensor2D,
          byClass: tf.add(sums.byClass, tf.matMul(turned, classesOf)) as tf.Tensor2D,
          counts: tf.add(sums.counts, tf.sum(classesOf, 0, true)) as tf.Tensor2D,
        };
      });
      tf.dispose({ ...sums });
      Object.assign(sums, more);
      await letOthersIn();
      signal.throwIfAborted();
    }
    return sums;
  } catch (error) {
    tf.dispose({ ...sums });
    throw error;
  }
}

/** A model fitted to all folds but one: scores are x·weights + shares. `[features, classes]` and `[1, classes]`. */
export function modelWithout(folds: readonly FoldSums[], fold: number): { weights: tf.Tensor2D; shares: tf.Tensor2D } {
  const others = folds.filter((_, at) => at !== fold);
  return tf.tidy(() => {
    const gram = tf.addN(others.map((each) => each.gram));
    const byClass = tf.addN(others.map((each) => each.byClass));
    const counts = tf.addN(others.map((each) => each.counts));
    const shares: tf.Tensor2D = tf.div(counts, tf.sum(counts));
    // Xᵀ(Y − shares)
    const right: tf.Tensor2D = tf.sub(byClass, tf.mul(tf.sum(byClass, 1, true), shares));
    return { weights: ridge((by) => tf.matMul(gram, by), right), shares };
  });
}
