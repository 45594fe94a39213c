import { NetworkError, type NodeMisfit } from "./errors.ts";
import type { ConvolutionAttributes, Network, NetworkNode, Padding, Weight } from "./network.ts";

export type Shape = readonly number[];

/**
 * The per-sample shape (without the batch dimension) of the input and of every node's result, by name.
 * Doubles as the check of a graph: every reference, rank and weight is looked at.
 *
 * @throws NetworkError naming the node that does not fit
 */
export function inferShapes(network: Network): ReadonlyMap<string, Shape> {
  const shapes = startShapes(network.input);
  for (const node of network.nodes) addShape(shapes, node);
  if (!shapes.has(network.output)) throw new NetworkError({ code: "network/no-output", output: network.output });
  return shapes;
}

/** The shape of the input alone, for a network that is still being read. @throws NetworkError when no input has it */
export function startShapes({ name, shape }: Network["input"]): Map<string, Shape> {
  if (!isShape(shape)) throw new NetworkError({ code: "network/input-shape", input: name, shape });
  return new Map([[name, shape]]);
}

/** Adds the shape of the next node's result. @throws NetworkError when the node does not fit */
export function addShape(shapes: Map<string, Shape>, node: NetworkNode): void {
  if (shapes.has(node.name)) throw new NetworkError({ code: "network/same-name", node: node.name });
  const inputs = node.inputs.map((name) => {
    const shape = shapes.get(name);
    if (!shape) refuse(node, { code: "network/unknown-source", source: name });
    return shape;
  });
  const shape = shapeOf(node, inputs);
  require(isShape(shape), node, { code: "network/result-shape", shape });
  shapes.set(node.name, shape);
}

/** Size of a convolution's or pool's result along one dimension, by TensorFlow's rule. */
export function outputLength(
  input: number,
  window: number,
  stride: number,
  dilation: number,
  padding: Padding,
): number {
  const reach = (window - 1) * dilation + 1;
  return padding === "SAME" ? Math.ceil(input / stride) : Math.floor((input - reach) / stride) + 1;
}

/** Zeroes that SAME padding adds [before, after] along one dimension, by TensorFlow's rule. */
export function samePadding(input: number, window: number, stride: number, dilation: number): [number, number] {
  const reach = (window - 1) * dilation + 1;
  const total = Math.max(0, (Math.ceil(input / stride) - 1) * stride + reach - input);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function shapeOf(node: NetworkNode, inputs: readonly Shape[]): Shape {
  const first = inputs[0];
  if (!first) refuse(node, { code: "network/no-input" });
  switch (node.op) {
    case "Conv2D": {
      const [height, width, channels] = map(node, first);
      const [kernelHeight, kernelWidth, from, to] = kernel(node, node.weights.kernel, 4);
      require(from === channels, node, { code: "network/channels", kernel: from, input: channels });
      vector(node, "bias", node.weights.bias, to);
      return [...windowed(node, node.attributes, height, width, kernelHeight, kernelWidth), to];
    }
    case "DepthwiseConv2dNative": {
      const [height, width, channels] = map(node, first);
      const [kernelHeight, kernelWidth, from, multiplier] = kernel(node, node.weights.kernel, 4);
      require(from === channels, node, { code: "network/channels", kernel: from, input: channels });
      vector(node, "bias", node.weights.bias, from * multiplier);
      return [...windowed(node, node.attributes, height, width, kernelHeight, kernelWidth), from * multiplier];
    }
    case "MatMul": {
      const [from, to] = kernel(node, node.weights.kernel, 2);
      require(first.length === 1 && first[0] === from, node, { code: "network/features", kernel: from, input: first });
      vector(node, "bias", node.weights.bias, to);
      return [to];
    }
    case "FusedBatchNormV3": {
      const channels = first.at(-1) ?? 0;
      const { epsilon } = node.attributes;
      require(epsilon >= 0 && epsilon < 1, node, { code: "network/epsilon", epsilon });
      const { mean, variance, gamma, beta } = node.weights;
      for (const [name, weight] of Object.entries({ mean, variance, gamma, beta }))
        vector(node, name, weight, channels);
      return first;
    }
    case "Pad": {
      const [height, width, channels] = map(node, first);
      const [[top, bottom], [left, right]] = node.attributes.paddings;
      const sides = [top, bottom, left, right];
      require(sides.every((side) => side === 0 || isCount(side)), node, { code: "network/padding", sides });
      return [height + top + bottom, width + left + right, channels];
    }
    case "MaxPool":
    case "AvgPool": {
      const [height, width, channels] = map(node, first);
      const [windowHeight, windowWidth] = node.attributes.windowSize;
      const fits = [windowHeight - height, windowWidth - width].every((more) => more <= WINDOW_BEYOND);
      require(fits, node, { code: "network/pool-window", window: node.attributes.windowSize, input: first });
      return [
        ...windowed(node, { ...node.attributes, dilations: [1, 1] }, height, width, windowHeight, windowWidth),
        channels,
      ];
    }
    case "Crop": {
      const [height, width, channels] = map(node, first);
      const [[top, bottom], [left, right]] = node.attributes.cropping;
      const sides = [top, bottom, left, right];
      const fits = sides.every((side) => side === 0 || isCount(side)) && top + bottom < height && left + right < width;
      require(fits, node, { code: "network/crop", sides, from: first });
      return [height - top - bottom, width - left - right, channels];
    }
    case "Mean":
    case "Max": {
      const [, , channels] = map(node, first);
      return node.attributes.keepDimensions ? [1, 1, channels] : [channels];
    }
    case "Reshape": {
      const { shape } = node.attributes;
      require(volume(shape) === volume(first), node, { code: "network/reshape", from: first, to: shape });
      return shape;
    }
    case "AddV2": {
      for (const shape of inputs)
        require(`${shape}` === `${first}`, node, { code: "network/add", first, other: shape });
      return first;
    }
    case "Mul":
      return inputs.slice(1).reduce((sofar, shape) => broadcast(node, sofar, shape), first);
    case "LeakyRelu": {
      const { alpha } = node.attributes;
      require(Number.isFinite(alpha), node, { code: "network/slope", slope: alpha });
      return first;
    }
    case "Prelu": {
      const { shape, data } = node.weights.alpha;
      const fits = shape.length === first.length && shape.every((length, at) => length === 1 || length === first[at]);
      require(fits, node, { code: "network/part-shape", part: "alpha", shape, input: first });
      require(volume(shape) === data.length, node, { code: "network/kernel-length", shape, length: data.length });
      return first;
    }
    case "LayerNorm": {
      const { epsilon } = node.attributes;
      require(epsilon >= 0 && epsilon < 1, node, { code: "network/epsilon", epsilon });
      for (const [name, weight] of Object.entries(node.weights)) vector(node, name, weight, first.at(-1) ?? 0);
      return first;
    }
    case "ConcatV2": {
      const place = first.slice(0, -1);
      for (const shape of inputs) {
        require(`${shape.slice(0, -1)}` === `${place}`, node, { code: "network/join", first, other: shape });
      }
      return [...place, inputs.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
    }
    case "Relu":
    case "Relu6":
    case "Sigmoid":
    case "Tanh":
    case "Elu":
    case "Gelu":
    case "Softmax":
    case "Dropout":
      return first;
  }
}

function broadcast(node: NetworkNode, first: Shape, other: Shape): Shape {
  const fits =
    first.length === other.length && first.every((length, at) => [1, length].includes(other[at] ?? 0) || length === 1);
  require(fits, node, { code: "network/multiply", first, other });
  return first.map((length, at) => Math.max(length, other[at] ?? 1));
}

function windowed(
  node: NetworkNode,
  { strides, padding, dilations }: Pick<ConvolutionAttributes, "strides" | "padding" | "dilations">,
  height: number,
  width: number,
  windowHeight: number,
  windowWidth: number,
): [number, number] {
  const counts = [...strides, ...dilations, windowHeight, windowWidth];
  require(counts.every((length) => isCount(length) && length <= MAX_WINDOW), node, { code: "network/window" });
  return [
    outputLength(height, windowHeight, strides[0], dilations[0], padding),
    outputLength(width, windowWidth, strides[1], dilations[1], padding),
  ];
}

function map(node: NetworkNode, shape: Shape): [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    return refuse(node, { code: "network/not-a-map", shape });
  }
  return [height, width, channels];
}

function kernel(node: NetworkNode, weight: Weight, rank: 2): [number, number];
function kernel(node: NetworkNode, weight: Weight, rank: 4): [number, number, number, number];
function kernel(node: NetworkNode, { shape, data }: Weight, rank: number): number[] {
  require(shape.length === rank, node, { code: "network/kernel-shape", shape });
  require(volume(shape) === data.length, node, { code: "network/kernel-length", shape, length: data.length });
  return [...shape];
}

function vector(node: NetworkNode, part: string, weight: Weight | undefined, expected: number): void {
  if (!weight) return;
  const { length } = weight.data;
  require(length === expected, node, { code: "network/part-length", part, length, expected });
}

function require(condition: boolean, node: NetworkNode, misfit: NodeMisfit): void {
  if (!condition) refuse(node, misfit);
}

function refuse({ name, op }: NetworkNode, misfit: NodeMisfit): never {
  throw new NetworkError({ ...misfit, node: name, op });
}

/** More numbers than this in one result, and no machine runs the network. */
const MAX_VOLUME = 2 ** 26;
/** Pixels by which a pool may reach over its input; small photos leave networks maps of one pixel, which windows of 3 go over. */
const WINDOW_BEYOND = 16;
/** Pixels; no photo that a network takes is larger. */
const MAX_WINDOW = 2048;

function isShape(shape: Shape): boolean {
  return shape.length > 0 && shape.every(isCount) && volume(shape) <= MAX_VOLUME;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function volume(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}
