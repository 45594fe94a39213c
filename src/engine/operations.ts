/** What each operation of a network does, in TensorFlow.js. */
import * as tf from "@tensorflow/tfjs";
import type { Activation, ConvolutionAttributes, NetworkNode } from "../network/network.ts";
import { EngineError } from "./errors.ts";

export type NodeWeights = Readonly<Record<string, tf.Tensor>>;

/**
 * The result of one node. Never one of the inputs itself, so that each tensor can be disposed of on its own.
 * @param inputs with the batch dimension first
 * @throws EngineError when the node has no input, or is none that the engine knows
 */
export function applyNode(node: NetworkNode, inputs: readonly tf.Tensor[], weights: NodeWeights): tf.Tensor {
  const input = inputs[0];
  if (!input) throw new EngineError({ code: "engine/incomplete-network", node: node.name, lacks: "input" });
  const map = input as tf.Tensor4D;
  const bias = weights.bias ? { bias: weights.bias } : {};
  switch (node.op) {
    case "Conv2D":
      return convolve(node.attributes, (options) =>
        tf.fused.conv2d({ ...options, x: map, filter: weights.kernel as tf.Tensor4D, ...bias }),
      );
    case "DepthwiseConv2dNative":
      return convolve(node.attributes, (options) =>
        tf.fused.depthwiseConv2d({ ...options, x: map, filter: weights.kernel as tf.Tensor4D, ...bias }),
      );
    case "MatMul": {
      const { activation } = node.attributes;
      const kernel = weights.kernel as tf.Tensor2D;
      const fused = isFusable(activation) ? activation : null;
      const result = tf.fused.matMul({ a: input, b: kernel, ...bias, activation: fusedName(fused) });
      return fused === activation ? result : activate(result, activation);
    }
    case "FusedBatchNormV3":
      return tf.batchNorm(
        input,
        weights.mean as tf.Tensor1D,
        weights.variance as tf.Tensor1D,
        weights.beta as tf.Tensor1D | undefined,
        weights.gamma as tf.Tensor1D | undefined,
        node.attributes.epsilon,
      );
    case "Pad": {
      const [vertical, horizontal] = node.attributes.paddings;
      return tf.pad(input, [[0, 0], [...vertical], [...horizontal], [0, 0]]);
    }
    case "MaxPool": {
      const { windowSize, strides, padding } = node.attributes;
      return tf.maxPool(map, [...windowSize], [...strides], padName(padding));
    }
    case "AvgPool": {
      const { windowSize, strides, padding } = node.attributes;
      return tf.avgPool(map, [...windowSize], [...strides], padName(padding));
    }
    case "Crop": {
      const [[top, bottom], [left, right]] = node.attributes.cropping;
      const [batch, height, width, channels] = map.shape;
      return tf.slice(map, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels]);
    }
    case "Max":
      return tf.max(input, [1, 2], node.attributes.keepDimensions);
    case "Mean":
      return tf.mean(input, [1, 2], node.attributes.keepDimensions);
    case "Reshape":
      return tf.reshape(input, [input.shape[0] ?? 0, ...node.attributes.shape]);
    case "AddV2":
      return inputs.slice(1).reduce<tf.Tensor>((sum, next) => tf.add(sum, next), input);
    case "Mul":
      return inputs.slice(1).reduce<tf.Tensor>((product, next) => tf.mul(product, next), input);
    case "LeakyRelu":
      return tf.leakyRelu(input, node.attributes.alpha);
    case "Prelu":
      return tf.prelu(input, partOf(node, weights, "alpha"));
    case "Gelu":
      return tf.mul(input, normalShare(input));
    case "LayerNorm": {
      const { centred, deviation } = spreadOfPlaces(input, node.attributes.epsilon);
      const scaled = tf.mul(tf.div(centred, deviation), weights.gamma ?? 1);
      return weights.beta ? tf.add(scaled, weights.beta) : scaled;
    }
    case "ConcatV2":
      return tf.concat([...inputs], -1);
    case "Dropout":
      return input.clone();
    case "Softmax":
      return tf.softmax(input);
    case "Relu":
    case "Relu6":
    case "Sigmoid":
    case "Tanh":
    case "Elu":
      return activate(input, node.op);
    default:
      throw notRunnable(node);
  }
}

/** The share of a standard normal distribution below each value. */
export function normalShare(input: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(input, Math.SQRT1_2)), 1), 0.5);
}

/** Each place's channels less their mean, and the deviation of each place, `[..., 1]`. */
export function spreadOfPlaces(input: tf.Tensor, epsilon: number): { centred: tf.Tensor; deviation: tf.Tensor } {
  const centred = tf.sub(input, tf.mean(input, -1, true));
  return { centred, deviation: tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon)) };
}

function partOf({ name }: NetworkNode, weights: NodeWeights, part: string): tf.Tensor {
  const weight = weights[part];
  if (!weight) throw new EngineError({ code: "engine/incomplete-network", node: name, lacks: "weights" });
  return weight;
}

/** For nodes that no type allows. */
function notRunnable({ name, op }: NetworkNode): EngineError {
  return new EngineError({ code: "engine/node-not-runnable", node: name, op });
}

interface ConvolutionOptions {
  readonly strides: [number, number];
  readonly pad: "same" | "valid";
  readonly dilations: [number, number];
}

function convolve(
  { strides, padding, dilations, activation }: ConvolutionAttributes,
  run: (options: ConvolutionOptions & { activation: "linear" | "relu" | "relu6" }) => tf.Tensor,
): tf.Tensor {
  const fused = isFusable(activation) ? activation : null;
  const result = run({
    strides: [...strides],
    pad: padName(padding),
    dilations: [...dilations],
    activation: fusedName(fused),
  });
  return fused === activation ? result : activate(result, activation);
}

function activate(input: tf.Tensor, activation: Activation | null): tf.Tensor {
  switch (activation) {
    case null:
      return input;
    case "Relu":
      return tf.relu(input);
    case "Relu6":
      return tf.relu6(input);
    case "Sigmoid":
      return tf.sigmoid(input);
    case "Tanh":
      return tf.tanh(input);
    case "Elu":
      return tf.elu(input);
  }
}

/** The activations that the fused kernels of every backend know. */
function isFusable(activation: Activation | null): activation is "Relu" | "Relu6" {
  return activation === "Relu" || activation === "Relu6";
}

function fusedName(activation: "Relu" | "Relu6" | null): "linear" | "relu" | "relu6" {
  return activation === null ? "linear" : activation === "Relu" ? "relu" : "relu6";
}

function padName(padding: "SAME" | "VALID"): "same" | "valid" {
  return padding === "SAME" ? "same" : "valid";
}
