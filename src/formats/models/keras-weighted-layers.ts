/** Keras layers that have weights. */
import * as v from "valibot";
import type { Activation, ConvolutionAttributes, NetworkNode, Weight } from "../../network/network.ts";
import { scaleAndOffset } from "../../network/scaling.ts";
import { activated } from "./keras-activations.ts";
import { activation, type LayerContext, parse, refuseAxis, Windowed } from "./keras-layer-config.ts";

const PLAIN = { strides: [1, 1], padding: "VALID", dilations: [1, 1] } as const;

export const WEIGHTED_LAYERS: Readonly<Record<string, (layer: LayerContext) => NetworkNode[]>> = {
  Conv2D(layer) {
    const channels = layer.inputShape.at(-1) ?? 0;
    // One group a channel is a depthwise convolution, whose kernel holds the same numbers in the same order.
    const groups = v.optional(v.union([v.literal(1), v.literal(channels)]), 1);
    const config = parse(v.object({ ...Windowed.entries, groups }), layer);
    const kernel = layer.weight("kernel", 0);
    const weights = { kernel, ...(config.use_bias ? { bias: layer.weight("bias", 1) } : {}) };
    const { inputs } = layer;
    const [height = 0, width = 0, , filters = 0] = kernel.shape;
    if (config.groups > 1) {
      const shape = [height, width, channels, filters / channels];
      const depthwise = { ...weights, kernel: { ...kernel, shape } };
      return activated(config.activation, layer, filters, (name, fused) => ({
        ...{ name, op: "DepthwiseConv2dNative", inputs, weights: depthwise, attributes: convolution(config, fused) },
      }));
    }
    return activated(config.activation, layer, filters, (name, fused) => ({
      ...{ name, op: "Conv2D", inputs, weights, attributes: convolution(config, fused) },
    }));
  },
  DepthwiseConv2D(layer) {
    const config = parse(Windowed, layer);
    const kernel = layer.weight("depthwise_kernel", 0);
    const weights = { kernel, ...(config.use_bias ? { bias: layer.weight("bias", 1) } : {}) };
    const { inputs } = layer;
    const [, , channels = 0, multiplier = 0] = kernel.shape;
    return activated(config.activation, layer, channels * multiplier, (name, fused) => ({
      ...{ name, op: "DepthwiseConv2dNative", inputs, weights, attributes: convolution(config, fused) },
    }));
  },
  SeparableConv2D(layer) {
    const config = parse(Windowed, layer);
    const depthwise: NetworkNode = {
      name: `${layer.name}_depthwise`,
      op: "DepthwiseConv2dNative",
      inputs: layer.inputs,
      attributes: convolution(config, null),
      weights: { kernel: layer.weight("depthwise_kernel", 0) },
    };
    const kernel = layer.weight("pointwise_kernel", 1);
    const weights = { kernel, ...(config.use_bias ? { bias: layer.weight("bias", 2) } : {}) };
    const inputs = [depthwise.name];
    const pointwise = activated(config.activation, layer, kernel.shape[3] ?? 0, (name, fused) => ({
      ...{ name, op: "Conv2D", inputs, attributes: { ...PLAIN, activation: fused }, weights },
    }));
    return [depthwise, ...pointwise];
  },
  Dense(layer) {
    const config = parse(v.object({ use_bias: v.optional(v.boolean(), true), activation }), layer);
    const kernel = layer.weight("kernel", 0);
    const weights = { kernel, ...(config.use_bias ? { bias: layer.weight("bias", 1) } : {}) };
    const { inputs } = layer;
    const units = kernel.shape[1] ?? 0;
    if (layer.inputShape.length === 3) {
      // Of a map it takes each place by itself, as a convolution of one pixel does.
      const pointwise = { ...weights, kernel: { ...kernel, shape: [1, 1, ...kernel.shape] } };
      return activated(config.activation, layer, units, (name, fused) => ({
        ...{ name, op: "Conv2D", inputs, weights: pointwise, attributes: { ...PLAIN, activation: fused } },
      }));
    }
    return activated(config.activation, layer, units, (name, fused) => ({
      ...{ name, op: "MatMul", inputs, weights, attributes: { activation: fused } },
    }));
  },
  BatchNormalization: batchNormalization,
  BatchNormalizationV1: batchNormalization,
  BatchNormalizationV2: batchNormalization,
  SyncBatchNormalization: batchNormalization,
  LayerNormalization(layer) {
    const config = parse(v.object({ ...Normalised.entries, rms_scaling: v.optional(v.literal(false), false) }), layer);
    alongChannels(layer, config.axis);
    return [
      {
        name: layer.name,
        op: "LayerNorm",
        inputs: layer.inputs,
        attributes: { epsilon: config.epsilon },
        weights: {
          ...(config.scale ? { gamma: layer.weight("gamma", 0) } : {}),
          ...(config.center ? { beta: layer.weight("beta", config.scale ? 1 : 0) } : {}),
        },
      },
    ];
  },
  PReLU(layer) {
    const alpha = layer.weight("alpha", 0);
    return [{ name: layer.name, op: "Prelu", inputs: layer.inputs, attributes: {}, weights: { alpha } }];
  },
  /** Of Keras's ConvNeXt. */
  LayerScale(layer) {
    const [input = ""] = layer.inputs;
    const gamma = layer.weight("gamma", 0);
    return [scaleAndOffset(layer.name, input, layer.inputShape.at(-1) ?? 0, perChannel(gamma, layer))];
  },
};

const Normalised = v.object({
  axis: v.optional(
    v.union([
      v.number(),
      v.pipe(
        v.tuple([v.number()]),
        v.transform(([only]) => only),
      ),
    ]),
    -1,
  ),
  epsilon: v.optional(v.number(), 1e-3),
  center: v.optional(v.boolean(), true),
  scale: v.optional(v.boolean(), true),
});

function batchNormalization(layer: LayerContext): NetworkNode[] {
  const config = parse(Normalised, layer);
  alongChannels(layer, config.axis);
  const scaled = config.scale ? 1 : 0;
  const before = scaled + (config.center ? 1 : 0);
  return [
    {
      name: layer.name,
      op: "FusedBatchNormV3",
      inputs: layer.inputs,
      attributes: { epsilon: config.epsilon },
      weights: {
        mean: layer.weight("moving_mean", before),
        variance: layer.weight("moving_variance", before + 1),
        ...(config.scale ? { gamma: layer.weight("gamma", 0) } : {}),
        ...(config.center ? { beta: layer.weight("beta", scaled) } : {}),
      },
    },
  ];
}

function alongChannels(layer: LayerContext, axis: number): void {
  if (axis !== -1 && axis !== layer.inputShape.length) refuseAxis(layer, axis);
}

/** A weight's numbers, one for each channel of the layer's input. One alone stands for all. */
export function perChannel({ data }: Weight, layer: LayerContext): number | Float32Array {
  const channels = layer.inputShape.at(-1) ?? 0;
  if (data.length !== 1 && data.length !== channels) refuseAxis(layer, data.length);
  return data.length === 1 ? (data[0] ?? Number.NaN) : data;
}

function convolution(config: v.InferOutput<typeof Windowed>, fused: Activation | null): ConvolutionAttributes {
  return { strides: config.strides, padding: config.padding, dilations: config.dilation_rate, activation: fused };
}
