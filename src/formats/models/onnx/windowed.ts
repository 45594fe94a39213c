/** Convolutions, pools, normalisations and dense layers of ONNX. */
import type { Weight } from "../../../network/network.ts";
import { type Sides, samePads, transpose, type WindowPlan } from "../graph-builder.ts";
import {
  attributeOf,
  constantOf,
  like,
  numberOf,
  numbersOf,
  type OnnxOperation,
  optionalConstant,
  originOf,
  type Result,
  resultOf,
  type Translator,
  unread,
} from "./values.ts";

export const WINDOWED: Readonly<Record<string, Translator>> = {
  Conv: convolution,
  MaxPool: (operation) => pool(operation, "MaxPool"),
  AveragePool: (operation) => pool(operation, "AvgPool"),
  GlobalAveragePool: (operation) => globalPool(operation, "Mean"),
  GlobalMaxPool: (operation) => globalPool(operation, "Max"),
  BatchNormalization(operation) {
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    if (numberOf(operation, "training_mode", 0) !== 0 || input.flattened) unread(operation, "training_mode");
    if (input.layout === "channels last") unread(operation, "channels last");
    const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((at) => constantOf(operation, at)) as [
      Weight,
      Weight,
      Weight,
      Weight,
    ];
    const attributes = { epsilon: numberOf(operation, "epsilon", 1e-5) };
    const weights = { gamma, beta, mean, variance };
    return like(input, builder.push({ name, op: "FusedBatchNormV3", inputs: [input.node], attributes, weights }));
  },
  Gemm(operation) {
    if (numberOf(operation, "transA", 0) !== 0) unread(operation, "transA");
    const given = constantOf(operation, 1);
    operation.builder.take(given.data.length);
    const turned = numberOf(operation, "transB", 0) ? transpose(given, [1, 0]) : given;
    const kernel = times(turned, numberOf(operation, "alpha", 1));
    const bias = optionalConstant(operation, 2);
    return dense(operation, kernel, bias && times(bias, numberOf(operation, "beta", 1)));
  },
  MatMul: (operation) => dense(operation, constantOf(operation, 1), undefined),
};

type Pair = readonly [number, number];

function map(operation: OnnxOperation): Result {
  const input = resultOf(operation, 0);
  return input.layout === "channels first" ? input : unread(operation, input.layout);
}

/** The window as ONNX lays it, padding worked out. */
function windowOf(operation: OnnxOperation, input: Result, size: Pair): WindowPlan {
  const [height = 0, width = 0] = operation.builder.shapeOf(input.node);
  const pair = (name: string): Pair => {
    const [vertical = 0, horizontal = 0, ...more] = numbersOf(operation, name, [1, 1]);
    return more.length ? unread(operation, name) : [vertical, horizontal];
  };
  const [strides, dilations] = [pair("strides"), pair("dilations")];
  const automatic = attributeOf(operation, "auto_pad")?.text ?? "NOTSET";
  if (automatic === "SAME_UPPER" || automatic === "SAME_LOWER") {
    const pads = samePads([height, width], { size, strides, dilations }, automatic === "SAME_LOWER");
    return { size, strides, dilations, pads };
  }
  if (automatic !== "NOTSET" && automatic !== "VALID") unread(operation, automatic);
  const [top = 0, left = 0, bottom = 0, right = 0] = automatic === "VALID" ? [] : numbersOf(operation, "pads", []);
  if ([top, left, bottom, right].some((side) => side < 0)) unread(operation, "pads");
  return { size, strides, dilations, pads: [[top, bottom] as const, [left, right] as const] };
}

function convolution(operation: OnnxOperation): Result {
  const { name, builder } = operation;
  const input = map(operation);
  const given = constantOf(operation, 1);
  const channels = builder.channelsOf(input.node);
  const [filters = 0, perGroup = 0, height = 0, width = 0, ...more] = given.shape;
  if (given.shape.length !== 4 || more.length) unread(operation, `[${given.shape}]`);
  const groups = numberOf(operation, "group", 1);
  const isDepthwise = groups === channels && perGroup === 1 && groups > 1;
  if (groups !== 1 && !isDepthwise) unread(operation, `group ${groups}`);
  builder.take(given.data.length);
  const turned = transpose(given, isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  // Of a depthwise one, the filters of a channel follow each other.
  const kernel = isDepthwise ? { ...turned, shape: [height, width, channels, filters / channels] } : turned;
  const bias = optionalConstant(operation, 2);
  const plan = windowOf(operation, input, [height, width]);
  return like(input, builder.convolve(name, input.node, plan, { kernel, ...(bias ? { bias } : {}) }, isDepthwise));
}

function pool(operation: OnnxOperation, op: "MaxPool" | "AvgPool"): Result {
  const { name, builder } = operation;
  const input = map(operation);
  const [vertical = 0, horizontal = 0, ...more] = numbersOf(operation, "kernel_shape", []);
  if (more.length) unread(operation, "kernel_shape");
  const plan = windowOf(operation, input, [vertical, horizontal]);
  if (plan.dilations.some((dilation) => dilation !== 1)) unread(operation, "dilations");
  const padded = plan.pads.flat().some((side) => side > 0);
  if (op === "AvgPool" && padded && numberOf(operation, "count_include_pad", 0) !== 0) {
    if (numberOf(operation, "ceil_mode", 0) !== 0) unread(operation, "ceil_mode");
    const from = builder.pad(`${name}_pad`, input.node, plan.pads);
    return like(
      input,
      builder.pool(originWithName(operation), op, from, {
        ...plan,
        pads: [
          [0, 0],
          [0, 0],
        ],
      }),
    );
  }
  const pads = numberOf(operation, "ceil_mode", 0) ? roundedUp(builder.shapeOf(input.node), plan) : plan.pads;
  return like(input, builder.pool(originWithName(operation), op, input.node, { ...plan, pads }));
}

function originWithName(operation: OnnxOperation) {
  return { ...originOf(operation), name: operation.name };
}

/** Room after the map for a last window that begins within it. */
function roundedUp(shape: readonly number[], { size, strides, pads }: WindowPlan): readonly [Sides, Sides] {
  const along = (axis: 0 | 1): Sides => {
    const [before, after] = pads[axis];
    const length = shape[axis] ?? 0;
    const [window, stride] = [size[axis], strides[axis]];
    const places = Math.ceil((length + before + after - window) / stride) + 1;
    // One that begins in the padding is left out.
    const count = (places - 1) * stride >= length + before ? places - 1 : places;
    return [before, Math.max(0, (count - 1) * stride + window - length - before)];
  };
  return [along(0), along(1)];
}

function globalPool(operation: OnnxOperation, op: "Mean" | "Max"): Result {
  const input = map(operation);
  const { name, builder } = operation;
  const attributes = { keepDimensions: true };
  return like(input, builder.push({ name, op, inputs: [input.node], attributes, weights: {} }));
}

function dense(operation: OnnxOperation, given: Weight, bias: Weight | undefined): Result {
  const { name, builder } = operation;
  const input = resultOf(operation, 0);
  if (input.layout !== "flat" || given.shape.length !== 2) unread(operation, `[${given.shape}]`);
  const [rows = 0, units = 0] = given.shape;
  builder.take(given.data.length);
  let kernel = given;
  if (input.flattened) {
    const [height, width, channels] = input.flattened;
    if (height * width * channels !== rows) unread(operation, `[${given.shape}]`);
    const asMap = { shape: [channels, height, width, units], data: given.data };
    kernel = { shape: [rows, units], data: transpose(asMap, [1, 2, 0, 3]).data };
  }
  const own =
    bias && (bias.data.length === 1 ? { shape: [units], data: new Float32Array(units).fill(bias.data[0] ?? 0) } : bias);
  const weights = { kernel, ...(own ? { bias: own } : {}) };
  const node = builder.push({ name, op: "MatMul", inputs: [input.node], attributes: { activation: null }, weights });
  return { kind: "result", node, layout: "flat", flattened: null };
}

function times(weight: Weight, factor: number): Weight {
  return factor === 1 ? weight : { ...weight, data: weight.data.map((value) => value * factor) };
}
