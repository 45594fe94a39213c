import type { EpochResult } from "./history.ts";
import type { Monitor, TrainingSettings } from "./settings.ts";

export type StoppingSettings = Pick<TrainingSettings, "patience" | "minDelta" | "monitor" | "warmUp">;

export interface EarlyStopping {
  /** Tells what an epoch came to; epochs are told in order. */
  update(
    result: Pick<EpochResult, "epoch" | "validationLoss" | "validationAccuracy">,
  ): EarlyStoppingState & { /** Best so far. */ readonly improved: boolean };
  /** How things stand after an epoch that was told, or before the first. */
  after(epoch: number): EarlyStoppingState;
  /** What it remembers, to go on from later. */
  memory(): EarlyStoppingMemory;
}

export interface EarlyStoppingState {
  readonly shouldStop: boolean;
  readonly bestEpoch: number;
  /** Epochs since the best one. */
  readonly sinceBest: number;
}

/** Plain data. */
export interface EarlyStoppingMemory {
  /** The last epoch that patience does not count: 0, or the head's last when fine-tuning. */
  readonly patienceFrom: number;
  readonly bestEpoch: number;
  /** The lower the better, see `watched`; infinite before the first that was watched. */
  readonly bestValue: number;
}

/** Of a training that has not begun. */
export const NOTHING_SEEN: EarlyStoppingMemory = { patienceFrom: 0, bestEpoch: 1, bestValue: Number.POSITIVE_INFINITY };

/** What early stopping looks at; the lower the better. */
export function watched(
  { validationLoss, validationAccuracy }: Pick<EpochResult, "validationLoss" | "validationAccuracy">,
  monitor: Monitor,
): number {
  return monitor === "loss" ? validationLoss : -validationAccuracy;
}

/**
 * Stops when what is watched has not become better than its best by more than `minDelta` for `patience` epochs, as Keras's
 * `EarlyStopping(restore_best_weights=True, start_from_epoch=warmUp)` does. What is no number is no improvement. Of the
 * epochs of the warm-up, which are not watched, the last is the best.
 */
export function createEarlyStopping(
  { patience, minDelta, monitor, warmUp }: StoppingSettings,
  { patienceFrom, ...before }: EarlyStoppingMemory = NOTHING_SEEN,
): EarlyStopping {
  let { bestEpoch, bestValue } = before;
  const after = (epoch: number) => {
    const sinceBest = epoch - Math.max(bestEpoch, patienceFrom);
    return { shouldStop: epoch > patienceFrom && sinceBest >= patience, bestEpoch, sinceBest };
  };
  return {
    update(result) {
      const { epoch } = result;
      const warmsUp = epoch <= warmUp;
      const value = watched(result, monitor);
      const improved = warmsUp || value + minDelta < bestValue;
      if (improved) bestEpoch = epoch;
      if (improved && !warmsUp) bestValue = value;
      return { improved, ...after(epoch) };
    },
    after,
    memory: () => ({ patienceFrom, bestEpoch, bestValue }),
  };
}
