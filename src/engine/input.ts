import * as tf from "@tensorflow/tfjs";
import type { Preprocessing } from "../network/model.ts";

/**
 * Photos' pixels as a network's input: `[photos, height, width, 3]`, normalised.
 *
 * A GPU gets the bytes and normalises them itself. WebAssembly's device is this processor: there a table of the 256 values
 * that a byte can have is cheaper than two passes over the tensor.
 *
 * @param photos RGBA of the preprocessing's size each
 */
export function prepareInput(photos: readonly Uint8ClampedArray[], preprocessing: Preprocessing): tf.Tensor4D {
  const isGpu = tf.getBackend() === "webgl" || tf.getBackend() === "webgpu";
  return isGpu && photos.length ? normaliseOnDevice(photos, preprocessing) : normaliseByTable(photos, preprocessing);
}

function normaliseOnDevice(
  photos: readonly Uint8ClampedArray[],
  { height, width, channelOrder, scale, offset }: Preprocessing,
): tf.Tensor4D {
  return tf.tidy(() => {
    const bytes = tf.stack(
      photos.map((rgba) => tf.browser.fromPixels(new ImageData(new Uint8ClampedArray(rgba), width, height))),
    );
    const channels = channelOrder === "RGB" ? bytes : tf.reverse(bytes, -1);
    const values = tf.add(tf.mul(tf.cast(channels, "float32"), tf.tensor1d([...scale])), tf.tensor1d([...offset]));
    return values as tf.Tensor4D;
  });
}

function normaliseByTable(photos: readonly Uint8ClampedArray[], preprocessing: Preprocessing): tf.Tensor4D {
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
