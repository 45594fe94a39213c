/** How alike embeddings are, each with each. */
import * as tf from "@tensorflow/tfjs";
import { letOthersIn } from "./turns.ts";

/** Rows compared at once: a block of cosines takes a megabyte. */
const BLOCK = 512;

/**
 * Embeddings centred on their mean and scaled to length 1: after a ReLU all point much the same way, and only what sets
 * each apart from the mean tells them apart.
 * @param embeddings `[rows × features]`, row-major. Gives a new array of the same layout.
 */
export function centredUnitRows(embeddings: Float32Array, features: number): Float32Array {
  const rows = embeddings.length / features;
  const mean = new Float64Array(features);
  for (let at = 0; at < embeddings.length; at++)
    mean[at % features] = (mean[at % features] ?? 0) + (embeddings[at] ?? 0);
  const result = new Float32Array(embeddings.length);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let feature = 0; feature < features; feature++) {
      const value = (embeddings[row * features + feature] ?? 0) - (mean[feature] ?? 0) / rows;
      result[row * features + feature] = value;
      squares += value * value;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let feature = 0; feature < features; feature++) {
      const at = row * features + feature;
      result[at] = (result[at] ?? 0) * scale;
    }
  }
  return result;
}

/**
 * Calls `visit` with the dot product of every two rows, each pair once.
 * @param rows `[rows × features]`, row-major
 * @param visit gets the rows' places, the smaller first
 */
export async function forEachPair(
  rows: Float32Array,
  features: number,
  visit: (a: number, b: number, product: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const count = rows.length / features;
  const block = (from: number) =>
    tf.tensor2d(rows.subarray(from * features, (from + BLOCK) * features), [Math.min(BLOCK, count - from), features]);
  for (let from = 0; from < count; from += BLOCK) {
    // Transposed once: products of transposed matrices are WebAssembly's slowest.
    const right = tf.tidy(() => tf.transpose(block(from)));
    try {
      for (let other = 0; other <= from; other += BLOCK) {
        const products = tf.tidy(() => tf.matMul(block(other), right));
        const [height, width] = products.shape as [number, number];
        const values = await products.data();
        products.dispose();
        for (let a = 0; a < height; a++) {
          for (let b = other === from ? a + 1 : 0; b < width; b++) {
            visit(other + a, from + b, values[a * width + b] ?? 0);
          }
        }
        await letOthersIn();
        signal.throwIfAborted();
      }
    } finally {
      right.dispose();
    }
  }
}
