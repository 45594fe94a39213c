/** What a catalogue says of settings, and settings put into words with it. */
import type { SettingName, TrainingSettings } from "../../training/settings.ts";

interface SettingText {
  readonly label: string;
  /** What it does, as a sentence. */
  readonly help: string;
  /** A few words under its box. */
  readonly hint?: string | ((base: BaseFacts) => string);
}

/** What a hint may say of the chosen base model. */
export interface BaseFacts {
  /** That fine-tuning can choose from; null as long as no base model is there. */
  readonly blocks: number | null;
}

export interface OptionText {
  readonly name: string;
  /** After the setting's label, where runs are compared. */
  readonly short: string;
}

interface ChoiceText<Value extends string> extends SettingText {
  readonly options: Readonly<Record<Value, OptionText>>;
}

interface SwitchText extends SettingText {
  /** That it was on, where runs are compared. */
  readonly wasOn: string;
  /** Under it while it is on. */
  readonly note?: string;
}

/** The words of each setting. */
export type SettingsText = {
  readonly [Name in SettingName]: [TrainingSettings[Name]] extends [boolean]
    ? SwitchText
    : [TrainingSettings[Name]] extends [string]
      ? ChoiceText<TrainingSettings[Name]>
      : SettingText;
};

/** What values are called, and how a change reads. */
export interface SettingsCatalogue {
  readonly of: SettingsText;
  readonly values: {
    readonly on: string;
    readonly off: string;
    /** An empty list. */
    readonly none: string;
    /** An optional number that is not given. */
    readonly own: string;
    number(value: number): string;
    numbers(values: readonly number[]): string;
  };
  /** “Epochs 40” */
  changed(label: string, value: string): string;
}

/** A setting's value in words; that of a choice by its full name, or by its short one. */
export function valueInWords(
  catalogue: Pick<SettingsCatalogue, "of" | "values">,
  setting: SettingName,
  value: TrainingSettings[SettingName],
  length: keyof OptionText,
): string {
  const { on, off, none, own, number, numbers } = catalogue.values;
  if (value === null) return own;
  if (typeof value === "boolean") return value ? on : off;
  if (typeof value === "number") return number(value);
  if (typeof value !== "string") return value.length ? numbers(value) : none;
  return optionsOf(catalogue.of, setting)[value]?.[length] ?? value;
}

/** A setting that differs from the default, as “Epochs 40”, “Augmentation flip” or “Fine-tuned”. */
export function changeInWords(
  catalogue: SettingsCatalogue,
  setting: SettingName,
  value: TrainingSettings[SettingName],
): string {
  const { label, wasOn }: SettingText & Partial<SwitchText> = catalogue.of[setting];
  if (value === true && wasOn) return wasOn;
  return catalogue.changed(label, valueInWords(catalogue, setting, value, "short"));
}

/** The options' words by their values; none for a setting that is no choice. */
export function optionsOf(text: SettingsText, setting: SettingName): Readonly<Record<string, OptionText>> {
  const { options = {} }: SettingText & { readonly options?: Readonly<Record<string, OptionText>> } = text[setting];
  return options;
}

/** @returns null where there is no hint */
export function hintOf(text: SettingsText, setting: SettingName, base: BaseFacts): string | null {
  const { hint }: SettingText = text[setting];
  return (typeof hint === "function" ? hint(base) : hint) ?? null;
}

/** What is said under a switch while it is on. @returns null where there is nothing to say */
export function noteOf(text: SettingsText, setting: SettingName): string | null {
  const { note }: SettingText & Partial<SwitchText> = text[setting];
  return note ?? null;
}
