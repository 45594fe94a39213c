/** Training in sentences. */
import type { EpochResult, TrainingOutcome } from "./history.ts";
import type { TrainingSettings } from "./settings.ts";

export interface Progress {
  readonly bestEpoch: number;
  readonly sinceBest: number;
  /** The one that training ends with if nothing stops it before. */
  readonly lastEpoch: number;
}

/** “Epoch 7 of 100, validation loss 0.1234, best epoch 5, patience 2 of 10” */
export function describeProgress(
  latest: EpochResult,
  { bestEpoch, sinceBest, lastEpoch }: Progress,
  { patience }: Pick<TrainingSettings, "patience">,
): string {
  const loss = latest.validationLoss.toFixed(4);
  return `Epoch ${latest.epoch} of ${lastEpoch}, validation loss ${loss}, best epoch ${bestEpoch}, patience ${sinceBest} of ${patience}`;
}

/** Why training stopped, and what was kept. */
export function describeOutcome(outcome: TrainingOutcome, { patience }: TrainingSettings): string {
  const kept = `kept epoch ${outcome.bestEpoch}`;
  switch (outcome.reason) {
    case "early":
      return `Stopped early at epoch ${outcome.epochs}: no improvement for ${patience} epochs; ${kept}`;
    case "finished":
      return `Finished ${outcome.epochs} epochs; ${kept}`;
    case "user":
      return `Stopped by you; ${kept}`;
  }
}
