/** A network as Keras's layers: what every file of Keras's or TensorFlow.js's layers holds, whatever its notation. */
import { freeName } from "../../network/graph.ts";
import type { ActivationNode, ConvolutionAttributes, Network, NetworkNode, Weight } from "../../network/network.ts";
import { inferShapes, type Shape } from "../../network/shapes.ts";

export interface WrittenLayer {
  /** Unique within the model. */
  readonly name: string;
  readonly className: string;
  /** Of Keras 2, without `name` and `trainable`; Keras 3 takes it too. */
  readonly config: object;
  /** Names of the layers, or of the network's input, that it takes from. */
  readonly inputs: readonly string[];
  /** Of its result, per sample. */
  readonly shape: Shape;
  /** Its parts in Keras's order. */
  readonly weights: readonly (readonly [part: string, weight: Weight])[];
}

/**
 * One layer per node, activations as layers of their own, in the order of the network's nodes; without the input.
 * @returns the layers, and the name of the one whose result is the network's
 */
export function writtenLayers(network: Network): { layers: WrittenLayer[]; output: string } {
  const shapes = inferShapes(network);
  const layers: WrittenLayer[] = [];
  /** Node's name → name of the layer that gives its result. */
  const results = new Map<string, string>();
  for (const node of network.nodes) {
    const inputs = node.inputs.map((name) => results.get(name) ?? name);
    const shape = shapes.get(node.name) ?? [];
    layers.push({ name: node.name, inputs, shape, ...describe(node, shapes.get(node.inputs[0] ?? "") ?? []) });
    const activation = "activation" in node.attributes ? node.attributes.activation : null;
    if (!activation) continue;
    const name = freeName(network, `${node.name}_${activation.toLowerCase()}`);
    layers.push({ name, inputs: [node.name], shape, ...activationLayer(activation) });
    results.set(node.name, name);
  }
  return { layers, output: results.get(network.output) ?? network.output };
}

type Description = Pick<WrittenLayer, "className" | "config" | "weights">;

function describe(node: NetworkNode, inputShape: readonly number[]): Description {
  const without = (className: string, config: object = {}): Description => ({ className, config, weights: [] });
  switch (node.op) {
    case "Conv2D": {
      const { kernel } = node.weights;
      return {
        className: "Conv2D",
        config: { filters: kernel.shape[3], ...windowed(node.attributes, kernel), use_bias: hasBias(node) },
        weights: parts(node, "kernel"),
      };
    }
    case "DepthwiseConv2dNative": {
      const { kernel } = node.weights;
      return {
        className: "DepthwiseConv2D",
        config: { depth_multiplier: kernel.shape[3], ...windowed(node.attributes, kernel), use_bias: hasBias(node) },
        weights: parts(node, "depthwise_kernel"),
      };
    }
    case "MatMul":
      return {
        className: "Dense",
        config: { units: node.weights.kernel.shape[1], activation: "linear", use_bias: hasBias(node) },
        weights: parts(node, "kernel"),
      };
    case "FusedBatchNormV3": {
      const { gamma, beta, mean, variance } = node.weights;
      return {
        className: "BatchNormalization",
        config: { axis: -1, momentum: 0.99, epsilon: node.attributes.epsilon, center: !!beta, scale: !!gamma },
        weights: present({ gamma, beta, moving_mean: mean, moving_variance: variance }),
      };
    }
    case "Pad":
      return without("ZeroPadding2D", { padding: node.attributes.paddings, data_format: "channels_last" });
    case "MaxPool":
    case "AvgPool": {
      const { windowSize, strides, padding } = node.attributes;
      const className = node.op === "MaxPool" ? "MaxPooling2D" : "AveragePooling2D";
      return without(className, {
        pool_size: windowSize,
        strides,
        padding: padding.toLowerCase(),
        data_format: "channels_last",
      });
    }
    case "Crop":
      return without("Cropping2D", { cropping: node.attributes.cropping, data_format: "channels_last" });
    case "Mean":
    case "Max":
      // Keras 2's global pooling always drops the dimensions; a reshape of one value per channel brings them back.
      return node.attributes.keepDimensions
        ? without(node.op === "Mean" ? "AveragePooling2D" : "MaxPooling2D", {
            pool_size: inputShape.slice(0, 2),
            strides: inputShape.slice(0, 2),
            padding: "valid",
            data_format: "channels_last",
          })
        : without(node.op === "Mean" ? "GlobalAveragePooling2D" : "GlobalMaxPooling2D", {
            data_format: "channels_last",
          });
    case "Reshape":
      return without("Reshape", { target_shape: node.attributes.shape });
    case "AddV2":
      return without("Add");
    case "Mul":
      return without("Multiply");
    case "LeakyRelu":
      return without("LeakyReLU", { alpha: node.attributes.alpha });
    case "Prelu":
      return {
        className: "PReLU",
        config: { shared_axes: sharedAxes(node.weights.alpha.shape) },
        weights: [["alpha", node.weights.alpha]],
      };
    case "LayerNorm": {
      const { gamma, beta } = node.weights;
      return {
        className: "LayerNormalization",
        config: { axis: -1, epsilon: node.attributes.epsilon, center: !!beta, scale: !!gamma },
        weights: present({ gamma, beta }),
      };
    }
    case "ConcatV2":
      return without("Concatenate", { axis: -1 });
    case "Dropout":
      return without("Dropout", { rate: node.attributes.rate, noise_shape: null, seed: null });
    case "Relu":
    case "Relu6":
    case "Sigmoid":
    case "Tanh":
    case "Elu":
    case "Gelu":
    case "Softmax":
      return activationLayer(node.op);
  }
}

/** Counted from 1, the batch being 0. */
function sharedAxes(shape: readonly number[]): number[] | null {
  const axes = shape.flatMap((length, at) => (length === 1 ? [at + 1] : []));
  return axes.length ? axes : null;
}

/** Relu6, which Keras 2 has no name for, is a layer. */
function activationLayer(op: ActivationNode["op"]): Description {
  return op === "Relu6"
    ? { className: "ReLU", config: { max_value: 6 }, weights: [] }
    : { className: "Activation", config: { activation: op.toLowerCase() }, weights: [] };
}

function windowed({ strides, padding, dilations }: ConvolutionAttributes, kernel: Weight): object {
  return {
    kernel_size: kernel.shape.slice(0, 2),
    strides,
    padding: padding.toLowerCase(),
    data_format: "channels_last",
    dilation_rate: dilations,
    activation: "linear",
  };
}

type Weighted = Extract<NetworkNode, { op: "Conv2D" | "DepthwiseConv2dNative" | "MatMul" }>;

function hasBias({ weights }: Weighted): boolean {
  return weights.bias !== undefined;
}

function parts({ weights }: Weighted, kernelName: string): WrittenLayer["weights"] {
  return present({ [kernelName]: weights.kernel, bias: weights.bias });
}

function present(all: Readonly<Record<string, Weight | undefined>>): WrittenLayer["weights"] {
  return Object.entries(all).flatMap(([part, weight]) => (weight ? [[part, weight] as const] : []));
}
