import { SETTING_RANGES } from "./check-settings.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "./settings.ts";

/** Those that are no number within a range. */
const OTHER_LABELS: Partial<Record<keyof TrainingSettings, string>> = {
  schedule: "Learning rate over time",
  optimizer: "Optimizer",
  pooling: "Features",
  hiddenLayers: "Hidden layers",
  balanceClasses: "Rare classes count as much",
  augmentation: "Augmentation",
  fineTune: "Fine-tuned",
};

/** Settings that differ from those that training begins with, as “Epochs 40” or “Augmentation flip”. */
export function describeChanges(settings: TrainingSettings): string[] {
  const labels: Partial<Record<keyof TrainingSettings, string>> = {
    ...OTHER_LABELS,
    ...Object.fromEntries(Object.entries(SETTING_RANGES).map(([field, { label }]) => [field, label])),
  };
  return (Object.keys(DEFAULT_SETTINGS) as (keyof TrainingSettings)[])
    .filter((field) => settings[field] !== undefined && String(settings[field]) !== String(DEFAULT_SETTINGS[field]))
    .map((field) => {
      const value = settings[field];
      const label = labels[field] ?? field;
      if (value === true) return label;
      return `${label} ${value === false || String(value) === "" ? "none" : String(value).replaceAll(",", ", ")}`;
    });
}
