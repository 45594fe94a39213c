/** What a project file says of the training settings, as any version of Headstart has written it. */
import * as v from "valibot";
import { readSettings } from "../../training/read-settings.ts";
import { SETTING_NAMES } from "../../training/settings.ts";
import { SETTINGS, type SettingRow } from "../../training/settings-table.ts";
import { list, MOST } from "./limits.ts";

/**
 * Today's settings, whole and within their ranges. A value of a type that no version ever wrote is refused; null, as an
 * emptied box was once written, is not. What has been typed and not corrected yet is no reason to refuse the photos.
 */
export const Settings = v.pipe(
  v.looseObject(Object.fromEntries(SETTING_NAMES.map((name) => [name, v.nullish(schemaOf(SETTINGS[name]))]))),
  v.transform(readSettings),
);

function schemaOf(row: SettingRow): v.GenericSchema {
  switch (row.kind) {
    case "choice":
      return v.picklist(row.options);
    case "switch":
      return v.boolean();
    case "integers":
      return list(v.nullable(v.number()), MOST.settingValues);
    default:
      return v.number();
  }
}
