import { useId } from "react";
import type { SettingName } from "../../training/settings.ts";
import { type ChoiceRow, type NumberRow, SETTINGS, type SettingRow } from "../../training/settings-table.ts";
import type { TypedSetting } from "../../training/typed-setting.ts";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { sentence } from "../words/faults.ts";
import { hintOf, noteOf, optionsOf } from "../words/settings.ts";
import { words } from "../words/words.ts";
import styles from "./TrainPlace.module.css";
import type { SettingDrafts } from "./useSettingDrafts.ts";

/** One setting, by its kind. */
export function SettingField({ name, drafts }: { name: SettingName; drafts: SettingDrafts }) {
  const row: SettingRow = SETTINGS[name];
  switch (row.kind) {
    case "switch":
      return <Switch name={name} />;
    case "choice":
      return <Choice name={name} row={row} />;
    case "optional-integer":
      // What can be given depends on the base model: it is chosen there.
      return null;
    default:
      return <Box name={name as TypedSetting} row={row.kind === "integers" ? null : row} drafts={drafts} />;
  }
}

function Switch({ name }: { name: SettingName }) {
  const checked = useStore((state) => state.settings[name] === true);
  const changeSettings = useStore((state) => state.changeSettings);
  const note = checked ? noteOf(words.settings.of, name) : null;
  return (
    <>
      <label className={`${controls.check} ${styles.wide}`}>
        <input
          type="checkbox"
          checked={checked}
          onChange={({ currentTarget }) => changeSettings({ [name]: currentTarget.checked })}
        />
        {words.settings.of[name].label}
      </label>
      {note ? <p className={`${controls.quiet} ${styles.wide}`}>{note}</p> : null}
    </>
  );
}

function Choice({ name, row }: { name: SettingName; row: ChoiceRow }) {
  const value = useStore((state) => String(state.settings[name]));
  const changeSettings = useStore((state) => state.changeSettings);
  const texts = optionsOf(words.settings.of, name);
  return (
    <label className={`${controls.field} ${styles.wide}`}>
      <span>{words.settings.of[name].label}</span>
      <select value={value} onChange={({ currentTarget }) => changeSettings({ [name]: currentTarget.value })}>
        {row.options.map((option) => (
          <option key={option} value={option}>
            {texts[option]?.name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface BoxProps {
  readonly name: TypedSetting;
  /** null for a list of numbers. */
  readonly row: NumberRow | null;
  readonly drafts: SettingDrafts;
}

/** How far a box's arrows move its number. */
const STEPS = { integer: 1, share: 0.05, number: "any" } as const;

function Box({ name, row, drafts }: BoxProps) {
  const value = useStore((state) => state.settings[name]);
  const blocks = useStore((state) => state.baseModels.find(({ id }) => id === state.baseModelId)?.card?.blocks ?? null);
  const noteId = useId();
  const problem = drafts.problems.find(({ setting }) => setting === name);
  const note = problem ? sentence(words.faults, problem) : hintOf(words.settings.of, name, { blocks });
  const kind = row
    ? ({ type: "number", min: row.min, max: row.max, step: STEPS[row.kind] } as const)
    : ({ type: "text", inputMode: "numeric", placeholder: words.settings.noNumbers } as const);
  return (
    <div className={controls.field}>
      <label className={controls.field}>
        <span>{words.settings.of[name].label}</span>
        <input
          {...kind}
          value={drafts.textOf(name) ?? (typeof value === "number" ? value : value.join(", "))}
          aria-invalid={problem ? true : undefined}
          aria-describedby={note ? noteId : undefined}
          onChange={({ currentTarget }) => drafts.type(name, currentTarget.value)}
          onBlur={() => drafts.leave(name)}
        />
      </label>
      {note ? (
        <span id={noteId} className={problem ? controls.problem : controls.quiet}>
          {note}
        </span>
      ) : null}
    </div>
  );
}
