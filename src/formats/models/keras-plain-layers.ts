/** Keras layers that rearrange, pool, combine or activate, without weights. */
import * as v from "valibot";
import type { NetworkNode } from "../../network/network.ts";
import { activationNodes, activationOf } from "./keras-activations.ts";
import { activation, channelsLast, type LayerContext, Pool, parse, refuseAxis } from "./keras-layer-config.ts";

export const PLAIN_LAYERS: Readonly<Record<string, (layer: LayerContext) => NetworkNode[]>> = {
  Activation(layer) {
    const config = parse(v.object({ activation }), layer);
    const [input = ""] = layer.inputs;
    const place = { name: layer.name, input, channels: layer.inputShape.at(-1) ?? 0 };
    return activationNodes(activationOf(config.activation, layer), place);
  },
  ZeroPadding2D(layer) {
    const config = parse(v.object({ padding: Sides, data_format: channelsLast }), layer);
    const attributes = { paddings: spread(config.padding) };
    return [{ name: layer.name, op: "Pad", inputs: layer.inputs, attributes, weights: {} }];
  },
  Cropping2D(layer) {
    const config = parse(v.object({ cropping: Sides, data_format: channelsLast }), layer);
    const attributes = { cropping: spread(config.cropping) };
    return [{ name: layer.name, op: "Crop", inputs: layer.inputs, attributes, weights: {} }];
  },
  MaxPooling2D: (layer) => [pool(layer, "MaxPool")],
  AveragePooling2D: (layer) => [pool(layer, "AvgPool")],
  GlobalAveragePooling2D: (layer) => [globalPool(layer, "Mean")],
  GlobalMaxPooling2D: (layer) => [globalPool(layer, "Max")],
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

function pool(layer: LayerContext, op: "MaxPool" | "AvgPool"): NetworkNode {
  const config = parse(Pool, layer);
  const attributes = {
    windowSize: config.pool_size,
    strides: config.strides ?? config.pool_size,
    padding: config.padding,
  };
  return { name: layer.name, op, inputs: layer.inputs, attributes, weights: {} };
}

function globalPool(layer: LayerContext, op: "Mean" | "Max"): NetworkNode {
  const config = parse(v.object({ data_format: channelsLast, keepdims: v.optional(v.boolean(), false) }), layer);
  return { name: layer.name, op, inputs: layer.inputs, attributes: { keepDimensions: config.keepdims }, weights: {} };
}

function reshape(layer: LayerContext, shape: readonly number[]): NetworkNode {
  return { name: layer.name, op: "Reshape", inputs: layer.inputs, attributes: { shape }, weights: {} };
}

type Sides = readonly [number, number];
const pair = v.tuple([v.number(), v.number()]);
const Sides = v.union([v.number(), pair, v.tuple([pair, pair])]);

function spread(sides: number | Sides | readonly [Sides, Sides]): readonly [Sides, Sides] {
  if (typeof sides === "number") return spread([sides, sides]);
  const [vertical, horizontal] = sides;
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
