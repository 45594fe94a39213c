/** How a model that was read from its layers is fed. */
import {
  type Feeding,
  LESS_MEAN_COLOUR,
  LESS_MEAN_OVER_DEVIATION,
  MINUS_ONE_TO_ONE,
} from "../../network/architectures/architecture.ts";
import { AS_THEY_ARE, ZERO_TO_ONE } from "../../network/feedings.ts";
import type { Network } from "../../network/network.ts";
import type { KerasTopology } from "./keras-topology.ts";

/** Keras's networks without scaling of their own, by the names that Keras gives them. */
const BY_NAME: readonly (readonly [RegExp, Feeding])[] = [
  [/^densenet(121|169|201)$/, LESS_MEAN_OVER_DEVIATION],
  [/^(vgg(16|19)|resnet(50|101|152))$/, LESS_MEAN_COLOUR],
  [/^(mobilenet(v2)?_\d|inception_(v3|resnet_v2)$|(xception|nasnet|resnet(50|101|152)v2)$)/i, MINUS_ONE_TO_ONE],
];

/**
 * As its first layers tell: 0..255 when they scale pixels by themselves, 0..1 when they normalise such ones. Otherwise as Keras
 * feeds its network of that name; null when it is none.
 */
export function toldFeeding({ range, models }: Pick<KerasTopology, "range" | "models">): Feeding | null {
  if (range === "0 to 255") return AS_THEY_ARE;
  if (range === "0 to 1") return ZERO_TO_ONE;
  const known = BY_NAME.find(([name]) => models.some((model) => name.test(model)));
  return known?.[1] ?? null;
}

/**
 * Of a network of operations: as what scales its input first tells, and null when nothing does. A factor far below 1 is for
 * 0..255, and so is taking a mean colour away; a larger factor normalises 0..1.
 */
export function scaledFeeding({ input, nodes }: Network): Feeding | null {
  let [name, gain, shift, isScaled] = [input.name, 1, 0, false];
  for (;;) {
    const takers = nodes.filter(({ inputs }) => inputs.includes(name));
    const [taker] = takers;
    if (!taker || takers.length > 1 || taker.op !== "FusedBatchNormV3" || taker.attributes.epsilon !== 0) break;
    const { gamma, beta } = taker.weights;
    const [factor, offset] = [largest(gamma?.data), largest(beta?.data)];
    [name, gain, shift, isScaled] = [taker.name, gain * factor, Math.max(shift * factor, offset), true];
  }
  if (!isScaled) return null;
  return gain < 0.1 || shift > 10 ? AS_THEY_ARE : ZERO_TO_ONE;
}

function largest(values: Float32Array = new Float32Array()): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
