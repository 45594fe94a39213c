/** How alike embeddings are, each with each. */
import * as tf from "@tensorflow/tfjs";
import type { RowSource } from "./centred-rows.ts";
import { letOthersIn } from "./turns.ts";

/** Rows compared at once with rows of the other side: their products take two megabytes. */
const BLOCK = 512;
const OTHER_SIDE = 2 * BLOCK;

/**
 * Calls `visit` with the dot product of every two rows, each pair once.
 * @param visit gets the rows' places, the smaller first
 */
export async function forEachPair(
  rows: RowSource,
  visit: (a: number, b: number, product: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { count } = rows;
  const upload = (from: number, to: number) => tf.tensor2d(rows.copy(from, to), [to - from, rows.width]);
  for (let from = 0; from < count; from += OTHER_SIDE) {
    const to = Math.min(count, from + OTHER_SIDE);
    // Transposed once: products of transposed matrices are WebAssembly's slowest.
    const right = tf.tidy(() => tf.transpose(upload(from, to)));
    try {
      for (let other = 0; other < to; other += BLOCK) {
        const products = tf.tidy(() => tf.matMul(upload(other, Math.min(to, other + BLOCK)), right));
        const [height, width] = products.shape as [number, number];
        const values = await products.data();
        products.dispose();
        for (let a = 0; a < height; a++) {
          for (let b = Math.max(0, other + a + 1 - from); b < width; b++) {
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
