import type { TrainingSettings } from "./settings.ts";
import { SETTINGS } from "./settings-table.ts";

/** Settings that are typed into a box. */
export type TypedSetting = {
  readonly [Name in keyof TrainingSettings]: TrainingSettings[Name] extends number | readonly number[] ? Name : never;
}[keyof TrainingSettings];

/**
 * What somebody has typed as a setting's value: a finite number, or several with commas or spaces between, in whatever
 * range. null when it is none (yet).
 */
export function typedValue(setting: TypedSetting, text: string): number | readonly number[] | null {
  if (SETTINGS[setting].kind === "integers") {
    const values = text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    return values.every(Number.isFinite) ? values : null;
  }
  const value = text.trim() ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
