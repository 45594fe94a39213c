/** Tensors to numbers on this side of the device, and back. */
import * as tf from "@tensorflow/tfjs";
import type { Numbers } from "./checkpoint.ts";
import { EngineError } from "./errors.ts";

/** What WebGL's shaders can read from at once, at the least (`MAX_TEXTURE_IMAGE_UNITS`). */
const MOST_AT_ONCE = 16;

/**
 * The tensors' numbers, in arrays that are the caller's.
 *
 * Waiting for a GPU costs more than reading, so that tensors are joined there first; that also leaves them there,
 * while reading a tensor itself would take it off the GPU.
 */
export async function readBack(tensors: readonly tf.Tensor[]): Promise<Numbers[]> {
  const backend = tf.getBackend();
  if (backend === "wasm") return Promise.all(tensors.map(async (tensor) => (await tensor.data()) as Numbers));
  if (backend === "cpu") return Promise.all(tensors.map(async (tensor) => new Float32Array(await tensor.data())));
  const groups = Array.from({ length: Math.ceil(tensors.length / MOST_AT_ONCE) }, (_, at) =>
    tensors.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
  return (await Promise.all(groups.map(readJoined))).flat();
}

/** Numbers as tensors of the shapes of others. See `mustFit`. */
export function uploadLike(tensors: readonly tf.Tensor[], values: readonly Numbers[]): tf.Tensor[] {
  mustFit(tensors, values);
  return tensors.map(({ shape }, at) => tf.tensor(values[at] ?? [], shape));
}

/** @throws EngineError when there are not as many numbers as in the tensors */
export function mustFit(tensors: readonly tf.Tensor[], values: readonly Numbers[]): void {
  const fits = tensors.length === values.length && tensors.every(({ size }, at) => size === values[at]?.length);
  if (!fits) throw new EngineError({ code: "engine/checkpoint-of-another-training" });
}

async function readJoined(tensors: readonly tf.Tensor[]): Promise<Numbers[]> {
  const joined = tf.tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))));
  try {
    const values = (await joined.data()) as Float32Array;
    let from = 0;
    return tensors.map(({ size }) => {
      const own = new Float32Array(values.subarray(from, from + size));
      from += size;
      return own;
    });
  } finally {
    joined.dispose();
  }
}
