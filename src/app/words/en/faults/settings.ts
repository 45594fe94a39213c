import type { SettingFault } from "../../../../training/errors.ts";
import type { SettingName } from "../../../../training/settings.ts";
import type { FaultWords } from "../../faults.ts";
import { typed } from "../language.ts";
import { settings } from "../settings.ts";

const labelOf = (setting: SettingName) => settings.of[setting].label;

export const settingFaults: FaultWords<SettingFault> = {
  "setting/out-of-range": ({ setting, min, max, whole }) =>
    `${labelOf(setting)} must be ${whole ? "a whole number" : "a number"} from ${typed(min)} to ${typed(max)}.`,
  "setting/list-out-of-range": ({ setting, min, max, most }) =>
    `${labelOf(setting)} must be at most ${typed(most)} whole numbers from ${typed(min)} to ${typed(max)}, like 128, 64.`,
  "setting/no-such-choice": ({ setting }) => `Choose one of the options of “${labelOf(setting)}”.`,
  "setting/shares-too-large": ({ max }) =>
    `Validation and test together may take at most ${typed(max)}: training needs photos too.`,
  "setting/one-fold": () => "Cross-validation needs two folds or more; 0 turns it off.",
  "setting/folds-with-fine-tuning": () =>
    "Cross-validation works with a frozen base. Turn off fine-tuning, or set the folds to 0.",
};
