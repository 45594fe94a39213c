/** Ridge regression by conjugate gradients. */
import * as tf from "@tensorflow/tfjs";
import type { RowSource } from "./centred-rows.ts";

/** Rows brought to the device at once. */
const BLOCK = 512;

/** Strength of the penalty, for embeddings of length 1. Chosen for what it tells wrong labels by, on four photo sets. */
const PENALTY = 4;
/** With this penalty, more change nothing that matters. */
const STEPS = 40;

/**
 * Solves (XᵀX + λ·1)·W = XᵀY (Hoerl & Kennard 1970) by conjugate gradients (Hestenes & Stiefel 1952).
 * @param multiply gives XᵀX times a matrix `[features, classes]`
 * @param right XᵀY, `[features, classes]`, as what is given
 */
export function ridge(multiply: (direction: tf.Tensor2D) => tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    let weights: tf.Tensor2D = tf.zerosLike(right);
    let residual: tf.Tensor2D = tf.clone(right);
    let direction: tf.Tensor2D = tf.clone(right);
    let squares: tf.Tensor2D = tf.sum(tf.square(residual), 0, true);
    for (let step = 0; step < STEPS; step++) {
      const before = [weights, residual, direction, squares];
      const next = tf.tidy(() => {
        const product = tf.add(multiply(direction), tf.mul(direction, PENALTY));
        const rate = tf.div(squares, tf.add(tf.sum(tf.mul(direction, product), 0, true), 1e-20));
        const left: tf.Tensor2D = tf.sub(residual, tf.mul(product, rate));
        const leftSquares: tf.Tensor2D = tf.sum(tf.square(left), 0, true);
        const turn = tf.div(leftSquares, tf.add(squares, 1e-20));
        return {
          weights: tf.add(weights, tf.mul(direction, rate)) as tf.Tensor2D,
          residual: left,
          direction: tf.add(left, tf.mul(direction, turn)) as tf.Tensor2D,
          squares: leftSquares,
        };
      });
      tf.dispose(before);
      ({ weights, residual, direction, squares } = next);
    }
    return weights;
  });
}

/** Rows on the device, `[rows, width]`, without a second copy of them all on this side. */
export function upload(x: RowSource, from = 0, to = x.count): tf.Tensor2D {
  return tf.tidy(() => {
    const blocks: tf.Tensor2D[] = [];
    for (let start = from; start < Math.min(to, x.count); start += BLOCK) {
      const end = Math.min(to, x.count, start + BLOCK);
      blocks.push(tf.tensor2d(x.copy(start, end), [end - start, x.width]));
    }
    return blocks.length === 1 ? (blocks[0] as tf.Tensor2D) : tf.concat2d(blocks, 0);
  });
}

/** `[rows, classes]`; a negative label counts as the first class. */
export function oneHot(labels: Int32Array, classes: number): tf.Tensor2D {
  return tf.tidy(() => {
    const indices = labels.map((label) => Math.max(0, label));
    return tf.cast(tf.oneHot(tf.tensor1d(indices, "int32"), classes), "float32") as tf.Tensor2D;
  });
}
