import { SETTING_NAMES } from "../../training/settings.ts";
import { SETTINGS, type Section, type SettingRow } from "../../training/settings-table.ts";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { SettingField } from "./SettingField.tsx";
import styles from "./TrainPlace.module.css";
import type { SettingDrafts } from "./useSettingDrafts.ts";

interface SettingsFormProps {
  readonly drafts: SettingDrafts;
  readonly disabled: boolean;
}

/** The settings by their table. */
export function SettingsForm({ drafts, disabled }: SettingsFormProps) {
  return (
    <section className={controls.card} aria-labelledby="settings-title">
      <fieldset className={styles.form} disabled={disabled}>
        <h2 id="settings-title">{words.settings.title}</h2>
        <Fields section="first" drafts={drafts} />
        <details>
          <summary>{words.settings.more}</summary>
          <Fields section="more" drafts={drafts} />
        </details>
      </fieldset>
    </section>
  );
}

function Fields({ section, drafts }: { section: Section; drafts: SettingDrafts }) {
  const settings = useStore((state) => state.settings);
  const shown = SETTING_NAMES.filter((name) => {
    const row: SettingRow = SETTINGS[name];
    return row.section === section && (row.shownWhen?.(settings) ?? true);
  });
  return (
    <div className={styles.fields}>
      {shown.map((name) => (
        <SettingField key={name} name={name} drafts={drafts} />
      ))}
    </div>
  );
}
