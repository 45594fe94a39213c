/** Sums, products and activations of ONNX. */
import type { ActivationNode } from "../../../network/network.ts";
import { type Arithmetic, ofResults, withConstant } from "../graph-arithmetic.ts";
import { hardSwish, silu } from "../keras-nodes.ts";
import type { Tensor } from "./tensor.ts";
import {
  attributeOf,
  channelAxis,
  constantOf,
  like,
  numberOf,
  type OnnxOperation,
  optionalConstant,
  perChannel,
  type Result,
  rankOf,
  resultOf,
  type Translator,
  unread,
} from "./values.ts";

export const ARITHMETIC: Readonly<Record<string, Translator>> = {
  Add: (operation) => combined(operation, "add"),
  Sum: (operation) => combined(operation, "add"),
  Sub: (operation) => combined(operation, "subtract"),
  Mul: (operation) => combined(operation, "multiply"),
  Div: (operation) => combined(operation, "divide"),
  Relu: (operation) => bare(operation, "Relu"),
  Sigmoid: (operation) => bare(operation, "Sigmoid"),
  Tanh: (operation) => bare(operation, "Tanh"),
  Gelu(operation) {
    return attributeOf(operation, "approximate")?.text === "tanh"
      ? unread(operation, "approximate")
      : bare(operation, "Gelu");
  },
  Elu: (operation) => (numberOf(operation, "alpha", 1) === 1 ? bare(operation, "Elu") : unread(operation, "alpha")),
  LeakyRelu(operation) {
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    const attributes = { alpha: numberOf(operation, "alpha", 0.01) };
    return like(input, builder.push({ name, op: "LeakyRelu", inputs: [input.node], attributes, weights: {} }));
  },
  PRelu(operation) {
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    const slopes = perChannel(operation, constantOf(operation, 1), input);
    const channels = builder.channelsOf(input.node);
    const data = typeof slopes === "number" ? new Float32Array(channels).fill(slopes) : slopes;
    const shape = builder.shapeOf(input.node).map((_, axis, all) => (axis === all.length - 1 ? channels : 1));
    const weights = { alpha: { shape, data } };
    return like(input, builder.push({ name, op: "Prelu", inputs: [input.node], attributes: {}, weights }));
  },
  Clip(operation) {
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    const limit = (attribute: string, at: number, fallback: number) =>
      optionalConstant(operation, at)?.data[0] ?? numberOf(operation, attribute, fallback);
    const [low, high] = [limit("min", 1, Number.NEGATIVE_INFINITY), limit("max", 2, Number.POSITIVE_INFINITY)];
    if (!(Number.isFinite(low) && high > low)) unread(operation, `${low} … ${high}`);
    if (high > 1e30 && low !== 0) unread(operation, `${low} … ${high}`);
    return like(input, builder.clip(name, input.node, low, high));
  },
  HardSigmoid(operation) {
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    const [slope, offset] = [numberOf(operation, "alpha", 0.2), numberOf(operation, "beta", 0.5)];
    const line = builder.scale(`${name}_line`, input.node, slope, offset);
    return like(input, builder.clip(name, line, 0, 1));
  },
  HardSwish(operation) {
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    for (const node of hardSwish({ name, input: input.node, channels: builder.channelsOf(input.node) }))
      builder.push(node);
    return like(input, name);
  },
  Swish(operation) {
    if (numberOf(operation, "alpha", 1) !== 1) unread(operation, "alpha");
    const { name, builder } = operation;
    const input = resultOf(operation, 0);
    for (const node of silu({ name, input: input.node, channels: 0 })) builder.push(node);
    return like(input, name);
  },
  Softmax(operation) {
    const input = resultOf(operation, 0);
    const rank = rankOf(input) + 1;
    const axis = (numberOf(operation, "axis", operation.opset < 13 ? 1 : -1) + rank) % rank;
    // Before version 13 it went over all dimensions from that one on.
    const isWide = operation.opset < 13 && rank > 2;
    if (axis !== channelAxis(input) || isWide || input.flattened) unread(operation, `axis ${axis}`);
    return bare(operation, "Softmax");
  },
};

function bare(operation: OnnxOperation, op: ActivationNode["op"]): Result {
  const { name, builder } = operation;
  const input = resultOf(operation, 0);
  return like(input, builder.push({ name, op, inputs: [input.node], attributes: {}, weights: {} }));
}

/** Of two results, or of one and a constant for all channels or for each. */
function combined(operation: OnnxOperation, kind: Arithmetic): Result | Tensor {
  const { values, node } = operation;
  const [first = "", second = ""] = node.inputs;
  if (node.inputs.length !== 2) return unread(operation, `${node.inputs.length} inputs`);
  const [one, other] = [values.constant(first), values.constant(second)];
  if (one && other) return unread(operation, "two constants");
  if (one) return scaled(operation, kind, resultOf(operation, 1), one, true);
  if (other) return scaled(operation, kind, resultOf(operation, 0), other, false);
  return joined(operation, kind);
}

function scaled(operation: OnnxOperation, kind: Arithmetic, input: Result, constant: Tensor, isFirst: boolean): Result {
  const { name, builder } = operation;
  const values = perChannel(operation, constant, input);
  const node = withConstant(builder, { name, kind }, input.node, values, isFirst);
  return node === null ? unread(operation, "constant / result") : like(input, node);
}

function joined(operation: OnnxOperation, kind: Arithmetic): Result {
  const { name, builder } = operation;
  const [one, other] = [resultOf(operation, 0), resultOf(operation, 1)];
  if (one.layout !== other.layout || `${one.flattened}` !== `${other.flattened}`) unread(operation, other.layout);
  const node = ofResults(builder, { name, kind }, one.node, other.node);
  return node === null ? unread(operation, "result / result") : like(one, node);
}
