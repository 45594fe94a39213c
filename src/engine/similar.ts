/** How alike embeddings are, each with each. */
import * as tf from "@tensorflow/tfjs";
import type { RowSource } from "./centred-rows.ts";
import { letOthersIn } from "./turns.ts";

/** Rows compared at once: a block of cosines takes a megabyte. */
const BLOCK = 512;

/**
 * Calls `visit` with the dot product of every two rows, each pair once.
 * @param visit gets the rows' places, the smaller first
 */
export async function forEachPair(
  rows: RowSource,
  visit: (a: number, b: number, product: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { count, width: features } = rows;
  const block = (from: number) => {
    const to = Math.min(count, from + BLOCK);
    return tf.tensor2d(rows.copy(from, to), [to - from, features]);
  };
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
