import * as tf from "@tensorflow/tfjs";
import type { Preprocessing } from "../network/model.ts";

/**
 * Photos' pixels as a network's input: `[photos, height, width, 3]`, normalised on the device.
 * @param photos RGBA of the preprocessing's size each
 */
export function prepareInput(photos: readonly Uint8ClampedArray[], preprocessing: Preprocessing): tf.Tensor4D {
  const { height, width, channelOrder, scale, offset } = preprocessing;
  const pixels = height * width;
  const values = new Float32Array(photos.length * pixels * 3);
  const [first, last] = channelOrder === "RGB" ? [0, 2] : [2, 0];
  photos.forEach((rgba, photo) => {
    let to = photo * pixels * 3;
    for (let from = 0; from < pixels * 4; from += 4) {
      values[to] = rgba[from + first] as number;
      values[to + 1] = rgba[from + 1] as number;
      values[to + 2] = rgba[from + last] as number;
      to += 3;
    }
  });
  return tf.tidy(() => {
    const raw = tf.tensor4d(values, [photos.length, height, width, 3]);
    return tf.add(tf.mul(raw, perChannel(scale)), perChannel(offset));
  });
}

/** A scalar where the channels agree: a cheaper kernel. */
function perChannel(values: readonly [number, number, number]): tf.Tensor {
  const [red, green, blue] = values;
  return red === green && green === blue ? tf.scalar(red) : tf.tensor1d([red, green, blue]);
}
