/**
 * The nodes of a network as ONNX has them. Feature maps are `[batch, channels, height, width]` there and
 * `[batch, height, width, channels]` here; vectors are the same in both.
 */
import type {
  Activation,
  ConvolutionAttributes,
  NetworkNode,
  PoolAttributes,
  Weight,
} from "../../../network/network.ts";
import { type Shape, samePadding } from "../../../network/shapes.ts";
import type { OnnxAttribute, OnnxGraph } from "./written-graph.ts";

/** What is known of a node where it is written. */
interface Place {
  readonly graph: OnnxGraph;
  /** The names of the values that it takes. */
  readonly inputs: readonly string[];
  /** Of a sample, as the network has them. */
  readonly from: Shape;
  readonly to: Shape;
}

export const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_CHANNELS_LAST = [0, 2, 3, 1];

/** Adds a node, and what it needs beside it. @returns the name of the value with its result */
export function addOnnxNode(node: NetworkNode, place: Place): string {
  const { graph, inputs, from, to } = place;
  const [input = ""] = inputs;
  const { name } = node;
  switch (node.op) {
    case "Conv2D": {
      const { kernel, bias } = node.weights;
      const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape;
      const turned = transposed(kernel, [3, 2, 0, 1], [filters, channels, height, width]);
      return convolution(node, place, turned, bias, 1);
    }
    case "DepthwiseConv2dNative": {
      const { kernel, bias } = node.weights;
      const [height = 0, width = 0, channels = 0, multiplier = 0] = kernel.shape;
      // One group for each channel: its filters come one after the other, as here.
      const turned = transposed(kernel, [2, 3, 0, 1], [channels * multiplier, 1, height, width]);
      return convolution(node, place, turned, bias, channels);
    }
    case "MatMul": {
      const { kernel, bias } = node.weights;
      const parts = [graph.floats(`${name}/kernel`, kernel)];
      if (bias) parts.push(graph.floats(`${name}/bias`, bias));
      return activated(node.attributes.activation, name, graph, (own) => graph.node("Gemm", own, [input, ...parts]));
    }
    case "FusedBatchNormV3": {
      const { mean, variance, gamma, beta } = node.weights;
      const parts = { gamma: gamma ?? filled(mean, 1), beta: beta ?? filled(mean, 0), mean, variance };
      const names = Object.entries(parts).map(([part, weight]) => graph.floats(`${name}/${part}`, weight));
      return graph.node("BatchNormalization", name, [input, ...names], { epsilon: { float: node.attributes.epsilon } });
    }
    case "Pad": {
      const [[top, bottom], [left, right]] = node.attributes.paddings;
      return graph.node("Pad", name, [input, graph.ints(`${name}/pads`, [0, 0, top, left, 0, 0, bottom, right])]);
    }
    case "Crop": {
      const [[top, bottom], [left, right]] = node.attributes.cropping;
      const [height = 0, width = 0] = from;
      const starts = graph.ints(`${name}/starts`, [top, left]);
      const ends = graph.ints(`${name}/ends`, [height - bottom, width - right]);
      return graph.node("Slice", name, [input, starts, ends, graph.ints(`${name}/axes`, [2, 3])]);
    }
    case "MaxPool":
      return graph.node("MaxPool", name, [input], windowOf(node.attributes, from));
    case "AvgPool":
      // TensorFlow's mean does not count what padding adds.
      return graph.node("AveragePool", name, [input], { ...windowOf(node.attributes, from), count_include_pad: 0 });
    case "Mean":
    case "Max": {
      const keepdims = node.attributes.keepDimensions ? 1 : 0;
      return graph.node(node.op === "Mean" ? "ReduceMean" : "ReduceMax", name, [input], { axes: [2, 3], keepdims });
    }
    case "Reshape": {
      const flat = isMap(from) ? graph.node("Transpose", `${name}/last`, [input], { perm: TO_CHANNELS_LAST }) : input;
      const own = isMap(to) ? `${name}/reshaped` : name;
      const reshaped = graph.node("Reshape", own, [flat, graph.ints(`${name}/shape`, [-1, ...to])]);
      return isMap(to) ? graph.node("Transpose", name, [reshaped], { perm: TO_CHANNELS_FIRST }) : reshaped;
    }
    case "AddV2":
      return graph.node("Sum", name, inputs);
    case "Mul":
      return inputs
        .slice(1)
        .reduce(
          (product, other, at) =>
            graph.node("Mul", at === inputs.length - 2 ? name : `${name}/${at}`, [product, other]),
          input,
        );
    case "ConcatV2":
      return graph.node("Concat", name, inputs, { axis: isMap(from) ? 1 : -1 });
    case "Relu":
    case "Relu6":
    case "Sigmoid":
    case "Tanh":
    case "Elu":
      return activation(node.op, name, input, graph);
    case "Softmax":
      return graph.node("Softmax", name, [input], { axis: isMap(from) ? 1 : -1 });
    case "Gelu":
      return gelu(name, input, graph);
    case "LeakyRelu":
      return graph.node("LeakyRelu", name, [input], { alpha: { float: node.attributes.alpha } });
    case "Prelu": {
      const { alpha } = node.weights;
      const [height = 0, width = 0, channels = 0] = alpha.shape;
      const turned = isMap(alpha.shape) ? transposed(alpha, [2, 0, 1], [channels, height, width]) : alpha;
      return graph.node("PRelu", name, [input, graph.floats(`${name}/alpha`, turned)]);
    }
    case "LayerNorm":
      return layerNorm(node, place);
    case "Dropout":
      return input;
  }
}

/** Whether a sample of that shape is a feature map. */
function isMap(shape: Shape): boolean {
  return shape.length === 3;
}

function convolution(
  { name, attributes }: { readonly name: string; readonly attributes: ConvolutionAttributes },
  { graph, inputs, from }: Place,
  kernel: Weight,
  bias: Weight | undefined,
  group: number,
): string {
  const parts = [graph.floats(`${name}/kernel`, kernel)];
  if (bias) parts.push(graph.floats(`${name}/bias`, bias));
  const [, , height = 0, width = 0] = kernel.shape;
  const { activation: applied, ...given } = attributes;
  const window = windowOf({ ...given, windowSize: [height, width] }, from);
  return activated(applied, name, graph, (own) =>
    graph.node("Conv", own, [...inputs, ...parts], { ...window, dilations: attributes.dilations, group }),
  );
}

function windowOf(
  {
    windowSize,
    strides,
    padding,
    dilations = [1, 1],
  }: PoolAttributes & Partial<Pick<ConvolutionAttributes, "dilations">>,
  [height = 0, width = 0]: Shape,
): Readonly<Record<string, OnnxAttribute>> {
  const [top, bottom] = padding === "SAME" ? samePadding(height, windowSize[0], strides[0], dilations[0]) : [0, 0];
  const [left, right] = padding === "SAME" ? samePadding(width, windowSize[1], strides[1], dilations[1]) : [0, 0];
  return { kernel_shape: windowSize, strides, pads: [top, left, bottom, right] };
}

/** @param add adds the node itself under the name that it is given */
function activated(applied: Activation | null, name: string, graph: OnnxGraph, add: (own: string) => string): string {
  return applied ? activation(applied, name, add(`${name}/linear`), graph) : add(name);
}

function activation(applied: Activation, name: string, input: string, graph: OnnxGraph): string {
  if (applied !== "Relu6") return graph.node(applied, name, [input]);
  const bounds = [
    graph.floats(`${name}/least`, { shape: [], data: Float32Array.of(0) }),
    graph.floats(`${name}/most`, { shape: [], data: Float32Array.of(6) }),
  ];
  return graph.node("Clip", name, [input, ...bounds]);
}

/** x × (1 + erf(x / √2)) / 2 */
function gelu(name: string, input: string, graph: OnnxGraph): string {
  const constant = (part: string, value: number) =>
    graph.floats(`${name}/${part}`, { shape: [], data: Float32Array.of(value) });
  const scaled = graph.node("Mul", `${name}/scaled`, [input, constant("root", Math.SQRT1_2)]);
  const error = graph.node("Erf", `${name}/erf`, [scaled]);
  const share = graph.node("Add", `${name}/share`, [error, constant("one", 1)]);
  const half = graph.node("Mul", `${name}/half`, [input, constant("half-of", 0.5)]);
  return graph.node("Mul", name, [half, share]);
}

function layerNorm(
  { name, attributes, weights }: Extract<NetworkNode, { op: "LayerNorm" }>,
  { graph, inputs: [input = ""], from }: Place,
): string {
  const channels = from.at(-1) ?? 0;
  const scale = weights.gamma ?? { shape: [channels], data: new Float32Array(channels).fill(1) };
  const parts = [graph.floats(`${name}/gamma`, scale)];
  if (weights.beta) parts.push(graph.floats(`${name}/beta`, weights.beta));
  const turned = isMap(from) ? graph.node("Transpose", `${name}/last`, [input], { perm: TO_CHANNELS_LAST }) : input;
  const own = isMap(from) ? `${name}/normalised` : name;
  const normalised = graph.node("LayerNormalization", own, [turned, ...parts], {
    axis: -1,
    epsilon: { float: attributes.epsilon },
  });
  return isMap(from) ? graph.node("Transpose", name, [normalised], { perm: TO_CHANNELS_FIRST }) : normalised;
}

function filled({ shape, data }: Weight, value: number): Weight {
  return { shape, data: new Float32Array(data.length).fill(value) };
}

/** @param order the old axis that each new one is @param shape of the result, of as many numbers; it may join axes */
function transposed({ shape, data }: Weight, order: readonly number[], shapeAfter: readonly number[]): Weight {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const lengths = order.map((axis) => shape[axis] ?? 0);
  const strides = order.map((axis) => steps[axis] ?? 0);
  const result = new Float32Array(data.length);
  const at = lengths.map(() => 0);
  let source = 0;
  for (let target = 0; target < result.length; target++) {
    result[target] = data[source] ?? 0;
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (at[axis] ?? 0) + 1;
      source += stride;
      if (next < (lengths[axis] ?? 0)) {
        at[axis] = next;
        break;
      }
      source -= next * stride;
      at[axis] = 0;
    }
  }
  return { shape: shapeAfter, data: result };
}
