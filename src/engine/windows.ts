/** Windows that slide over feature maps, and the way back from what they gave to what they met. */
import * as tf from "@tensorflow/tfjs";
import type { Padding } from "../network/network.ts";
import { samePadding } from "../network/shapes.ts";

type Pair = readonly [vertical: number, horizontal: number];

/** The geometry of a convolution or a pooling over an input. */
export interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  /** Of the input. */
  readonly from: Pair;
  /** Places that padding adds above and to the left. */
  readonly before: Pair;
}

export function windowOf(input: tf.Tensor4D, size: Pair, strides: Pair, padding: Padding): Window {
  const from = [input.shape[1], input.shape[2]] as const;
  const added = (axis: 0 | 1) => (padding === "SAME" ? samePadding(from[axis], size[axis], strides[axis], 1)[0] : 0);
  return { size, strides, from, before: [added(0), added(1)] };
}

/** A window's places, row by row. */
export function tapsOf({ size: [height, width] }: Window): Pair[] {
  return Array.from({ length: height * width }, (_, at) => [Math.floor(at / width), at % width]);
}

/** The input with what the windows of `output` reach beyond it. */
export function padAround(input: tf.Tensor4D, output: tf.Tensor4D, window: Window, fill = 0): tf.Tensor4D {
  const sides = ([0, 1] as const).map((axis): [number, number] => {
    const reach = ((output.shape[axis + 1] ?? 0) - 1) * window.strides[axis] + window.size[axis];
    return [window.before[axis], Math.max(0, reach - window.before[axis] - window.from[axis])];
  });
  return tf.pad(input, [[0, 0], ...sides, [0, 0]] as [number, number][], fill) as tf.Tensor4D;
}

/** What a tap met, for each place of `output`. @param padded from `padAround` */
export function metByTap(
  padded: tf.Tensor4D,
  { shape: [batch, height, width] }: tf.Tensor4D,
  { strides }: Window,
  [row, column]: Pair,
): tf.Tensor4D {
  const channels = padded.shape[3];
  const start = [0, row, column, 0];
  if (strides[0] === 1 && strides[1] === 1) {
    return tf.slice(padded, start, [batch, height, width, channels]) as tf.Tensor4D;
  }
  const end = [batch, row + (height - 1) * strides[0] + 1, column + (width - 1) * strides[1] + 1, channels];
  return tf.stridedSlice(padded, start, end, [1, ...strides, 1]) as tf.Tensor4D;
}

/** The way back from `metByTap`: each value where the tap met it, zero elsewhere. Gives the shape of `padded`. */
export function placeOfTap(
  values: tf.Tensor4D,
  padded: tf.Tensor4D,
  { strides }: Window,
  [row, column]: Pair,
): tf.Tensor4D {
  const spread = spreadOut(spreadOut(values, 1, strides[0]), 2, strides[1]);
  const below = padded.shape[1] - row - spread.shape[1];
  const right = padded.shape[2] - column - spread.shape[2];
  return tf.pad(spread, [
    [0, 0],
    [row, below],
    [column, right],
    [0, 0],
  ]) as tf.Tensor4D;
}

/** Errors at the input's pace, zeroes between, and as many around as let the mirrored kernel reach every input. */
export function spreadAround(error: tf.Tensor4D, { size, strides, from, before }: Window): tf.Tensor4D {
  const spread = spreadOut(spreadOut(error, 1, strides[0]), 2, strides[1]);
  const sides = ([0, 1] as const).map((axis): [number, number] => {
    const ahead = size[axis] - 1 - before[axis];
    return [ahead, from[axis] + size[axis] - 1 - ahead - (spread.shape[axis + 1] ?? 0)];
  });
  return tf.pad(spread, [[0, 0], ...sides, [0, 0]] as [number, number][]) as tf.Tensor4D;
}

/** Puts `stride − 1` zeroes between the entries along an axis. */
function spreadOut(tensor: tf.Tensor4D, axis: 1 | 2, stride: number): tf.Tensor4D {
  if (stride === 1) return tensor;
  const { shape } = tensor;
  const length = shape[axis];
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const single = tf.reshape(tensor, [-1, 1, inner]);
  const zeroes = tf.zeros([single.shape[0], stride - 1, inner]);
  const resized = (size: number) => shape.map((each, at) => (at === axis ? size : each)) as typeof shape;
  const wide = tf.reshape(tf.concat([single, zeroes], 1), resized(length * stride));
  return tf.slice(wide, [0, 0, 0, 0], resized((length - 1) * stride + 1)) as tf.Tensor4D;
}
