import type { TrainingSettings } from "./settings.ts";

export interface SettingProblem {
  readonly field: keyof TrainingSettings;
  /** A sentence that says what is allowed. */
  readonly message: string;
}

interface Range {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** What each numeric setting may be. */
export const SETTING_RANGES = {
  epochs: { label: "Epochs", min: 1, max: 1000, integer: true },
  batchSize: { label: "Batch size", min: 1, max: 1024, integer: true },
  learningRate: { label: "Learning rate", min: 0.000001, max: 1, integer: false },
  patience: { label: "Patience", min: 1, max: 1000, integer: true },
  minDelta: { label: "Min delta", min: 0, max: 1, integer: false },
  validationShare: { label: "Validation share", min: 0, max: 0.8, integer: false },
  testShare: { label: "Test share", min: 0, max: 0.8, integer: false },
  folds: { label: "Cross-validation folds", min: 0, max: 10, integer: true },
  dropout: { label: "Dropout", min: 0, max: 0.9, integer: false },
  l2: { label: "L2", min: 0, max: 1, integer: false },
  labelSmoothing: { label: "Label smoothing", min: 0, max: 0.5, integer: false },
  momentum: { label: "Momentum", min: 0, max: 0.999, integer: false },
  weightDecay: { label: "Weight decay", min: 0, max: 1, integer: false },
  fineTuneBlocks: { label: "Blocks to fine-tune", min: 1, max: 200, integer: true },
  fineTuneEpochs: { label: "Fine-tuning epochs", min: 1, max: 1000, integer: true },
  fineTuneLearningRate: { label: "Fine-tuning learning rate", min: 0.0000001, max: 1, integer: false },
  seed: { label: "Seed", min: 0, max: 2 ** 32 - 1, integer: true },
} as const satisfies Partial<Record<keyof TrainingSettings, Range>>;

export type NumericSetting = keyof typeof SETTING_RANGES;

const MOST_HELD_OUT = 0.9;

/** What is wrong with the settings; empty when they can be trained with. */
export function checkSettings(settings: TrainingSettings): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  for (const [field, range] of Object.entries(SETTING_RANGES) as [NumericSetting, Range][]) {
    const value = settings[field];
    const fits = value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value));
    if (fits) continue;
    const kind = range.integer ? "a whole number" : "a number";
    problems.push({ field, message: `${range.label} must be ${kind} from ${range.min} to ${range.max}.` });
  }
  const { hiddenLayers } = settings;
  if (hiddenLayers.length > 4 || hiddenLayers.some((units) => !Number.isInteger(units) || units < 1 || units > 4096)) {
    const message = "Hidden layers must be up to four whole numbers from 1 to 4096, like 128, 64.";
    problems.push({ field: "hiddenLayers", message });
  }
  if (settings.validationShare + settings.testShare > MOST_HELD_OUT) {
    const message = "Validation and test together may take at most 0.9: training needs photos too.";
    problems.push({ field: "testShare", message });
  }
  if (settings.folds === 1) {
    problems.push({ field: "folds", message: "Cross-validation needs two folds or more; 0 turns it off." });
  }
  if (settings.folds > 1 && settings.fineTune) {
    const message = "Cross-validation works with a frozen base. Turn off fine-tuning, or set the folds to 0.";
    problems.push({ field: "folds", message });
  }
  return problems;
}
