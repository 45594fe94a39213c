/** Keras layer configurations, as `model.json` files hold them, turned into network nodes. One function per layer class. */
import * as v from "valibot";
import type { Activation, ConvolutionAttributes, NetworkNode } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import {
  activation,
  activationNamed,
  channelsLast,
  type LayerContext,
  Pool,
  parse,
  refuseAxis,
  Windowed,
} from "./keras-layer-config.ts";

/** The nodes that do what the layer does, in order; the last one gives its result. None for a layer that does nothing. */
export function translateLayer(layer: LayerContext): NetworkNode[] {
  const translate = Object.hasOwn(TRANSLATORS, layer.className) ? TRANSLATORS[layer.className] : undefined;
  if (!translate) {
    const known = Object.keys(TRANSLATORS);
    throw new FormatError({ code: "keras/unknown-layer", layer: layer.name, type: layer.className, known });
  }
  return translate(layer);
}

const TRANSLATORS: Record<string, (layer: LayerContext) => NetworkNode[]> = {
  Conv2D(layer) {
    const config = parse(v.object({ ...Windowed.entries, groups: v.optional(v.literal(1), 1) }), layer);
    const weights = {
      kernel: layer.weight("kernel", 0),
      ...(config.use_bias ? { bias: layer.weight("bias", 1) } : {}),
    };
    const { name, inputs } = layer;
    return activated(config.activation, layer, (fused) => ({
      ...{ name, op: "Conv2D", inputs, weights, attributes: convolution(config, fused) },
    }));
  },
  DepthwiseConv2D(layer) {
    const config = parse(Windowed, layer);
    const kernel = layer.weight("depthwise_kernel", 0);
    const weights = { kernel, ...(config.use_bias ? { bias: layer.weight("bias", 1) } : {}) };
    const { name, inputs } = layer;
    return activated(config.activation, layer, (fused) => ({
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
    const pointwise = activated(config.activation, layer, (fused) => ({
      name: layer.name,
      op: "Conv2D",
      inputs: [depthwise.name],
      attributes: { strides: [1, 1], padding: "VALID", dilations: [1, 1], activation: fused },
      weights,
    }));
    return [depthwise, ...pointwise];
  },
  Dense(layer) {
    const config = parse(v.object({ use_bias: v.optional(v.boolean(), true), activation }), layer);
    const weights = {
      kernel: layer.weight("kernel", 0),
      ...(config.use_bias ? { bias: layer.weight("bias", 1) } : {}),
    };
    const { name, inputs } = layer;
    return activated(config.activation, layer, (fused) => ({
      ...{ name, op: "MatMul", inputs, weights, attributes: { activation: fused } },
    }));
  },
  BatchNormalization(layer) {
    const rank = layer.inputShape.length;
    const axis = v.union([
      v.number(),
      v.pipe(
        v.tuple([v.number()]),
        v.transform(([only]) => only),
      ),
    ]);
    const config = parse(
      v.object({
        axis: v.optional(axis, -1),
        epsilon: v.optional(v.number(), 1e-3),
        center: v.optional(v.boolean(), true),
        scale: v.optional(v.boolean(), true),
      }),
      layer,
    );
    if (config.axis !== -1 && config.axis !== rank) refuseAxis(layer, config.axis);
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
  },
  ReLU(layer) {
    const config = parse(
      v.object({
        max_value: v.nullish(v.number()),
        negative_slope: v.nullish(v.number()),
        threshold: v.nullish(v.number()),
      }),
      layer,
    );
    if (config.negative_slope || config.threshold)
      throw new FormatError({ code: "keras/relu-slope", layer: layer.name });
    if (config.max_value != null && config.max_value !== 6) {
      throw new FormatError({ code: "keras/relu-limit", layer: layer.name, limit: config.max_value });
    }
    return [bare(layer, config.max_value === 6 ? "Relu6" : "Relu")];
  },
  Activation(layer) {
    const config = parse(v.object({ activation: v.string() }), layer);
    const op = activationNamed(config.activation, layer);
    return op === null ? [] : [bare(layer, op)];
  },
  Softmax(layer) {
    const config = parse(v.object({ axis: v.optional(v.number(), -1) }), layer);
    if (config.axis !== -1) refuseAxis(layer, config.axis);
    return [bare(layer, "Softmax")];
  },
  ZeroPadding2D(layer) {
    const sides = v.tuple([v.number(), v.number()]);
    const config = parse(
      v.object({ padding: v.union([v.number(), sides, v.tuple([sides, sides])]), data_format: channelsLast }),
      layer,
    );
    return [
      {
        name: layer.name,
        op: "Pad",
        inputs: layer.inputs,
        attributes: { paddings: spread(config.padding) },
        weights: {},
      },
    ];
  },
  MaxPooling2D: (layer) => [pool(layer, "MaxPool")],
  AveragePooling2D: (layer) => [pool(layer, "AvgPool")],
  GlobalAveragePooling2D(layer) {
    const config = parse(v.object({ data_format: channelsLast, keepdims: v.optional(v.boolean(), false) }), layer);
    const attributes = { keepDimensions: config.keepdims };
    return [{ name: layer.name, op: "Mean", inputs: layer.inputs, attributes, weights: {} }];
  },
  Flatten(layer) {
    parse(v.object({ data_format: v.nullish(channelsLast) }), layer);
    return [reshape(layer, [volume(layer.inputShape)])];
  },
  Reshape(layer) {
    const { target_shape: target } = parse(v.object({ target_shape: v.array(v.nullable(v.number())) }), layer);
    const known = target.reduce<number>(
      (product, length) => (length === null || length < 0 ? product : product * length),
      1,
    );
    const shape = target.map((length) => (length === null || length < 0 ? volume(layer.inputShape) / known : length));
    return [reshape(layer, shape)];
  },
  Dropout: dropout,
  SpatialDropout2D: dropout,
  Rescaling(layer) {
    const perChannel = v.union([v.number(), v.array(v.number())]);
    const config = parse(v.object({ scale: perChannel, offset: v.optional(perChannel, 0) }), layer);
    const channels = layer.inputShape.at(-1) ?? 0;
    const spreadOut = (value: number | number[]) =>
      Float32Array.from({ length: channels }, (_, at) => (typeof value === "number" ? value : (value[at] ?? 0)));
    const kernel = { shape: [1, 1, channels, 1], data: spreadOut(config.scale) };
    const bias = { shape: [channels], data: spreadOut(config.offset) };
    const attributes = { strides: [1, 1], padding: "VALID", dilations: [1, 1], activation: null } as const;
    const { name, inputs } = layer;
    return [{ name, op: "DepthwiseConv2dNative", inputs, attributes, weights: { kernel, bias } }];
  },
  Add: (layer) => [{ name: layer.name, op: "AddV2", inputs: layer.inputs, attributes: {}, weights: {} }],
  Concatenate(layer) {
    const { axis } = parse(v.object({ axis: v.optional(v.number(), -1) }), layer);
    if (axis !== -1 && axis !== layer.inputShape.length) refuseAxis(layer, axis);
    return [{ name: layer.name, op: "ConcatV2", inputs: layer.inputs, attributes: {}, weights: {} }];
  },
};

function dropout(layer: LayerContext): NetworkNode[] {
  const { rate } = parse(v.object({ rate: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }), layer);
  return [{ name: layer.name, op: "Dropout", inputs: layer.inputs, attributes: { rate }, weights: {} }];
}

/** Keras's softmax is an operation of its own here; other activations are part of the layer's node. */
function activated(name: string, layer: LayerContext, make: (fused: Activation | null) => NetworkNode): NetworkNode[] {
  const op = activationNamed(name, layer);
  if (op !== "Softmax") return [make(op)];
  const linear = make(null);
  const inner = { ...linear, name: `${layer.name}_linear` };
  return [inner, { name: layer.name, op: "Softmax", inputs: [inner.name], attributes: {}, weights: {} }];
}

function convolution(config: v.InferOutput<typeof Windowed>, fused: Activation | null): ConvolutionAttributes {
  return { strides: config.strides, padding: config.padding, dilations: config.dilation_rate, activation: fused };
}

function pool(layer: LayerContext, op: "MaxPool" | "AvgPool"): NetworkNode {
  const config = parse(Pool, layer);
  const attributes = {
    windowSize: config.pool_size,
    strides: config.strides ?? config.pool_size,
    padding: config.padding,
  };
  return { name: layer.name, op, inputs: layer.inputs, attributes, weights: {} };
}

function bare(layer: LayerContext, op: Activation | "Softmax"): NetworkNode {
  return { name: layer.name, op, inputs: layer.inputs, attributes: {}, weights: {} };
}

function reshape(layer: LayerContext, shape: readonly number[]): NetworkNode {
  return { name: layer.name, op: "Reshape", inputs: layer.inputs, attributes: { shape }, weights: {} };
}

type Sides = readonly [number, number];

function spread(padding: number | Sides | readonly [Sides, Sides]): readonly [Sides, Sides] {
  if (typeof padding === "number") return spread([padding, padding]);
  const [vertical, horizontal] = padding;
  return typeof vertical === "number" || typeof horizontal === "number"
    ? [
        [vertical as number, vertical as number],
        [horizontal as number, horizontal as number],
      ]
    : [vertical, horizontal];
}

function volume(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
