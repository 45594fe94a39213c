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

export type StopReason = "early" | "finished" | "user";

export interface TrainingOutcome {
  readonly reason: StopReason;
  /** Epochs run, of which `bestEpoch` (1-based) was kept. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly history: readonly EpochResult[];
  /** Of these, epochs in which only the head was fitted; the others fine-tuned the base too. */
  readonly headEpochs: number;
}
