/** Keras's activations, by name or as layers of their own. */
import * as v from "valibot";
import type { Activation, NetworkNode } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { type ActivationSpec, type LayerContext, parse } from "./keras-layer-config.ts";
import {
  bare,
  elu,
  geluByTanh,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  limitedRelu,
  type Place,
  silu,
} from "./keras-nodes.ts";

/** What an activation is made of: a function that other nodes can apply to their own result, or nodes. null for none. */
type Made = Activation | ((place: Place) => NetworkNode[]) | null;

/** Klambauer et al. 2017, “Self-Normalizing Neural Networks”. */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

const BY_NAME: Readonly<Record<string, (layer: LayerContext) => Made>> = {
  linear: () => null,
  relu: () => "Relu",
  relu6: () => "Relu6",
  sigmoid: () => "Sigmoid",
  tanh: () => "Tanh",
  elu: () => "Elu",
  selu: () => (place) => elu(place, SELU.alpha, SELU.scale),
  softmax: () => softmax,
  swish: () => silu,
  silu: () => silu,
  // Keras 3 has the paper's slope; Keras 2 and TensorFlow.js have another.
  hard_sigmoid: (layer) => (place) => hardSigmoid(place, layer.isKeras3 ? 1 / 6 : 0.2),
  hardSigmoid: () => (place) => hardSigmoid(place, 0.2),
  hard_swish: () => hardSwish,
  hard_silu: () => hardSwish,
  gelu: () => gelu,
  gelu_new: () => geluByTanh,
  leaky_relu: () => (place) => leakyRelu(place, 0.2),
};

/** Layers that do nothing but apply a function. Of their weights, see `PReLU` in `keras-layers`. */
export const ACTIVATION_LAYERS: Readonly<Record<string, (layer: LayerContext) => Made>> = {
  ReLU(layer) {
    const limit = v.nullish(v.pipe(v.number(), v.minValue(Number.MIN_VALUE)));
    const config = parse(
      v.object({ max_value: limit, negative_slope: v.nullish(v.number()), threshold: v.nullish(v.number()) }),
      layer,
    );
    const { max_value: most, negative_slope: slope } = config;
    if (config.threshold || (slope && most != null)) {
      throw new FormatError({ code: "keras/relu-threshold", layer: layer.name });
    }
    if (slope) return (place) => leakyRelu(place, slope);
    if (most == null) return "Relu";
    return most === 6 ? "Relu6" : (place) => limitedRelu(place, most);
  },
  LeakyReLU(layer) {
    const slope = v.optional(v.number());
    const { alpha, negative_slope } = parse(v.object({ alpha: slope, negative_slope: slope }), layer);
    return (place) => leakyRelu(place, negative_slope ?? alpha ?? 0.3);
  },
  ELU(layer) {
    const { alpha } = parse(v.object({ alpha: v.optional(v.number(), 1) }), layer);
    return alpha === 1 ? "Elu" : (place) => elu(place, alpha);
  },
  Softmax(layer) {
    const { axis } = parse(v.object({ axis: v.optional(v.number(), -1) }), layer);
    if (axis !== -1) throw new FormatError({ code: "keras/axis", layer: layer.name, type: layer.className, axis });
    return softmax;
  },
  GELU(layer) {
    const { approximate } = parse(v.object({ approximate: v.optional(v.boolean(), false) }), layer);
    return approximate ? geluByTanh : gelu;
  },
};

/** The activation that a layer's configuration names or describes. */
export function activationOf(spec: ActivationSpec, layer: LayerContext): Made {
  const [name, config] = typeof spec === "string" ? [spec, {}] : [spec.class_name, spec.config];
  if (name === "function" && typeof config === "string") return activationOf(config, layer);
  const table = typeof spec === "string" ? BY_NAME : ACTIVATION_LAYERS;
  const make = Object.hasOwn(table, name) ? table[name] : undefined;
  if (make) return make({ ...layer, config });
  throw new FormatError({ code: "keras/activation", layer: layer.name, type: layer.className, activation: name });
}

/** The nodes of an activation that stands by itself. None for one that does nothing. */
export function activationNodes(made: Made, place: Place): NetworkNode[] {
  if (made === null) return [];
  return typeof made === "string" ? [bare(place.name, made, place.input)] : made(place);
}

/** A node with the activation that follows it, as its own or as nodes behind it. @param channels of its result */
export function activated(
  spec: ActivationSpec,
  layer: LayerContext,
  channels: number,
  make: (name: string, fused: Activation | null) => NetworkNode,
): NetworkNode[] {
  const made = activationOf(spec, layer);
  if (typeof made !== "function") return [make(layer.name, made)];
  const linear = `${layer.name}_linear`;
  return [make(linear, null), ...made({ name: layer.name, input: linear, channels })];
}

function softmax({ name, input }: Place): NetworkNode[] {
  return [bare(name, "Softmax", input)];
}

function gelu({ name, input }: Place): NetworkNode[] {
  return [bare(name, "Gelu", input)];
}
