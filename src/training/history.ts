/** The history of a training run. */

export interface EpochResult {
  /** 1-based. */
  readonly epoch: number;
  /** Mean categorical cross-entropy, in nats. */
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** 0..1. */
  readonly trainAccuracy: number;
  readonly validationAccuracy: number;
}

export type StopReason = "early" | "finished" | "converged" | "user";

export interface TrainingOutcome {
  readonly reason: StopReason;
  /** Epochs run, of which `bestEpoch` (1-based) was kept. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly history: readonly EpochResult[];
  /** Of these, epochs in which only the head was fitted; the others fine-tuned the base too. */
  readonly headEpochs: number;
  /** Where the head was solved; left out where it was trained by gradient. */
  readonly solved?: Solved;
  /** Photos, of training and validation, that the classifier was fitted to again after all; left out where it was not. */
  readonly fittedAgainTo?: number;
}

/** How strong the penalty λ·Σw² was, and what it was chosen by. */
export interface Solved {
  readonly l2: number;
  readonly chosenBy: "setting" | "cross-validation" | "validation" | "nothing";
}
