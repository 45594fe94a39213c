/** What a training run is told. Ranges are checked by `checkSettings`. */
export interface TrainingSettings {
  /** Most passes over the training photos, 1..1000. */
  readonly epochs: number;
  /** Photos a step, 1..1024. */
  readonly batchSize: number;
  /** Adam's step size, > 0 and <= 1. */
  readonly learningRate: number;
  /** Epochs without improvement of the validation loss before training stops, 1..1000. */
  readonly patience: number;
  /** The least fall of the validation loss that counts as an improvement, 0..1. */
  readonly minDelta: number;
  /** Shares of each class's photos, 0..0.8 each, together at most 0.9. */
  readonly validationShare: number;
  readonly testShare: number;
  /** Units of one hidden dense layer with ReLU; 0 for none, at most 4096. */
  readonly hiddenUnits: number;
  /** Share of the head's inputs dropped while training, 0..0.9. */
  readonly dropout: number;
  readonly augmentation: Augmentation;
  /** Draws splits, initial weights, order and augmentation. A 32-bit unsigned integer. */
  readonly seed: number;
}

/** Extra views of each training photo. `none`: 0 extra; `flip`: its mirror image; `strong`: mirrored, zoomed, brighter and darker views. */
export type Augmentation = "none" | "flip" | "strong";

export const DEFAULT_SETTINGS: TrainingSettings = {
  epochs: 200,
  batchSize: 16,
  learningRate: 0.001,
  patience: 10,
  minDelta: 0.0005,
  validationShare: 0.15,
  testShare: 0.15,
  hiddenUnits: 0,
  dropout: 0,
  augmentation: "none",
  seed: 42,
};
