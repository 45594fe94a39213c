/**
 * The gradient of each operation of a network, from kernels that every backend has.
 *
 * TensorFlow.js's own gradients need kernels that WebAssembly lacks (tfjs issue 8474). Here a convolution's input gets its
 * gradient from a convolution with the mirrored kernel, and its kernel from one matrix product a tap.
 */
import * as tf from "@tensorflow/tfjs";
import type { Activation, ConvolutionAttributes, NetworkNode, PoolAttributes } from "../network/network.ts";
import { EngineError } from "./errors.ts";
import { inputsOfOperation } from "./operation-gradients.ts";
import type { NodeWeights } from "./operations.ts";
import { metByTap, padAround, placeOfTap, spreadAround, tapsOf, type Window, windowOf } from "./windows.ts";

export interface NodePass {
  /** With the batch dimension first. */
  readonly inputs: readonly tf.Tensor[];
  readonly output: tf.Tensor;
  /** Gradient of the loss with respect to `output`. */
  readonly error: tf.Tensor;
  readonly weights: NodeWeights;
}

export interface NodeGradient {
  /** With respect to each input; null where it was not asked for. */
  readonly inputs: readonly (tf.Tensor | null)[];
  /** With respect to kernel and bias, where the node has them. */
  readonly weights: NodeWeights;
}

/**
 * The gradient of one node. To be called within a `tf.tidy`.
 * @param wantsInputs whether an earlier node needs it
 * @throws EngineError for an operation that cannot be fine-tuned
 */
export function gradientOfNode(node: NetworkNode, pass: NodePass, wantsInputs: boolean): NodeGradient {
  const [input] = pass.inputs;
  if (!input) throw new EngineError({ code: "engine/incomplete-network", node: node.name, lacks: "input" });
  switch (node.op) {
    case "Conv2D": {
      const error = beforeActivation(node.attributes.activation, pass) as tf.Tensor4D;
      const kernel = pass.weights.kernel as tf.Tensor4D;
      const window = convolutionWindow(node.name, node.attributes, input as tf.Tensor4D, kernel);
      return {
        inputs: [wantsInputs ? convolutionInput(error, kernel, window) : null],
        weights: {
          kernel: convolutionKernel(input as tf.Tensor4D, error, window),
          ...(pass.weights.bias ? { bias: sumOverPlaces(error) } : {}),
        },
      };
    }
    case "DepthwiseConv2dNative": {
      const error = beforeActivation(node.attributes.activation, pass) as tf.Tensor4D;
      const kernel = pass.weights.kernel as tf.Tensor4D;
      if (kernel.shape[3] !== 1) {
        throw new EngineError({ code: "engine/multiplied-channels-not-tunable", node: node.name });
      }
      const window = convolutionWindow(node.name, node.attributes, input as tf.Tensor4D, kernel);
      return {
        inputs: [wantsInputs ? depthwiseInput(error, kernel, window) : null],
        weights: {
          kernel: depthwiseKernel(input as tf.Tensor4D, error, window),
          ...(pass.weights.bias ? { bias: sumOverPlaces(error) } : {}),
        },
      };
    }
    case "MatMul": {
      const error = beforeActivation(node.attributes.activation, pass) as tf.Tensor2D;
      const kernel = pass.weights.kernel as tf.Tensor2D;
      return {
        inputs: [wantsInputs ? tf.matMul(error, tf.transpose(kernel)) : null],
        weights: {
          kernel: tf.matMul(tf.transpose(input as tf.Tensor2D), error),
          ...(pass.weights.bias ? { bias: sumOverPlaces(error) } : {}),
        },
      };
    }
    default:
      return { inputs: wantsInputs ? inputsOf(node, pass, input) : pass.inputs.map(() => null), weights: {} };
  }
}

/** Of the operations without trained weights. */
function inputsOf(node: NetworkNode, pass: NodePass, input: tf.Tensor): tf.Tensor[] {
  const { inputs, output, error, weights } = pass;
  switch (node.op) {
    case "FusedBatchNormV3": {
      // Frozen: its statistics and its scale are constants.
      const deviation = tf.sqrt(tf.add(weights.variance ?? 1, node.attributes.epsilon));
      return [tf.mul(error, tf.div(weights.gamma ?? 1, deviation))];
    }
    case "Pad": {
      const [[top], [left]] = node.attributes.paddings;
      return [tf.slice(error, [0, top, left, 0], input.shape)];
    }
    case "MaxPool":
      return [maxPoolInput(input as tf.Tensor4D, pass, node.attributes)];
    case "AvgPool":
      return [tf.engine().runKernel("AvgPoolGrad", { dy: error, input }, poolOptions(node.attributes)) as tf.Tensor];
    case "Mean": {
      const [batch = 0, height = 1, width = 1, channels = 0] = input.shape;
      const spread = tf.reshape(tf.mul(error, 1 / (height * width)), [batch, 1, 1, channels]);
      return [tf.tile(spread, [1, height, width, 1])];
    }
    case "Reshape":
      return [tf.reshape(error, input.shape)];
    case "AddV2":
      return inputs.map(() => error.clone());
    case "ConcatV2": {
      let from = 0;
      return inputs.map(({ shape }) => {
        const part = tf.slice(error, [...shape.slice(1).map(() => 0), from], shape);
        from += shape.at(-1) ?? 0;
        return part;
      });
    }
    case "Dropout":
      return [error.clone()];
    case "Relu":
    case "Relu6":
    case "Sigmoid":
    case "Tanh":
    case "Elu":
      return [beforeActivation(node.op, { output, error })];
    default:
      return inputsOfOperation(node, pass, input);
  }
}

/** The gradient before an activation, from its result. */
function beforeActivation(
  activation: Activation | null,
  { output, error }: Pick<NodePass, "output" | "error">,
): tf.Tensor {
  switch (activation) {
    case null:
      return error;
    case "Relu":
      return tf.mul(error, tf.step(output));
    case "Relu6":
      return tf.mul(error, tf.mul(tf.step(output), tf.step(tf.sub(6, output))));
    case "Sigmoid":
      return tf.mul(error, tf.mul(output, tf.sub(1, output)));
    case "Tanh":
      return tf.mul(error, tf.sub(1, tf.square(output)));
    case "Elu":
      return tf.mul(error, tf.where(tf.greater(output, 0), tf.onesLike(output), tf.add(output, 1)));
  }
}

function convolutionWindow(
  name: string,
  { strides, dilations, padding }: ConvolutionAttributes,
  input: tf.Tensor4D,
  kernel: tf.Tensor4D,
): Window {
  if (dilations.some((distance) => distance > 1)) {
    throw new EngineError({ code: "engine/dilated-not-tunable", node: name });
  }
  return windowOf(input, [kernel.shape[0], kernel.shape[1]], strides, padding);
}

/** For each tap, the input's values that it met: matrix product with the error. `[height, width, in, out]` */
function convolutionKernel(input: tf.Tensor4D, error: tf.Tensor4D, window: Window): tf.Tensor {
  const [, , , channels] = input.shape;
  const [, , , filters] = error.shape;
  const errors = tf.reshape(error, [-1, filters]);
  const padded = padAround(input, error, window);
  const taps = tapsOf(window).map((tap) =>
    tf.tidy(() => {
      const met = tf.reshape(metByTap(padded, error, window, tap), [-1, channels]);
      return tf.matMul(tf.transpose(met), errors);
    }),
  );
  return tf.reshape(tf.concat(taps, 0), [...window.size, channels, filters]);
}

/** `[height, width, channels, 1]` */
function depthwiseKernel(input: tf.Tensor4D, error: tf.Tensor4D, window: Window): tf.Tensor {
  const padded = padAround(input, error, window);
  const taps = tapsOf(window).map((tap) =>
    tf.tidy(() => sumOverPlaces(tf.mul(metByTap(padded, error, window, tap), error))),
  );
  return tf.reshape(tf.concat(taps, 0), [...window.size, input.shape[3], 1]);
}

function convolutionInput(error: tf.Tensor4D, kernel: tf.Tensor4D, window: Window): tf.Tensor {
  const mirrored = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
  return tf.conv2d(spreadAround(error, window), mirrored, 1, "valid");
}

function depthwiseInput(error: tf.Tensor4D, kernel: tf.Tensor4D, window: Window): tf.Tensor {
  const mirrored = tf.reverse(kernel, [0, 1]) as tf.Tensor4D;
  return tf.depthwiseConv2d(spreadAround(error, window), mirrored, 1, "valid");
}

/** Each error goes to the first of its window's inputs that is the largest. WebAssembly's own kernel gets overlaps wrong. */
function maxPoolInput(
  input: tf.Tensor4D,
  { output, error }: NodePass,
  { windowSize, strides, padding }: PoolAttributes,
): tf.Tensor {
  const largest = output as tf.Tensor4D;
  const window = windowOf(input, windowSize, strides, padding);
  const padded = padAround(input, largest, window, LESS_THAN_ANY);
  let unclaimed: tf.Tensor = tf.onesLike(largest);
  const shares = tapsOf(window).map((tap) => {
    const claimed = tf.mul(tf.cast(tf.equal(metByTap(padded, largest, window, tap), largest), "float32"), unclaimed);
    unclaimed = tf.sub(unclaimed, claimed);
    return placeOfTap(tf.mul(error, claimed) as tf.Tensor4D, padded, window, tap);
  });
  // `addN` gives zeroes on WebGPU for more tensors than a shader takes.
  const whole = shares.reduce((sum, share) => tf.add(sum, share));
  return tf.slice(whole, [0, ...window.before, 0], input.shape);
}

/** Stands for padding, which is never the largest. */
const LESS_THAN_ANY = -1e30;

/** Sum over all dimensions but the last, as a product with ones: WebAssembly's own sum would turn the tensor first. */
function sumOverPlaces(tensor: tf.Tensor): tf.Tensor {
  const channels = tensor.shape.at(-1) ?? 0;
  const rows = tf.reshape(tensor, [-1, channels]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]), rows), [channels]);
}

function poolOptions({ windowSize, strides, padding }: PoolAttributes) {
  return { filterSize: [...windowSize], strides: [...strides], pad: padding === "SAME" ? "same" : "valid" };
}
