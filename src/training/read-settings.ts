import { checkSetting, RULES } from "./check-settings.ts";
import { SETTING_NAMES, type SettingName, type TrainingSettings } from "./settings.ts";
import { type OlderSettings, SETTINGS, type SettingRow } from "./settings-table.ts";

/**
 * Settings as any version of Headstart has kept them, brought to today's. One that is missing is as it was before it
 * came; one that is null, as an emptied box was once kept, or out of its range, is as it is by default. So are those
 * that cannot be together.
 */
export function readSettings(kept: OlderSettings): TrainingSettings {
  const values = new Map<SettingName, unknown>(SETTING_NAMES.map((name) => [name, keptValue(name, kept)]));
  const settings = () => Object.fromEntries(values) as unknown as TrainingSettings;
  for (const rule of RULES) {
    if (rule.isBroken(settings())) for (const name of rule.settings) values.set(name, SETTINGS[name].default);
  }
  return settings();
}

function keptValue(name: SettingName, kept: OlderSettings): unknown {
  const row: SettingRow = SETTINGS[name];
  const value = kept[name] ?? row.before?.(kept) ?? row.default;
  return checkSetting(name, value) ? row.default : value;
}
