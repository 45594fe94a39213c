import { useId, useState } from "react";
import { type NumericSetting, SETTING_RANGES, type SettingProblem } from "../../training/check-settings.ts";
import type { Augmentation, OptimizerName, Pooling, Schedule, TrainingSettings } from "../../training/settings.ts";
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
  folds: 1,
  dropout: 0.05,
  l2: "any",
  labelSmoothing: 0.05,
  momentum: 0.05,
  weightDecay: "any",
  fineTuneBlocks: 1,
  fineTuneEpochs: 1,
  fineTuneLearningRate: "any",
  seed: 1,
};

type ChoiceSetting = "augmentation" | "optimizer" | "schedule" | "pooling";
type Options<Value extends string> = Readonly<Record<Value, string>>;

const AUGMENTATIONS: Options<Augmentation> = {
  none: "None",
  flip: "Mirror (2 views a photo)",
  strong: "Mirror, zoom and light (4 views a photo)",
};
const OPTIMIZERS: Options<OptimizerName> = {
  adam: "Adam",
  adamw: "AdamW",
  sgd: "SGD with momentum",
  rmsprop: "RMSProp",
};
const SCHEDULES: Options<Schedule> = {
  constant: "Constant",
  cosine: "Cosine, down to 0",
  step: "Steps: a tenth at 50 and 75 %",
};
const POOLINGS: Options<Pooling> = {
  average: "Global average pooling",
  flatten: "Flatten: keeps where things are",
};

export function SettingsForm({ problems, disabled }: { problems: readonly SettingProblem[]; disabled: boolean }) {
  const optimizer = useStore((state) => state.settings.optimizer);
  const fineTune = useStore((state) => state.settings.fineTune);
  const blocks = useStore((state) => state.baseModels.find(({ id }) => id === state.baseModelId)?.card?.blocks);
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
          <Choice name="augmentation" label="Augmentation" options={AUGMENTATIONS} wide />
          <Check name="fineTune" label="Fine-tune base layers" />
          {fineTune ? (
            <>
              <p className={`${controls.quiet} ${styles.wide}`}>
                After the head, the last blocks of the base learn too, slowly. It takes many times as long, and helps
                where the photos are unlike those the base has seen.
              </p>
              {field("fineTuneBlocks", blocks ? `Of ${blocks}, from the end` : "From the end")}
              {field("fineTuneEpochs")}
              {field("fineTuneLearningRate", "Lower than the head's")}
            </>
          ) : null}
        </div>
        <details>
          <summary>More settings</summary>
          <div className={styles.fields}>
            <Choice name="optimizer" label="Optimizer" options={OPTIMIZERS} wide />
            <Choice name="schedule" label="Learning rate over time" options={SCHEDULES} wide />
            <Choice name="pooling" label="Features" options={POOLINGS} wide />
            {optimizer === "sgd" ? field("momentum") : null}
            {optimizer === "adamw" ? field("weightDecay") : null}
            <HiddenLayers problem={problems.find((each) => each.field === "hiddenLayers")?.message} />
            {field("dropout", "Share of inputs left out while training")}
            {field("l2", "Penalty on large weights")}
            {field("labelSmoothing", "Makes it less sure of itself")}
            {field("minDelta", "Least fall of the loss that counts")}
            {field("folds", "Tests every photo once, in turn; 0: off")}
            {field("seed", "Same seed, same result")}
            <Check name="balanceClasses" label="Let rare classes count as much as common ones" />
          </div>
        </details>
      </fieldset>
    </section>
  );
}

function Check({ name, label }: { name: "fineTune" | "balanceClasses"; label: string }) {
  const checked = useStore((state) => state.settings[name]);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <label className={`${controls.check} ${styles.wide}`}>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => changeSettings({ [name]: currentTarget.checked })}
      />
      {label}
    </label>
  );
}

function Choice<Name extends ChoiceSetting>({
  name,
  label,
  options,
  wide = false,
}: {
  name: Name;
  label: string;
  options: Options<TrainingSettings[Name]>;
  wide?: boolean;
}) {
  const value = useStore((state) => state.settings[name]);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <label className={`${controls.field} ${wide ? styles.wide : ""}`}>
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => changeSettings({ [name]: currentTarget.value })}>
        {Object.entries<string>(options).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Numbers with commas between; what is typed may be none yet. */
function HiddenLayers({ problem }: { problem: string | undefined }) {
  const layers = useStore((state) => state.settings.hiddenLayers);
  const changeSettings = useStore((state) => state.changeSettings);
  const [draft, setDraft] = useState<string | null>(null);
  const noteId = useId();
  return (
    <div className={controls.field}>
      <label className={controls.field}>
        <span>Hidden layers</span>
        <input
          type="text"
          inputMode="numeric"
          placeholder="none"
          value={draft ?? layers.join(", ")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={noteId}
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value);
            const texts = currentTarget.value.split(/[\s,]+/).filter(Boolean);
            changeSettings({ hiddenLayers: texts.map(Number) });
          }}
          onBlur={() => setDraft(null)}
        />
      </label>
      <span id={noteId} className={problem ? controls.problem : controls.quiet}>
        {problem ?? "Units of each, like 128, 64"}
      </span>
    </div>
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
