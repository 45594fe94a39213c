import type { Augmentation, FalseRejects, Monitor, OptimizerName, Pooling, Schedule, Solver } from "./options.ts";
import { SETTINGS } from "./settings-table.ts";

export type { Augmentation, Monitor, OptimizerName, Pooling, Schedule, Solver } from "./options.ts";

/** What a training run is told. Ranges, defaults and the rest are in the table `SETTINGS`. */
export interface TrainingSettings {
  readonly solver: Solver;
  /** Most passes over the training photos, 1..1000; of a solved head, most steps of the solver. */
  readonly epochs: number;
  /** Photos per step, 1..1024. */
  readonly batchSize: number;
  /** The optimizer's step size at the start, > 0 and <= 1. */
  readonly learningRate: number;
  readonly schedule: Schedule;
  readonly optimizer: OptimizerName;
  /** `sgd` only: share of the last step that the next one keeps, 0..0.999. */
  readonly momentum: number;
  /** `adamw` only: share of each weight that a step at learning rate 1 would take away, 0..1. */
  readonly weightDecay: number;
  /** What early stopping watches. Without validation photos it is that of the training photos. */
  readonly monitor: Monitor;
  /** Epochs at the start that early stopping does not watch, 0..999. */
  readonly warmUp: number;
  /** Epochs without improvement before training stops, 1..1000. */
  readonly patience: number;
  /** What watched has to fall (the loss) or rise (the accuracy) by more than to count as an improvement, 0..1. */
  readonly minDelta: number;
  /** Shares of each class's photos, 0..0.8 each, together at most 0.9. */
  readonly validationShare: number;
  readonly testShare: number;
  /** Parts of cross-validation, 2..10; 0 for none, when the test share is tested on instead. */
  readonly folds: number;
  /** Side of the photos that the base model is given, in pixels, 32..1024; null for its own. */
  readonly inputSize: number | null;
  readonly pooling: Pooling;
  /** Units of each hidden dense layer with ReLU, 1..4096, at most four; empty for none. */
  readonly hiddenLayers: readonly number[];
  /** Share of each dense layer's inputs dropped while training, 0..0.9. */
  readonly dropout: number;
  /** Strength λ of the penalty λ·Σw² on the dense layers' kernels, 0..1. A solved head's is chosen by held-out photos where it is 0. */
  readonly l2: number;
  /** Share of each target that is spread over all classes, 0..0.5. */
  readonly labelSmoothing: number;
  /** Whether photos of rare classes count for more, so that all classes weigh the same. */
  readonly balanceClasses: boolean;
  /** How many photos of its own classes a classifier may answer with “none of these”, in percent. */
  readonly falseRejects: FalseRejects;
  readonly augmentation: Augmentation;
  /** Whether the base model's last blocks are fitted too, once the head is. */
  readonly fineTune: boolean;
  /** How many of them, 1..200; more than there are means all. */
  readonly fineTuneBlocks: number;
  /** Most passes over the training photos while fine-tuning, 1..1000. */
  readonly fineTuneEpochs: number;
  /** The optimizer's step size while fine-tuning, > 0 and <= 1. */
  readonly fineTuneLearningRate: number;
  /** Draws splits, initial weights, order and augmentation. A 32-bit unsigned integer. */
  readonly seed: number;
}

/** Whether the head is solved, not trained by gradient. */
export function isSolved({ solver, hiddenLayers }: Pick<TrainingSettings, "solver" | "hiddenLayers">): boolean {
  return solver === "automatic" && hiddenLayers.length === 0;
}

export type SettingName = keyof TrainingSettings;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

export const DEFAULT_SETTINGS = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
) as unknown as TrainingSettings;
