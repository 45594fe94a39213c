/** Whether the base model is the likely reason for a modest result. */
import type { Measurements } from "../network/measurements.ts";
import { shippedEarlier } from "./earlier-base.ts";
import type { Run } from "./run.ts";

/** What the base model that ships with the app is known by, and how good it was found to be beside others. */
export interface KnownBase {
  readonly id: string;
  readonly name: string;
  /** Of the photos that it takes as it comes, in pixels. */
  readonly side: number;
  readonly measured: Measurements;
}

/** The same photos would probably be told apart better. Accuracies are means over the sets that both were tried on, 0..1. */
export type BetterBase =
  /** By another base model. */
  | { readonly kind: "base"; readonly name: string; readonly theirs: number; readonly own: number }
  /** By the same one, given larger photos. */
  | { readonly kind: "side"; readonly side: number; readonly theirs: number; readonly own: number };

/** Below this, a result leaves something to be wished for. */
const MODEST = 0.95;
/** A difference of this much shows on almost every set of photos. */
const CLEAR = 0.03;

/**
 * The better choice, where a run's result is modest and its base model is a likely reason; null otherwise.
 *
 * Modest: the whole 95 % interval of the test accuracy is below 95 %. Likely: the base was measured to be worse than the
 * one that ships, on the same sets, by 3 points or more. By less, only where the head could not even tell the photos apart
 * that it learned from: its training accuracy is below 95 % as well, so that the embeddings say too little. Fine-tuning
 * changes the base itself: then nothing is known.
 */
export function betterBase(run: Run, shipped: KnownBase): BetterBase | null {
  const { metrics, settings } = run;
  if (!metrics || metrics.accuracy.high >= MODEST || settings.fineTune) return null;
  const better = run.baseModel.id === shipped.id ? bySide(run, shipped) : byBase(run, shipped);
  if (!better || better.theirs <= better.own) return null;
  return better.theirs - better.own >= CLEAR || underfits(run) ? better : null;
}

function byBase({ baseModel, settings, classifier }: Run, { name, measured }: KnownBase): BetterBase | null {
  const side = settings.inputSize ?? classifier?.inputSize.width ?? Number.POSITIVE_INFINITY;
  const called = baseModel.id !== null && shippedEarlier(baseModel.id) ? EARLIER : baseModel.name;
  // Given smaller photos than it was measured with, it is no better.
  const own = measured.models.find((model) => model.name === called && side <= model.side);
  const theirs = measured.models.find((model) => model.name === name);
  if (!own || !theirs) return null;
  return { kind: "base", name, theirs: mean(theirs.accuracies), own: mean(own.accuracies) };
}

/** The name under which the card has the base model that shipped with earlier versions. */
const EARLIER = "MobileNetV2 0.50";

function bySide({ settings: { inputSize } }: Run, { side, measured }: KnownBase): BetterBase | null {
  if (inputSize === null || inputSize >= side) return null;
  const at = (wanted: number) => measured.sides.find((each) => each.side === wanted)?.accuracy;
  const [own, theirs] = [at(inputSize), at(side)];
  return own === undefined || theirs === undefined ? null : { kind: "side", side, theirs, own };
}

function underfits({ outcome: { history, bestEpoch } }: Run): boolean {
  const best = history.find(({ epoch }) => epoch === bestEpoch);
  return best !== undefined && best.trainAccuracy < MODEST;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
