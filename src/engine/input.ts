import * as tf from "@tensorflow/tfjs";
import type { Preprocessing } from "../network/model.ts";

/**
 * Photos' pixels as a network's input: `[photos, height, width, 3]`, normalised.
 * Normalised on the way, by a table of the 256 values a byte can have: cheaper than two passes over the tensor.
 * @param photos RGBA of the preprocessing's size each
 */
export function prepareInput(photos: readonly Uint8ClampedArray[], preprocessing: Preprocessing): tf.Tensor4D {
  const { height, width, channelOrder, scale, offset } = preprocessing;
  const pixels = height * width;
  const values = new Float32Array(photos.length * pixels * 3);
  const tables = scale.map((factor, channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => byte * factor + (offset[channel] ?? 0)),
  ) as [Float32Array, Float32Array, Float32Array];
  const [first, last] = channelOrder === "RGB" ? [0, 2] : [2, 0];
  photos.forEach((rgba, photo) => {
    let to = photo * pixels * 3;
    for (let from = 0; from < pixels * 4; from += 4) {
      values[to] = tables[0][rgba[from + first] as number] as number;
      values[to + 1] = tables[1][rgba[from + 1] as number] as number;
      values[to + 2] = tables[2][rgba[from + last] as number] as number;
      to += 3;
    }
  });
  return tf.tensor4d(values, [photos.length, height, width, 3]);
}
