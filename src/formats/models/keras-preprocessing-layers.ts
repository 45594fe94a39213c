/** Keras layers that prepare photos. What they do to each channel, and to the photo's edges, becomes part of the network. */
import * as v from "valibot";
import type { NetworkNode } from "../../network/network.ts";
import { scaleAndOffset } from "../../network/scaling.ts";
import { FormatError } from "../errors.ts";
import { channelsLast, type LayerContext, parse, refuseAxis } from "./keras-layer-config.ts";
import { perChannel } from "./keras-weighted-layers.ts";

const numbers = v.union([v.number(), v.array(v.number())]);
const side = v.pipe(v.number(), v.integer(), v.minValue(1));
const Size = v.object({
  height: side,
  width: side,
  pad_to_aspect_ratio: v.optional(v.literal(false), false),
  data_format: channelsLast,
});
/** Numbers for the channels, as deep in lists as an array's first dimensions are. */
const nested: v.GenericSchema<unknown, unknown> = v.unknown();

export const PREPROCESSING_LAYERS: Readonly<Record<string, (layer: LayerContext) => NetworkNode[]>> = {
  Rescaling(layer) {
    const config = parse(v.object({ scale: numbers, offset: v.optional(numbers, 0) }), layer);
    return [scaleAndOffset(...placeOf(layer), config.scale, config.offset)];
  },
  Normalization(layer) {
    const config = parse(
      v.object({
        axis: v.nullish(v.union([v.number(), v.array(v.number())]), -1),
        mean: v.nullish(nested),
        variance: v.nullish(nested),
        invert: v.optional(v.boolean(), false),
      }),
      layer,
    );
    const rank = layer.inputShape.length;
    const [axis = -1, ...more] = [config.axis ?? []].flat();
    if (more.length || (axis !== -1 && axis !== rank)) refuseAxis(layer, more[0] ?? axis);
    const given = config.mean != null && config.variance != null;
    const part = (name: "mean" | "variance", at: number) => {
      const data = given ? Float32Array.from(flat(config[name])) : layer.weight(name, at).data;
      const values = perChannel({ shape: [data.length], data }, layer);
      return (channel: number) => (typeof values === "number" ? values : (values[channel] ?? Number.NaN));
    };
    const [mean, variance] = [part("mean", 0), part("variance", 1)];
    const [name, input, channels] = placeOf(layer);
    // Agrees with Keras, which keeps a deviation from being less than its epsilon of 1e-7.
    const deviation = (channel: number) => Math.max(Math.sqrt(variance(channel)), 1e-7);
    const each = (value: (channel: number) => number) => Array.from({ length: channels }, (_, at) => value(at));
    return [
      config.invert
        ? scaleAndOffset(name, input, channels, each(deviation), each(mean))
        : scaleAndOffset(
            ...([name, input, channels] as const),
            each((at) => 1 / deviation(at)),
            each((at) => -mean(at) / deviation(at)),
          ),
    ];
  },
  CenterCrop(layer) {
    const { height, width } = parse(v.object({ height: side, width: side, data_format: channelsLast }), layer);
    const [fromHeight = 0, fromWidth = 0] = layer.inputShape;
    if (fromHeight === height && fromWidth === width) return [];
    const sides = (from: number, to: number) => {
      const before = Math.floor((from - to) / 2);
      return [before, from - to - before] as const;
    };
    const cropping = [sides(fromHeight, height), sides(fromWidth, width)] as const;
    return [{ name: layer.name, op: "Crop", inputs: layer.inputs, attributes: { cropping }, weights: {} }];
  },
  /** Of a photo it is part of how the photo is prepared; see `keras-topology`. */
  Resizing: sameSizeOnly,
  /** Used, and not trained, it cuts out the centre of what it has scaled. */
  RandomCrop: sameSizeOnly,
};

function sameSizeOnly(layer: LayerContext): NetworkNode[] {
  const { height, width } = parse(Size, layer);
  const [fromHeight, fromWidth] = layer.inputShape;
  if (fromHeight === height && fromWidth === width) return [];
  const from = [fromHeight ?? 0, fromWidth ?? 0];
  throw new FormatError({
    code: "keras/resizing",
    layer: layer.name,
    type: layer.className,
    from,
    to: [height, width],
  });
}

function placeOf({ name, inputs: [input = ""], inputShape }: LayerContext): [string, string, number] {
  return [name, input, inputShape.at(-1) ?? 0];
}

function flat(values: unknown): number[] {
  return Array.isArray(values) ? values.flatMap(flat) : [Number(values)];
}
