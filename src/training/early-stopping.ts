export interface EarlyStopping {
  /** Tells an epoch's validation loss; epochs are 1-based and told in order. */
  update(
    epoch: number,
    validationLoss: number,
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
  readonly bestLoss: number;
}

/** Of a training that has not begun. */
export const NOTHING_SEEN: EarlyStoppingMemory = { patienceFrom: 0, bestEpoch: 1, bestLoss: Number.POSITIVE_INFINITY };

/**
 * Stops when the validation loss has not fallen by more than `minDelta` below its best for `patience` epochs, as Keras's
 * `EarlyStopping(monitor="val_loss", restore_best_weights=True)` does. A loss that is no number is no improvement.
 */
export function createEarlyStopping(
  { patience, minDelta }: { patience: number; minDelta: number },
  { patienceFrom, ...before }: EarlyStoppingMemory = NOTHING_SEEN,
): EarlyStopping {
  let { bestEpoch, bestLoss } = before;
  const after = (epoch: number) => {
    const sinceBest = epoch - Math.max(bestEpoch, patienceFrom);
    return { shouldStop: epoch > patienceFrom && sinceBest >= patience, bestEpoch, sinceBest };
  };
  return {
    update(epoch, validationLoss) {
      const improved = validationLoss < bestLoss - minDelta;
      if (improved) {
        bestLoss = validationLoss;
        bestEpoch = epoch;
      }
      return { improved, ...after(epoch) };
    },
    after,
    memory: () => ({ patienceFrom, bestEpoch, bestLoss }),
  };
}
