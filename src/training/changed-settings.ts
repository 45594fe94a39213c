import { DEFAULT_SETTINGS, SETTING_NAMES, type SettingName, type TrainingSettings } from "./settings.ts";

/** Settings that differ from those that training begins with. A setting that came later than the run is none of them. */
export function changedSettings(settings: TrainingSettings): SettingName[] {
  return SETTING_NAMES.filter(
    (name) => settings[name] !== undefined && String(settings[name]) !== String(DEFAULT_SETTINGS[name]),
  );
}
