/** The nodes of a network as TensorFlow Lite has them: both have the channels last. */
import type {
  Activation,
  BatchNormNode,
  ConvolutionAttributes,
  NetworkNode,
  Padding,
  PoolAttributes,
  Weight,
} from "../../../network/network.ts";
import { turned } from "./turned.ts";
import { CODES, type Place, plain } from "./written-codes.ts";
import { WrittenTable } from "./written-flatbuffer.ts";
import type { LiteGraph, LiteOperationCode, WrittenOptions } from "./written-graph.ts";
import { addLayerNorm } from "./written-layer-norm.ts";

const ACTIVATIONS = {
  Relu: CODES.RELU,
  Relu6: CODES.RELU6,
  Sigmoid: CODES.LOGISTIC,
  Tanh: CODES.TANH,
  Elu: CODES.ELU,
} as const satisfies Readonly<Record<Activation, LiteOperationCode>>;

/** `ActivationFunctionType`, of those that every reader applies to an operator's own result. */
const FUSED: Readonly<Partial<Record<Activation, number>>> = { Relu: 1, Relu6: 3 };

/** Adds a node, and what it needs beside it. @returns the number of the tensor with its result */
export function addLiteNode(node: NetworkNode, place: Place): number {
  const { graph, inputs, shape } = place;
  const [input = -1] = inputs;
  const { name } = node;
  const add = (code: LiteOperationCode, from: readonly number[], options: WrittenOptions | null = null) =>
    graph.operator(code, from, graph.result(name, shape), options);
  switch (node.op) {
    case "Conv2D":
    case "DepthwiseConv2dNative":
      return convolution(node, place);
    case "MatMul": {
      const { kernel, bias } = node.weights;
      const [from = 0, to = 0] = kernel.shape;
      const parts = [
        graph.kernel(`${name}/kernel`, [to, from], kernel, () => turned(kernel.data, to)),
        biasOf(name, graph, bias, to),
      ];
      const { activation } = node.attributes;
      return activated(activation, node.name, place, (own, fused) =>
        graph.operator(CODES.FULLY_CONNECTED, [input, ...parts], own, {
          ...{ type: 8, table: new WrittenTable().byte(0, fused) },
        }),
      );
    }
    case "FusedBatchNormV3":
      return normalisation(node, place);
    case "Pad": {
      const [[top, bottom], [left, right]] = node.attributes.paddings;
      const sides = graph.ints(`${name}/paddings`, [0, 0, top, bottom, left, right, 0, 0], [4, 2]);
      return add(CODES.PAD, [input, sides], plain(22));
    }
    case "Crop": {
      const [[top], [left]] = node.attributes.cropping;
      const starts = graph.ints(`${name}/begin`, [0, top, left, 0]);
      const lengths = graph.ints(`${name}/size`, [-1, ...shape.slice(1)]);
      return add(CODES.SLICE, [input, starts, lengths], plain(48));
    }
    case "MaxPool":
      return add(CODES.MAX_POOL_2D, [input], poolOptions(node.attributes));
    case "AvgPool":
      return add(CODES.AVERAGE_POOL_2D, [input], poolOptions(node.attributes));
    case "Mean":
    case "Max": {
      const options = { type: 27, table: new WrittenTable().byte(0, node.attributes.keepDimensions ? 1 : 0) };
      const code = node.op === "Mean" ? CODES.MEAN : CODES.REDUCE_MAX;
      return add(code, [input, graph.ints(`${name}/axes`, [1, 2])], options);
    }
    case "Reshape": {
      const lengths = [-1, ...shape.slice(1)];
      const options = { type: 17, table: new WrittenTable().ints(0, lengths) };
      return add(CODES.RESHAPE, [input, graph.ints(`${name}/shape`, lengths)], options);
    }
    case "AddV2":
      return ofPairs(node.name, place, CODES.ADD, 11);
    case "Mul":
      return ofPairs(node.name, place, CODES.MUL, 21);
    case "ConcatV2":
      return add(CODES.CONCATENATION, inputs, { type: 10, table: new WrittenTable().int(0, shape.length - 1) });
    case "Relu":
    case "Relu6":
    case "Sigmoid":
    case "Tanh":
    case "Elu":
      return add(ACTIVATIONS[node.op], [input]);
    case "Softmax":
      return add(CODES.SOFTMAX, [input], { type: 9, table: new WrittenTable().float(0, 1) });
    case "Gelu":
      return add(CODES.GELU, [input], { type: 116, table: new WrittenTable().byte(0, 0) });
    case "LeakyRelu":
      return add(CODES.LEAKY_RELU, [input], { type: 75, table: new WrittenTable().float(0, node.attributes.alpha) });
    case "Prelu":
      return add(CODES.PRELU, [input, graph.floats(`${name}/alpha`, node.weights.alpha)]);
    case "LayerNorm":
      return addLayerNorm(node, place);
    case "Dropout":
      return input;
  }
}

function convolution(node: Extract<NetworkNode, { op: "Conv2D" | "DepthwiseConv2dNative" }>, place: Place): number {
  const { graph, inputs, shape } = place;
  const { name, attributes, weights } = node;
  const { kernel } = weights;
  const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape;
  const isDepthwise = node.op === "DepthwiseConv2dNative";
  const ordered = isDepthwise ? () => kernel.data : () => turned(kernel.data, filters);
  const shapeThere = isDepthwise ? [1, height, width, channels * filters] : [filters, height, width, channels];
  const parts = [
    graph.kernel(`${name}/kernel`, shapeThere, kernel, ordered),
    biasOf(name, graph, weights.bias, shape.at(-1) ?? 0),
  ];
  const code = isDepthwise ? CODES.DEPTHWISE_CONV_2D : CODES.CONV_2D;
  return activated(attributes.activation, name, place, (own, fused) => {
    const table = steps(attributes);
    if (isDepthwise) table.int(3, filters);
    const next = isDepthwise ? 4 : 3;
    table
      .byte(next, fused)
      .int(next + 1, attributes.dilations[1])
      .int(next + 2, attributes.dilations[0]);
    return graph.operator(code, [...inputs, ...parts], own, { type: isDepthwise ? 2 : 1, table });
  });
}

/** Zeroes where there is none: not every reader takes a layer without. */
function biasOf(name: string, graph: LiteGraph, bias: Weight | undefined, length: number): number {
  return graph.floats(`${name}/bias`, bias ?? { shape: [length], data: new Float32Array(length) });
}

function steps({ padding, strides }: Pick<ConvolutionAttributes, "padding" | "strides">): WrittenTable {
  return new WrittenTable().byte(0, PADDINGS[padding]).int(1, strides[1]).int(2, strides[0]);
}

const PADDINGS: Readonly<Record<Padding, number>> = { SAME: 0, VALID: 1 };

function poolOptions(attributes: PoolAttributes): WrittenOptions {
  const [height, width] = attributes.windowSize;
  return { type: 5, table: steps(attributes).int(3, width).int(4, height) };
}

/** @param add adds the node itself: to the tensor that it is given, with the activation that it applies itself */
function activated(
  applied: Activation | null,
  name: string,
  { graph, shape }: Place,
  add: (own: number, fused: number) => number,
): number {
  if (applied === null) return add(graph.result(name, shape), 0);
  const fused = FUSED[applied];
  if (fused !== undefined) return add(graph.result(name, shape), fused);
  const linear = add(graph.result(`${name}/linear`, shape), 0);
  return graph.operator(ACTIVATIONS[applied], [linear], graph.result(name, shape), null);
}

/** Of two results at a time. @param options the number of its table, which says no more */
function ofPairs(name: string, { graph, inputs, shape }: Place, code: LiteOperationCode, options: number): number {
  const [first = -1, ...others] = inputs;
  return others.reduce((sofar, other, at) => {
    const isLast = at === others.length - 1;
    // Of a product, one dimension of 1 after the other becomes as long as the result's.
    const between = graph.shapeOf(sofar).map((length, axis) => Math.max(length, graph.shapeOf(other)[axis] ?? 1));
    const result = isLast ? graph.result(name, shape) : graph.result(`${name}/${at}`, between);
    return graph.operator(code, [sofar, other], result, plain(options));
  }, first);
}

/** One that follows no convolution: value × scale + offset. */
function normalisation(
  { name, attributes, weights }: BatchNormNode,
  { graph, inputs: [input = -1], shape }: Place,
): number {
  const { mean, variance, gamma, beta } = weights;
  const scale = variance.data.map((value, at) => (gamma?.data[at] ?? 1) / Math.sqrt(value + attributes.epsilon));
  const offset = mean.data.map((value, at) => (beta?.data[at] ?? 0) - value * (scale[at] ?? 0));
  const factor = graph.floats(`${name}/scale`, { shape: mean.shape, data: scale });
  const term = graph.floats(`${name}/offset`, { shape: mean.shape, data: offset });
  const scaled = graph.operator(CODES.MUL, [input, factor], graph.result(`${name}/scaled`, shape), plain(21));
  return graph.operator(CODES.ADD, [scaled, term], graph.result(name, shape), plain(11));
}
