/** In what runs differ. */
import { SETTING_NAMES, type SettingName, type TrainingSettings } from "../training/settings.ts";
import { SETTINGS, type SettingRow } from "../training/settings-table.ts";

/**
 * Settings that are not the same in all of them, in the order of the table of settings. One that has no effect in any of
 * them is left out, and so is one that came later than one of them.
 */
export function differingSettings(...all: readonly TrainingSettings[]): SettingName[] {
  return SETTING_NAMES.filter((name) => {
    const { shownWhen = () => true }: SettingRow = SETTINGS[name];
    const values = all.map((settings) => settings[name]);
    return !values.includes(undefined as never) && new Set(values.map(String)).size > 1 && all.some(shownWhen);
  });
}
