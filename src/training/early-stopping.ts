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

/**
 * Stops when the validation loss has not fallen by more than `minDelta` below its best for `patience` epochs, as Keras's
 * `EarlyStopping(monitor="val_loss", restore_best_weights=True)` does. A loss that is no number is no improvement.
 */
export function createEarlyStopping({ patience, minDelta }: { patience: number; minDelta: number }): EarlyStopping {
  let best = Number.POSITIVE_INFINITY;
  let bestEpoch = 1;
  return {
    update(epoch, validationLoss) {
      const improved = validationLoss < best - minDelta;
      if (improved) {
        best = validationLoss;
        bestEpoch = epoch;
      }
      const sinceBest = epoch - bestEpoch;
      return { improved, shouldStop: sinceBest >= patience, bestEpoch, sinceBest };
    },
  };
}
