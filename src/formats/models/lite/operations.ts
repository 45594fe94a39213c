/** TensorFlow Lite's operations, one function each. */
import type { Padding, Weight } from "../../../network/network.ts";
import { type Arithmetic, ofResults, withConstant } from "../graph-arithmetic.ts";
import { samePads, transpose, type WindowPlan } from "../graph-builder.ts";
import { hardSwish } from "../keras-nodes.ts";
import { LAYER_NORM } from "./layer-norm.ts";
import type { LiteOperation } from "./operation.ts";

export const SIZES_ONLY: ReadonlySet<string> = new Set(["SHAPE", "STRIDED_SLICE", "PACK"]);

export const OPERATIONS: Readonly<Record<string, (operation: LiteOperation) => string>> = {
  CONV_2D(operation) {
    const kernel = operation.constant(1);
    operation.builder.take(kernel.data.length);
    return convolution(operation, transpose(kernel, [1, 2, 3, 0]), 4, false);
  },
  DEPTHWISE_CONV_2D(operation) {
    const { shape, data } = operation.constant(1);
    const [one, height = 0, width = 0, filters = 0] = shape;
    const channels = operation.builder.channelsOf(operation.input(0));
    if (one !== 1 || shape.length !== 4) operation.unread(`[${shape}]`);
    return convolution(operation, { shape: [height, width, channels, filters / channels], data }, 5, true);
  },
  FULLY_CONNECTED(operation) {
    if (operation.byte(1) !== 0) operation.unread("weights_format");
    const { builder } = operation;
    const given = operation.constant(1);
    const [units = 0, from = 0, ...more] = given.shape;
    if (given.shape.length !== 2 || more.length) operation.unread(`[${given.shape}]`);
    builder.take(given.data.length);
    let input = operation.input(0);
    if (builder.shapeOf(input).length > 1) {
      const name = `${operation.name}_flat`;
      input = builder.push({ name, op: "Reshape", inputs: [input], attributes: { shape: [from] }, weights: {} });
    }
    const bias = operation.optionalConstant(2);
    const weights = { kernel: transpose(given, [1, 0]), ...(bias ? { bias } : {}) };
    const fused = operation.byte(0);
    const attributes = { activation: null };
    const name = operation.nameBefore(fused);
    if (bias && bias.data.length !== units) operation.unread(`[${bias.shape}]`);
    return operation.activated(builder.push({ name, op: "MatMul", inputs: [input], attributes, weights }), fused);
  },
  MAX_POOL_2D: (operation) => pool(operation, "MaxPool"),
  AVERAGE_POOL_2D: (operation) => pool(operation, "AvgPool"),
  MEAN: (operation) => global(operation, "Mean"),
  REDUCE_MAX: (operation) => global(operation, "Max"),
  ADD: (operation) => combined(operation, "add"),
  SUB: (operation) => combined(operation, "subtract"),
  MUL: (operation) => combined(operation, "multiply"),
  DIV: (operation) => combined(operation, "divide"),
  NEG: (operation) => operation.builder.scale(operation.name, operation.input(0), -1, 0),
  RELU: (operation) => operation.bare("Relu", operation.input(0)),
  RELU6: (operation) => operation.bare("Relu6", operation.input(0)),
  TANH: (operation) => operation.bare("Tanh", operation.input(0)),
  LOGISTIC: (operation) => operation.bare("Sigmoid", operation.input(0)),
  ELU: (operation) => operation.bare("Elu", operation.input(0)),
  GELU: (operation) =>
    operation.byte(0) ? operation.unread("approximate") : operation.bare("Gelu", operation.input(0)),
  SOFTMAX: (operation) =>
    (operation.operator.options?.f32(0) ?? 0) === 1
      ? operation.bare("Softmax", operation.input(0))
      : operation.unread("beta"),
  HARD_SWISH(operation) {
    const { name, builder } = operation;
    const input = operation.input(0);
    for (const node of hardSwish({ name, input, channels: builder.channelsOf(input) })) builder.push(node);
    return name;
  },
  LEAKY_RELU(operation) {
    const attributes = { alpha: operation.operator.options?.f32(0) ?? 0 };
    const inputs = [operation.input(0)];
    return operation.builder.push({ name: operation.name, op: "LeakyRelu", inputs, attributes, weights: {} });
  },
  PRELU(operation) {
    const input = operation.input(0);
    const { shape, data } = operation.constant(1);
    const rank = operation.builder.shapeOf(input).length;
    const padded = [...Array.from({ length: Math.max(0, rank - shape.length) }, () => 1), ...shape];
    const weights = { alpha: { shape: padded, data } };
    return operation.builder.push({ name: operation.name, op: "Prelu", inputs: [input], attributes: {}, weights });
  },
  CONCATENATION(operation) {
    const { name, builder, operator } = operation;
    const inputs = operator.inputs.map((_, at) => operation.input(at));
    const rank = builder.shapeOf(inputs[0] ?? "").length + 1;
    const axis = operation.integer(0);
    if (axis !== -1 && axis !== rank - 1) operation.unread(`axis ${axis}`);
    const fused = operation.byte(1);
    const own = operation.nameBefore(fused);
    const node = builder.push({ name: own, op: "ConcatV2", inputs, attributes: {}, weights: {} });
    return own === name ? node : operation.activated(node, fused);
  },
  PAD(operation) {
    const sides = [...operation.constant(1).data];
    const [top = 0, bottom = 0, left = 0, right = 0] = sides.slice(2, 6);
    const others = [...sides.slice(0, 2), ...sides.slice(6)];
    if (sides.length !== 8 || others.some((side) => side !== 0)) operation.unread(`paddings ${sides}`);
    return operation.builder.pad(operation.name, operation.input(0), [
      [top, bottom],
      [left, right],
    ]);
  },
  SLICE(operation) {
    const { builder } = operation;
    const input = operation.input(0);
    const shape = builder.shapeOf(input);
    const starts = [...operation.constant(1).data];
    const lengths = [...operation.constant(2).data];
    const [height = 0, width = 0, channels = 0] = shape.map((length, at) => {
      const [start = 0, given = 0] = [starts[at + 1], lengths[at + 1]];
      return given === -1 ? length - start : given;
    });
    const [, top = 0, left = 0, first] = starts;
    if (shape.length !== 3 || starts[0] !== 0 || first !== 0 || channels !== shape[2]) {
      operation.unread(`begin ${starts}, size ${lengths}`);
    }
    const [bottom, right] = [(shape[0] ?? 0) - top - height, (shape[1] ?? 0) - left - width];
    const cropping = [[top, bottom] as const, [left, right] as const] as const;
    return builder.push({ name: operation.name, op: "Crop", inputs: [input], attributes: { cropping }, weights: {} });
  },
  [LAYER_NORM](operation) {
    const { name, builder } = operation;
    const inputs = [operation.input(0)];
    const rank = builder.shapeOf(inputs[0] ?? "").length + 1;
    const axes = [...operation.constant(1).data].map((axis) => (axis + rank) % rank);
    if (`${axes}` !== `${rank - 1}`) operation.unread(`axes ${axes}`);
    const [epsilon = Number.NaN] = operation.constant(2).data;
    const weights = { gamma: operation.constant(3), beta: operation.constant(4) };
    return builder.push({ name, op: "LayerNorm", inputs, attributes: { epsilon }, weights });
  },
  RESHAPE: reshaped,
  SQUEEZE: reshaped,
};

function convolution(operation: LiteOperation, kernel: Weight, dilation: number, isDepthwise: boolean): string {
  const { builder } = operation;
  const input = operation.input(0);
  const [strides, fused] = [[operation.integer(2), operation.integer(1)] as const, operation.byte(dilation - 1)];
  const dilations = [operation.integer(dilation + 1, 1), operation.integer(dilation, 1)] as const;
  const [height = 0, width = 0] = kernel.shape;
  const plan = windowPlan(operation, input, { size: [height, width], strides, dilations });
  const bias = operation.optionalConstant(2);
  const weights = { kernel, ...(bias ? { bias } : {}) };
  return operation.activated(builder.convolve(operation.nameBefore(fused), input, plan, weights, isDepthwise), fused);
}

function pool(operation: LiteOperation, op: "MaxPool" | "AvgPool"): string {
  const input = operation.input(0);
  const strides = [operation.integer(2), operation.integer(1)] as const;
  const size = [operation.integer(4), operation.integer(3)] as const;
  const fused = operation.byte(5);
  const plan = windowPlan(operation, input, { size, strides, dilations: [1, 1] });
  const origin = { ...operation.origin, name: operation.nameBefore(fused) };
  return operation.activated(operation.builder.pool(origin, op, input, plan), fused);
}

function windowPlan(operation: LiteOperation, input: string, plan: Omit<WindowPlan, "pads">): WindowPlan {
  const [height = 0, width = 0] = operation.builder.shapeOf(input);
  const padding: Padding = operation.byte(0) === 0 ? "SAME" : "VALID";
  const pads =
    padding === "SAME"
      ? samePads([height, width], plan, false)
      : ([
          [0, 0],
          [0, 0],
        ] as const);
  return { ...plan, pads };
}

function global(operation: LiteOperation, op: "Mean" | "Max"): string {
  const { name, builder } = operation;
  const axes = [...operation.constant(1).data].map((axis) => (axis + 4) % 4).toSorted();
  if (`${axes}` !== "1,2") operation.unread(`axes ${axes}`);
  const attributes = { keepDimensions: operation.byte(0) !== 0 };
  return builder.push({ name, op, inputs: [operation.input(0)], attributes, weights: {} });
}

/** The result's tensor says its shape, whatever works it out. */
function reshaped(operation: LiteOperation): string {
  const [, ...shape] = operation.tensor(operation.operator.output)?.shape ?? [];
  return operation.reshape(operation.input(0), shape);
}

/** Of two results, or of one and a constant for all channels or for each. */
function combined(operation: LiteOperation, kind: Arithmetic): string {
  const { builder } = operation;
  const fused = operation.byte(0);
  const name = operation.nameBefore(fused);
  if (operation.hasResult(0) && operation.hasResult(1)) {
    const node = ofResults(builder, { name, kind }, operation.input(0), operation.input(1));
    return node === null ? operation.unread("result / result") : operation.activated(node, fused);
  }
  const isFirst = !operation.hasResult(0);
  const input = operation.input(isFirst ? 1 : 0);
  const { shape, data } = operation.constant(isFirst ? 0 : 1);
  const channels = builder.channelsOf(input);
  const isEach = data.length === channels && (shape.at(-1) ?? 1) === channels;
  if (data.length !== 1 && !isEach) operation.unread(`[${shape}]`);
  const values = data.length === 1 ? (data[0] ?? Number.NaN) : data;
  const node = withConstant(builder, { name, kind }, input, values, isFirst);
  return node === null ? operation.unread("constant / result") : operation.activated(node, fused);
}
