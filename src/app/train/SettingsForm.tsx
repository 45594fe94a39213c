import { changedSettings } from "../../training/changed-settings.ts";
import { SETTING_NAMES } from "../../training/settings.ts";
import { SETTINGS, type Section, type SettingRow } from "../../training/settings-table.ts";
import controls from "../shared/controls.module.css";
import { Fold } from "../shared/Fold.tsx";
import { useStore } from "../store/store.ts";
import { changeInWords } from "../words/settings.ts";
import { words } from "../words/words.ts";
import { SettingField } from "./SettingField.tsx";
import styles from "./TrainPlace.module.css";
import type { SettingDrafts } from "./useSettingDrafts.ts";

interface SettingsFormProps {
  readonly drafts: SettingDrafts;
  readonly disabled: boolean;
}

/** The settings by their table, folded under what differs from the ones that training begins with. */
export function SettingsForm({ drafts, disabled }: SettingsFormProps) {
  const settings = useStore((state) => state.settings);
  const changed = changedSettings(settings).map((name) => changeInWords(words.settings, name, settings[name]));
  const summary = (
    <>
      <h2 id="settings-title">{words.settings.title}</h2>
      {changed.length ? words.settings.list(changed) : words.settings.asTheyCome}
    </>
  );
  return (
    <section className={controls.card} aria-labelledby="settings-title">
      <Fold name="settings" summary={summary} forced={drafts.problems.length > 0}>
        <fieldset className={styles.form} disabled={disabled}>
          <Fields section="first" drafts={drafts} />
          <details>
            <summary>{words.settings.more}</summary>
            <Fields section="more" drafts={drafts} />
          </details>
        </fieldset>
      </Fold>
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
