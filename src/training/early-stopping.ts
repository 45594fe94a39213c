export interface EarlyStopping {
  /** Tells an epoch's validation loss; epochs are 1-based and told in order. */
  update(epoch: number, validationLoss: number): EarlyStoppingState;
}

export interface EarlyStoppingState {
  /** Whether this epoch is the best so far. */
  readonly improved: boolean;
  readonly shouldStop: boolean;
  readonly bestEpoch: number;
  /** Epochs since the best one. */
  readonly sinceBest: number;
}

/** Where training that goes on from an earlier one begins. */
export interface EpochsBefore {
  /** The last one. Patience counts from here. */
  readonly epoch: number;
  readonly bestEpoch: number;
  readonly bestLoss: number;
}

/**
 * Stops when the validation loss has not fallen by more than `minDelta` below its best for `patience` epochs, as Keras's
 * `EarlyStopping(monitor="val_loss", restore_best_weights=True)` does. A loss that is no number is no improvement.
 */
export function createEarlyStopping(
  { patience, minDelta }: { patience: number; minDelta: number },
  before: EpochsBefore = { epoch: 0, bestEpoch: 1, bestLoss: Number.POSITIVE_INFINITY },
): EarlyStopping {
  let best = before.bestLoss;
  let { bestEpoch } = before;
  return {
    update(epoch, validationLoss) {
      const improved = validationLoss < best - minDelta;
      if (improved) {
        best = validationLoss;
        bestEpoch = epoch;
      }
      const sinceBest = epoch - Math.max(bestEpoch, before.epoch);
      return { improved, shouldStop: sinceBest >= patience, bestEpoch, sinceBest };
    },
  };
}
