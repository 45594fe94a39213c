/** What a run's loss curves mean, in one finding. */
import type { EpochResult, TrainingOutcome } from "./history.ts";
import type { TrainingSettings } from "./settings.ts";

export type CurveMeaning =
  /** The training loss rose, or swung: steps are too large. */
  | { readonly meaning: "rate-too-high"; readonly tuning: boolean }
  /** After all epochs the training loss is still that of a guess. */
  | { readonly meaning: "nothing-learned"; readonly solved: boolean }
  /** The last epochs were still the best by a good deal. */
  | { readonly meaning: "still-improving" }
  /** The validation loss rose again while the training loss fell. `since` is the best epoch. */
  | { readonly meaning: "overfitting"; readonly since: number }
  /** Validation photos are told better than those that were learned from. */
  | { readonly meaning: "validation-easier"; readonly reason: EasierReason }
  /** Both losses fell until they no longer did. */
  | { readonly meaning: "settled" };

/** The likeliest one: what makes training photos harder comes first. */
export type EasierReason = "augmentation" | "dropout" | "few-photos" | "alike";

export interface Curves extends Pick<TrainingOutcome, "history" | "bestEpoch" | "headEpochs" | "reason" | "solved"> {
  readonly settings: Pick<TrainingSettings, "augmentation" | "dropout">;
  readonly classes: number;
  readonly validationPhotos: number;
}

/** Fewer epochs show no course. */
const FEWEST_EPOCHS = 5;
const FEW_PHOTOS = 30;

/**
 * null where there is too little to say: few epochs, or no validation photos. Where fine-tuning followed, its own epochs are
 * looked at.
 */
export function curveMeaning({ headEpochs, history, validationPhotos, ...run }: Curves): CurveMeaning | null {
  const tuning = history.length > headEpochs;
  const epochs = tuning ? history.slice(headEpochs) : history;
  const best = history[run.bestEpoch - 1];
  const last = epochs.at(-1);
  if (!best || !last || epochs.length < FEWEST_EPOCHS || validationPhotos === 0) return null;
  if (swings(epochs)) return { meaning: "rate-too-high", tuning };
  if (isGuess(last, run.classes)) return { meaning: "nothing-learned", solved: run.solved !== undefined && !tuning };
  if (isOverfitted(best, last)) return { meaning: "overfitting", since: best.epoch };
  if (isStillFalling(epochs, run.reason)) return { meaning: "still-improving" };
  if (isEasier(best)) return { meaning: "validation-easier", reason: reasonOf(run.settings, validationPhotos) };
  return { meaning: "settled" };
}

/** By a tenth or more: less is the noise of a few photos. */
const RISE = 1.1;

/** Whether every third epoch or more of the later half is worse by a tenth than the one before, or the end is worse than the start. */
function swings(epochs: readonly EpochResult[]): boolean {
  const later = epochs.slice(Math.floor(epochs.length / 2));
  const rises = later.filter(({ trainLoss }, at) => at > 0 && trainLoss > RISE * (later[at - 1]?.trainLoss ?? 0));
  const [first, last] = [epochs[0], epochs.at(-1)];
  // A loss near zero swings by nothing that matters.
  const matters = later.some(({ trainLoss }) => trainLoss > 0.05);
  return matters && (3 * rises.length >= later.length || (last?.trainLoss ?? 0) > RISE * (first?.trainLoss ?? 0));
}

/** The cross-entropy of saying the same of everything is ln(classes) where all classes are as common, and less elsewhere. */
function isGuess({ trainLoss }: EpochResult, classes: number): boolean {
  return trainLoss > 0.97 * Math.log(classes);
}

function isOverfitted(best: EpochResult, last: EpochResult): boolean {
  return last.validationLoss > RISE * best.validationLoss && last.trainLoss < best.trainLoss;
}

/** Whether the last tenth of the epochs, which neither early stopping nor the solver ended, lowered the validation loss by more than a hundredth. */
function isStillFalling(epochs: readonly EpochResult[], reason: TrainingOutcome["reason"]): boolean {
  if (reason === "early" || reason === "converged") return false;
  const tenth = Math.max(1, Math.round(epochs.length / 10));
  const before = epochs.at(-1 - tenth)?.validationLoss ?? 0;
  return (epochs.at(-1)?.validationLoss ?? 0) < 0.99 * before;
}

/** An epoch's training loss is that of its course and lags behind by half an epoch: a fifth is more than that. */
function isEasier({ trainLoss, validationLoss, trainAccuracy, validationAccuracy }: EpochResult): boolean {
  return validationLoss < 0.8 * trainLoss && validationAccuracy > trainAccuracy;
}

function reasonOf({ augmentation, dropout }: Curves["settings"], validationPhotos: number): EasierReason {
  if (augmentation !== "none") return "augmentation";
  if (dropout > 0) return "dropout";
  return validationPhotos < FEW_PHOTOS ? "few-photos" : "alike";
}
