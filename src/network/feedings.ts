/** The usual ways in which networks are fed with pixels, to choose from where a model's files do not say. */
import {
  type Feeding,
  LESS_MEAN_COLOUR,
  LESS_MEAN_OVER_DEVIATION,
  MINUS_ONE_TO_ONE,
} from "./architectures/architecture.ts";

export const AS_THEY_ARE: Feeding = { channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0] };
export const ZERO_TO_ONE: Feeding = { channelOrder: "RGB", scale: [1 / 255, 1 / 255, 1 / 255], offset: [0, 0, 0] };

export const USUAL_FEEDINGS = {
  "minus-one-to-one": MINUS_ONE_TO_ONE,
  "zero-to-one": ZERO_TO_ONE,
  "mean-and-deviation": LESS_MEAN_OVER_DEVIATION,
  "as-they-are": AS_THEY_ARE,
  "mean-colour": LESS_MEAN_COLOUR,
} as const satisfies Readonly<Record<string, Feeding>>;

export type UsualFeeding = keyof typeof USUAL_FEEDINGS;

export const USUAL_FEEDING_NAMES = Object.keys(USUAL_FEEDINGS) as readonly UsualFeeding[];

/** Which of the usual ones it is, up to rounding in what the network gets; null when it is another. */
export function usualFeeding(feeding: Feeding): UsualFeeding | null {
  return USUAL_FEEDING_NAMES.find((name) => isSame(USUAL_FEEDINGS[name], feeding)) ?? null;
}

function isSame(one: Feeding, other: Feeding): boolean {
  if (one.channelOrder !== other.channelOrder) return false;
  const [first, second] = [endsOf(one), endsOf(other)];
  return first.every((end, at) => Math.abs(end - (second[at] ?? Number.NaN)) < 1e-4);
}

/** What black and white become, per channel. */
function endsOf({ scale, offset }: Feeding): number[] {
  return [...offset, ...offset.map((value, channel) => value + 255 * (scale[channel] ?? 0))];
}

/** The range that the pixels of every channel are brought to; null where the channels differ. */
export function commonRange({ scale, offset }: Feeding): readonly [low: number, high: number] | null {
  const [low, gain] = [offset[0], scale[0]];
  const isCommon = offset.every((value) => value === low) && scale.every((value) => value === gain);
  return isCommon ? [low, low + 255 * gain] : null;
}
