/** Training, after the fit: probabilities that are as sure as the validation photos allow. */

import type { Prediction } from "../../evaluation/report.ts";
import { sharpnessBy } from "../../evaluation/temperature.ts";
import type { Classifier } from "../../network/model.ts";
import type { Network } from "../../network/network.ts";
import { sharpen } from "../../network/sharpen.ts";
import type { TrainingOutcome } from "../../training/history.ts";

/**
 * What a classifier's logits are to be multiplied by; 1 where nothing is to be done. A solved head whose penalty was chosen
 * by the loss on held-out photos is as sure as it should be already: on four sets of photos, a temperature on top of that
 * made its probabilities no better, and with five photos per class worse.
 *
 * @param validation what is said of the validation photos by a classifier that was not fitted to them
 */
export function sharpnessFor(validation: readonly Prediction[], { solved }: Pick<TrainingOutcome, "solved">): number {
  const isChosen = solved?.chosenBy === "cross-validation" || solved?.chosenBy === "validation";
  return isChosen || validation.length === 0 ? 1 : sharpnessBy(validation);
}

export function sharpenHead(head: Network, sharpness: number): Network {
  const sharp = sharpness === 1 ? head : sharpen(head, sharpness);
  if (!sharp) throw new RangeError("A head ends in a dense layer and its softmax.");
  return sharp;
}

export function sharpenClassifier(classifier: Classifier, sharpness: number): Classifier {
  return sharpness === 1 ? classifier : { ...classifier, network: sharpenHead(classifier.network, sharpness) };
}
