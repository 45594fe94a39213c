/** How a model that was read from its layers is fed. */
import {
  type Feeding,
  LESS_MEAN_COLOUR,
  LESS_MEAN_OVER_DEVIATION,
  MINUS_ONE_TO_ONE,
} from "../../network/architectures/architecture.ts";
import type { KerasTopology } from "./keras-topology.ts";

const AS_THEY_ARE: Feeding = { channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0] };
const ZERO_TO_ONE: Feeding = { channelOrder: "RGB", scale: [1 / 255, 1 / 255, 1 / 255], offset: [0, 0, 0] };

/** Keras's networks that are fed otherwise than most, by the names that Keras gives them. */
const BY_NAME: readonly (readonly [RegExp, Feeding])[] = [
  [/^densenet(121|169|201)$/, LESS_MEAN_OVER_DEVIATION],
  [/^(vgg(16|19)|resnet(50|101|152))$/, LESS_MEAN_COLOUR],
];

/**
 * As its first layers tell: 0..255 when they scale pixels by themselves, 0..1 when they normalise such ones. Otherwise as Keras
 * feeds its network of that name, and −1..1 when it is none.
 */
export function feedingOf({ range, models }: Pick<KerasTopology, "range" | "models">): Feeding {
  if (range === "0 to 255") return AS_THEY_ARE;
  if (range === "0 to 1") return ZERO_TO_ONE;
  const known = BY_NAME.find(([name]) => models.some((model) => name.test(model)));
  return known?.[1] ?? MINUS_ONE_TO_ONE;
}
