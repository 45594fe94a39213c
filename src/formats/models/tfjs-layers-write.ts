/** Writes a network as a TensorFlow.js layers-model that tfjs 1.3 and later load. */
import type { ActivationNode, ConvolutionAttributes, Network, NetworkNode, Weight } from "../../network/network.ts";
import { inferShapes } from "../../network/shapes.ts";
import { encodeWeights } from "./tfjs-weights.ts";

/** A flat functional Keras model: one layer per node, activations that Keras 2 lacks as layers of their own. */
export function writeLayersModel(network: Network): { modelJson: object; weights: Uint8Array } {
  const shapes = inferShapes(network);
  const layers: object[] = [
    layer("InputLayer", network.input.name, [], {
      batch_input_shape: [null, ...network.input.shape],
      dtype: "float32",
      sparse: false,
    }),
  ];
  const weights = new Map<string, Weight>();
  /** Node's name → name of the layer that gives its result. */
  const results = new Map([[network.input.name, network.input.name]]);
  for (const node of network.nodes) {
    const inputs = node.inputs.map((name) => results.get(name) ?? name);
    const { className, config, weights: own } = describe(node, shapes.get(node.inputs[0] ?? "") ?? []);
    layers.push(layer(className, node.name, inputs, config));
    for (const [part, weight] of own) weights.set(`${node.name}/${part}`, weight);
    const activation = "activation" in node.attributes ? node.attributes.activation : null;
    if (activation) {
      const name = `${node.name}_${activation.toLowerCase()}`;
      layers.push(layer(...activationLayer(activation, name, [node.name])));
      results.set(node.name, name);
    } else {
      results.set(node.name, node.name);
    }
  }
  const { manifest, bytes } = encodeWeights(weights);
  const config = {
    name: network.name,
    layers,
    input_layers: [[network.input.name, 0, 0]],
    output_layers: [[results.get(network.output) ?? network.output, 0, 0]],
  };
  const modelJson = {
    format: "layers-model",
    generatedBy: "Headstart",
    convertedBy: null,
    modelTopology: { class_name: "Model", config, keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" },
    weightsManifest: manifest,
  };
  return { modelJson, weights: bytes };
}

interface Description {
  readonly className: string;
  readonly config: object;
  readonly weights: readonly (readonly [string, Weight])[];
}

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
        weights: [
          ...(gamma ? ([["gamma", gamma]] as const) : []),
          ...(beta ? ([["beta", beta]] as const) : []),
          ["moving_mean", mean],
          ["moving_variance", variance],
        ],
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
        weights: Object.entries(node.weights),
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
    case "Softmax": {
      const [className, , , config] = activationLayer(node.op, node.name, node.inputs);
      return without(className, config);
    }
  }
}

/** Counted from 1, the batch being 0. */
function sharedAxes(shape: readonly number[]): number[] | null {
  const axes = shape.flatMap((length, at) => (length === 1 ? [at + 1] : []));
  return axes.length ? axes : null;
}

function activationLayer(
  op: ActivationNode["op"],
  name: string,
  inputs: readonly string[],
): [string, string, readonly string[], object] {
  return op === "Relu6"
    ? ["ReLU", name, inputs, { max_value: 6 }]
    : ["Activation", name, inputs, { activation: op.toLowerCase() }];
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

function parts({ weights }: Weighted, kernelName: string): (readonly [string, Weight])[] {
  return [[kernelName, weights.kernel], ...(weights.bias ? ([["bias", weights.bias]] as const) : [])];
}

function layer(className: string, name: string, inputs: readonly string[], config: object): object {
  return {
    name,
    class_name: className,
    config: { name, trainable: true, ...config },
    inbound_nodes: inputs.length ? [inputs.map((input) => [input, 0, 0, {}])] : [],
  };
}
