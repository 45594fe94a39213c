import { useId, useState } from "react";
import { type NumericSetting, SETTING_RANGES, type SettingProblem } from "../../training/check-settings.ts";
import type { Augmentation } from "../../training/settings.ts";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import styles from "./TrainPlace.module.css";

const STEPS: Record<NumericSetting, number | "any"> = {
  epochs: 1,
  batchSize: 1,
  learningRate: "any",
  patience: 1,
  minDelta: "any",
  validationShare: 0.05,
  testShare: 0.05,
  hiddenUnits: 1,
  dropout: 0.05,
  seed: 1,
};

export function SettingsForm({ problems, disabled }: { problems: readonly SettingProblem[]; disabled: boolean }) {
  const augmentation = useStore((state) => state.settings.augmentation);
  const changeSettings = useStore((state) => state.changeSettings);
  const field = (name: NumericSetting, hint?: string) => (
    <NumberField name={name} hint={hint} problem={problems.find((each) => each.field === name)?.message} />
  );
  return (
    <section className={controls.card} aria-labelledby="settings-title">
      <fieldset className={styles.form} disabled={disabled}>
        <h2 id="settings-title">Settings</h2>
        <div className={styles.fields}>
          {field("epochs")}
          {field("patience")}
          {field("batchSize")}
          {field("learningRate")}
          {field("validationShare")}
          {field("testShare")}
          <label className={`${controls.field} ${styles.wide}`}>
            <span>Augmentation</span>
            <select
              value={augmentation}
              onChange={({ currentTarget }) => changeSettings({ augmentation: currentTarget.value as Augmentation })}
            >
              <option value="none">None</option>
              <option value="flip">Mirror (2 views a photo)</option>
              <option value="strong">Mirror, zoom and light (4 views a photo)</option>
            </select>
          </label>
        </div>
        <details>
          <summary>More settings</summary>
          <div className={styles.fields}>
            {field("minDelta", "Least fall of the loss that counts")}
            {field("hiddenUnits", "0 for none")}
            {field("dropout")}
            {field("seed", "Same seed, same result")}
          </div>
        </details>
      </fieldset>
    </section>
  );
}

function NumberField({
  name,
  hint,
  problem,
}: {
  name: NumericSetting;
  hint?: string | undefined;
  problem?: string | undefined;
}) {
  const value = useStore((state) => state.settings[name]);
  const changeSettings = useStore((state) => state.changeSettings);
  // What is typed may be no number yet.
  const [draft, setDraft] = useState<string | null>(null);
  const noteId = useId();
  const { label, min, max } = SETTING_RANGES[name];
  return (
    <div className={controls.field}>
      <label className={controls.field}>
        <span>{label}</span>
        <input
          type="number"
          min={min}
          max={max}
          step={STEPS[name]}
          value={draft ?? value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem || hint ? noteId : undefined}
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value);
            changeSettings({ [name]: currentTarget.valueAsNumber });
          }}
          onBlur={() => setDraft(null)}
        />
      </label>
      {problem || hint ? (
        <span id={noteId} className={problem ? controls.problem : controls.quiet}>
          {problem ?? hint}
        </span>
      ) : null}
    </div>
  );
}
