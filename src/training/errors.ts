import type { SettingName } from "./settings.ts";

/** What is wrong with a setting; `setting` is the one to show it at. */
export type SettingFault =
  | {
      readonly code: "setting/out-of-range";
      readonly setting: SettingName;
      readonly min: number;
      readonly max: number;
      /** Whether only whole numbers are allowed. */
      readonly whole: boolean;
    }
  /** A list of more than `most` numbers, or with one that is no whole number from `min` to `max`. */
  | {
      readonly code: "setting/list-out-of-range";
      readonly setting: SettingName;
      readonly min: number;
      readonly max: number;
      readonly most: number;
    }
  | { readonly code: "setting/no-such-choice"; readonly setting: SettingName }
  /** Validation and test together take more than `max` of the photos. */
  | { readonly code: "setting/shares-too-large"; readonly setting: "testShare"; readonly max: number }
  | { readonly code: "setting/one-fold"; readonly setting: "folds" }
  | { readonly code: "setting/folds-with-fine-tuning"; readonly setting: "folds" };
