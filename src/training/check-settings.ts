import type { SettingFault } from "./errors.ts";
import { SETTING_NAMES, type SettingName, type TrainingSettings } from "./settings.ts";
import { SETTINGS, type SettingRow } from "./settings-table.ts";

const MOST_HELD_OUT = 0.9;

/** What settings may not be together, though each is within its range. */
export const RULES: readonly {
  readonly fault: SettingFault;
  /** Those that break it together. */
  readonly settings: readonly SettingName[];
  readonly isBroken: (settings: TrainingSettings) => boolean;
}[] = [
  {
    fault: { code: "setting/shares-too-large", setting: "testShare", max: MOST_HELD_OUT },
    settings: ["validationShare", "testShare"],
    isBroken: ({ validationShare, testShare }) => validationShare + testShare > MOST_HELD_OUT,
  },
  {
    fault: { code: "setting/one-fold", setting: "folds" },
    settings: ["folds"],
    isBroken: ({ folds }) => folds === 1,
  },
  {
    fault: { code: "setting/folds-with-fine-tuning", setting: "folds" },
    settings: ["folds"],
    isBroken: ({ folds, fineTune }) => folds > 1 && fineTune,
  },
];

/**
 * What is wrong with the settings; empty when they can be trained with.
 * @param unread settings whose box holds no value at the moment, whatever `settings` says
 */
export function checkSettings(
  settings: TrainingSettings,
  unread: readonly SettingName[] = [],
): readonly SettingFault[] {
  const alone = SETTING_NAMES.flatMap(
    (name) => checkSetting(name, unread.includes(name) ? undefined : settings[name]) ?? [],
  );
  const together = RULES.filter(({ isBroken, fault }) => isBroken(settings) && !unread.includes(fault.setting));
  return [...alone, ...together.map(({ fault }) => fault)];
}

/** What is wrong with one setting's value, of whatever type; null when nothing is. */
export function checkSetting(setting: SettingName, value: unknown): SettingFault | null {
  const row: SettingRow = SETTINGS[setting];
  switch (row.kind) {
    case "integer":
    case "number":
    case "share": {
      const { min, max } = row;
      const whole = row.kind === "integer";
      return isWithin(value, min, max, whole) ? null : { code: "setting/out-of-range", setting, min, max, whole };
    }
    case "optional-integer": {
      const { min, max } = row;
      const fits = value === null || isWithin(value, min, max, true);
      return fits ? null : { code: "setting/out-of-range", setting, min, max, whole: true };
    }
    case "integers": {
      const { min, max, most } = row;
      const fits =
        Array.isArray(value) && value.length <= most && value.every((each) => isWithin(each, min, max, true));
      return fits ? null : { code: "setting/list-out-of-range", setting, min, max, most };
    }
    case "choice":
      return row.options.some((option) => option === value) ? null : { code: "setting/no-such-choice", setting };
    case "switch":
      return typeof value === "boolean" ? null : { code: "setting/no-such-choice", setting };
  }
}

function isWithin(value: unknown, min: number, max: number, whole: boolean): boolean {
  return typeof value === "number" && value >= min && value <= max && (!whole || Number.isInteger(value));
}
