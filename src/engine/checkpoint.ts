/** What training goes on from after its device or its thread was lost. Plain data on this side of the device. */
import type { Network } from "../network/network.ts";
import type { EarlyStoppingMemory } from "../training/early-stopping.ts";
import type { EpochResult, TrainingOutcome } from "../training/history.ts";

export type Numbers = Float32Array<ArrayBuffer>;

/** What an optimizer remembers. */
export interface OptimizerState {
  readonly steps: number;
  /** An array per weight, or none where the optimizer does not use them. */
  readonly first: readonly Numbers[];
  readonly second: readonly Numbers[];
}

/** What is fitted, as the engine lists it: an array per tensor. */
export interface FitState {
  readonly weights: readonly Numbers[];
  /** Those of the best epoch; "now" when `weights` are these, "before" while no epoch was better than the head alone. */
  readonly best: readonly Numbers[] | "now" | "before";
  readonly optimizer: OptimizerState;
}

/** Where training stands between two epochs. */
export interface Standing {
  /** The last epoch that is done; 0 before the first. */
  readonly epoch: number;
  /** All epochs until then. */
  readonly history: readonly EpochResult[];
  readonly stopping: EarlyStoppingMemory;
  /** State of the random generator. */
  readonly random: number;
}

/** A head that was fitted, and how. */
export interface FittedHead {
  readonly head: Network;
  readonly outcome: TrainingOutcome;
}

/** A head that was solved. `head` knows nothing of the validation photos. */
export interface SolvedHead extends FittedHead {
  /** Fitted again to training and validation photos together; null where it was not. */
  readonly again: Network | null;
}

/**
 * After an epoch. The arrays of `fit` are made for each checkpoint and belong to whoever gets it, who may transfer them;
 * `history` and `before` are shared with other checkpoints.
 */
export interface HeadCheckpoint extends Standing {
  readonly phase: "head";
  readonly fit: FitState;
}

export interface FineTuningCheckpoint extends Standing {
  readonly phase: "fine-tune";
  readonly fit: FitState;
  /** What it began with. */
  readonly before: FittedHead;
}
