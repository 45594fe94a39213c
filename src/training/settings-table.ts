/**
 * The table of settings. The form, the checks, the project file, the description of changes and the README's table come
 * from it. A new setting is one row here, a line in `TrainingSettings`, and its words (`app/words/en/settings.ts`), which
 * the compiler asks for.
 */
import { AUGMENTATIONS, FALSE_REJECTS, MONITORS, OPTIMIZERS, POOLINGS, SCHEDULES, SOLVERS } from "./options.ts";
import type { SettingName, TrainingSettings } from "./settings.ts";

/** Where a setting is shown: beside the base model, open in the form, or under “More settings”. */
export type Section = "base-model" | "first" | "more";

/** What an older version kept, by its own names. */
export type OlderSettings = Readonly<Record<string, unknown>>;

interface Row<Value> {
  readonly default: Value;
  readonly section: Section;
  /** For a setting that means something with others only. */
  readonly shownWhen?: (settings: TrainingSettings) => boolean;
  /** What a project from before this setting is read as; null or left out for the default. A bad value becomes the default. */
  readonly before?: (older: OlderSettings) => Value | null;
}

/** `share`: a number that people change by hundredths; a box's arrows move it by 0.05. */
export interface NumberRow extends Row<number> {
  readonly kind: "integer" | "number" | "share";
  readonly min: number;
  readonly max: number;
}

export interface ChoiceRow<Value extends string = string> extends Row<Value> {
  readonly kind: "choice";
  readonly options: readonly Value[];
}

export interface SwitchRow extends Row<boolean> {
  readonly kind: "switch";
}

/** A list of integers, each from `min` to `max`, at most `most` of them. */
export interface IntegersRow extends Row<readonly number[]> {
  readonly kind: "integers";
  readonly min: number;
  readonly max: number;
  readonly most: number;
}

export interface OptionalIntegerRow extends Row<number | null> {
  readonly kind: "optional-integer";
  readonly min: number;
  readonly max: number;
}

export type SettingRow = NumberRow | ChoiceRow | SwitchRow | IntegersRow | OptionalIntegerRow;

type RowOf<Value> = [Value] extends [boolean]
  ? SwitchRow
  : [Value] extends [number]
    ? NumberRow
    : [Value] extends [number | null]
      ? OptionalIntegerRow
      : [Value] extends [string]
        ? ChoiceRow<Value>
        : IntegersRow;

const isFineTuned = ({ fineTune }: TrainingSettings) => fineTune;

/** By subject; the settings of a section are in the order of the form. */
export const SETTINGS: { readonly [Name in SettingName]: RowOf<TrainingSettings[Name]> } = {
  inputSize: { kind: "optional-integer", default: null, min: 32, max: 1024, section: "base-model" },

  solver: {
    ...{ kind: "choice", default: "automatic", options: SOLVERS, section: "first" },
    // Every head was trained by gradient once.
    before: () => "gradient",
  },
  epochs: { kind: "integer", default: 200, min: 1, max: 1000, section: "first" },
  patience: { kind: "integer", default: 10, min: 1, max: 1000, section: "first" },
  batchSize: { kind: "integer", default: 16, min: 1, max: 1024, section: "first" },
  learningRate: { kind: "number", default: 0.001, min: 0.000001, max: 1, section: "first" },
  optimizer: { kind: "choice", default: "adam", options: OPTIMIZERS, section: "more" },
  schedule: { kind: "choice", default: "constant", options: SCHEDULES, section: "more" },

  validationShare: { kind: "share", default: 0.15, min: 0, max: 0.8, section: "first" },
  testShare: { kind: "share", default: 0.15, min: 0, max: 0.8, section: "first" },

  pooling: { kind: "choice", default: "average", options: POOLINGS, section: "more" },
  momentum: {
    ...{ kind: "share", default: 0.9, min: 0, max: 0.999, section: "more" },
    shownWhen: ({ optimizer }) => optimizer === "sgd",
  },
  weightDecay: {
    ...{ kind: "number", default: 0.004, min: 0, max: 1, section: "more" },
    shownWhen: ({ optimizer }) => optimizer === "adamw",
  },
  hiddenLayers: {
    ...{ kind: "integers", default: [], min: 1, max: 4096, most: 4, section: "more" },
    // Once there was at most one hidden layer, and 0 units meant none.
    before: ({ hiddenUnits }) => (typeof hiddenUnits === "number" && hiddenUnits > 0 ? [hiddenUnits] : null),
  },
  dropout: { kind: "share", default: 0, min: 0, max: 0.9, section: "more" },
  l2: { kind: "number", default: 0, min: 0, max: 1, section: "more" },
  labelSmoothing: { kind: "share", default: 0, min: 0, max: 0.5, section: "more" },

  augmentation: { kind: "choice", default: "none", options: AUGMENTATIONS, section: "first" },
  fineTune: { kind: "switch", default: false, section: "first" },
  fineTuneBlocks: { kind: "integer", default: 6, min: 1, max: 200, section: "first", shownWhen: isFineTuned },
  fineTuneEpochs: { kind: "integer", default: 20, min: 1, max: 1000, section: "first", shownWhen: isFineTuned },
  fineTuneLearningRate: {
    ...{ kind: "number", default: 0.0003, min: 0.0000001, max: 1, section: "first" },
    shownWhen: isFineTuned,
  },

  monitor: { kind: "choice", default: "loss", options: MONITORS, section: "more" },
  warmUp: { kind: "integer", default: 0, min: 0, max: 999, section: "more" },
  minDelta: { kind: "number", default: 0.0005, min: 0, max: 1, section: "more" },
  folds: { kind: "integer", default: 0, min: 0, max: 10, section: "more" },
  seed: { kind: "integer", default: 42, min: 0, max: 2 ** 32 - 1, section: "more" },
  balanceClasses: { kind: "switch", default: false, section: "more" },
  falseRejects: { kind: "choice", default: "5", options: FALSE_REJECTS, section: "more" },
};
