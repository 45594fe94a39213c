import { type RefObject, useRef } from "react";
import { shippedEarlier } from "../../project/earlier-base.ts";
import type { BaseModelEntry } from "../../worker/protocol/index.ts";
import { Beside } from "../shared/Beside.tsx";
import { CalmSelect } from "../shared/CalmSelect.tsx";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Fold } from "../shared/Fold.tsx";
import { JobsOf } from "../shared/JobProgress.tsx";
import { useHandOver } from "../shared/useHandOver.ts";
import { jobOf, trainingIn } from "../store/jobs.ts";
import { slowPace } from "../store/pace.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { Download, FromAddress, Recommendation } from "./BaseModelDownload.tsx";
import { BaseModelFacts } from "./BaseModelFacts.tsx";
import styles from "./BaseModelPicker.module.css";
import { InputSize, SMALLER_SIDE } from "./InputSize.tsx";
import { PixelFeeding } from "./PixelFeeding.tsx";

const { base } = words.train;

/** Which base model is built on; all that is known of it, and the ways to others, are folded away. */
export function BaseModelPicker() {
  const select = useRef<HTMLSelectElement>(null);
  const baseModels = useStore((state) => state.baseModels);
  const chosenId = useStore((state) => state.baseModelId);
  const addBaseModel = useStore((state) => state.addBaseModel);
  const downloading = useStore((state) => jobOf(state.jobs, "download") !== undefined);
  const chosen = baseModels.find(({ id }) => id === chosenId);
  const missingId = !chosen && baseModels.length > 0 ? chosenId : null;
  const recommended = baseModels.find((entry) => entry.recommended && !entry.card);
  return (
    <section className={`${controls.card} ${styles.picker}`} aria-labelledby="base-title">
      <h2 id="base-title">{base.title}</h2>
      <Choice select={select} missingId={missingId} />
      {missingId === null ? null : <Missing id={missingId} select={select} />}
      <JobsOf tasks={["download"]} place="Train" />
      <Beside spot="base-model" />
      {chosen && !chosen.card && !downloading ? <Download entry={chosen} select={select} /> : null}
      {chosen?.builtIn && chosen.card ? <SmallerPhotos own={chosen.card.preprocessing.width} select={select} /> : null}
      {chosen?.card?.fedBy ? <PixelFeeding card={chosen.card} by={chosen.card.fedBy} /> : null}
      <Fold name="base-model" summary={base.more}>
        {chosen?.card ? <InputSize card={chosen.card} /> : null}
        {chosen?.card ? <BaseModelFacts entry={chosen} select={select} /> : null}
        {recommended && chosen?.builtIn ? <Recommendation entry={recommended} select={select} /> : null}
        <details>
          <summary>{base.useAnother}</summary>
          <div className={styles.other}>
            <p className={controls.quiet}>{base.accepted}</p>
            <FileButton
              label={base.add}
              accept=".json,.bin,.zip,.keras,.h5,.onnx,.data,.tflite"
              onFiles={(files) => void addBaseModel(files)}
            />
            <FromAddress />
          </div>
        </details>
      </Fold>
    </section>
  );
}

export interface ToSelect {
  /** The list of base models: whatever was done here, work goes on there. */
  readonly select: RefObject<HTMLSelectElement | null>;
}

/** @param missingId the project's choice, when it is not here */
function Choice({ select, missingId }: ToSelect & { missingId: string | null }) {
  const baseModels = useStore((state) => state.baseModels);
  const chosenId = useStore((state) => state.baseModelId);
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  const here = baseModels.filter(({ card }) => card !== null);
  const elsewhere = baseModels.filter(({ card }) => card === null);
  return (
    <CalmSelect
      select={select}
      label={base.title}
      labelHidden
      value={chosenId ?? ""}
      disabled={!idle}
      onChoose={chooseBaseModel}
    >
      {missingId === null ? null : (
        <option value={missingId} disabled>
          {base.missingOption}
        </option>
      )}
      <optgroup label={base.onThisMachine}>
        {here.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {nameAmong(here, entry)}
          </option>
        ))}
      </optgroup>
      {elsewhere.length ? (
        <optgroup label={base.toDownload}>
          {elsewhere.map(({ id, name, download }) => (
            <option key={id} value={id}>
              {download ? base.option({ name, ...download }) : name}
            </option>
          ))}
        </optgroup>
      ) : null}
    </CalmSelect>
  );
}

/** The same weights may be here twice, fed with pixels in two ways. */
function nameAmong(here: readonly BaseModelEntry[], { name, card }: BaseModelEntry): string {
  const isAlone = here.filter((each) => each.name === name).length === 1;
  return isAlone || !card?.fedBy ? name : base.optionFed(card);
}

/** Says that the project's base model is not here, and offers the built-in one. */
function Missing({ id, select }: ToSelect & { id: string }) {
  const builtIn = useStore((state) => state.baseModels.find((entry) => entry.builtIn));
  return builtIn ? <TakeInstead id={id} builtIn={builtIn} select={select} /> : null;
}

function TakeInstead({ id, builtIn, select }: ToSelect & { id: string; builtIn: BaseModelEntry }) {
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  const button = useHandOver<HTMLButtonElement>(() => select.current);
  return (
    <p className={styles.recommended}>
      {base.missing({ shippedEarlier: shippedEarlier(id), builtIn: builtIn.name })}{" "}
      <button ref={button} type="button" className={controls.button} onClick={() => chooseBaseModel(builtIn.id)}>
        {base.takeInstead(builtIn.name)}
      </button>
    </p>
  );
}

/** Offers photos of fewer pixels where the machine is slow; what they cost was measured with the built-in base model. */
function SmallerPhotos({ own, select }: ToSelect & { own: number }) {
  const slow = useStore(slowPace);
  const side = useStore((state) => state.settings.inputSize) ?? own;
  return slow === null || side <= SMALLER_SIDE ? null : <Smaller slow={slow} select={select} />;
}

function Smaller({ slow, select }: ToSelect & { slow: number }) {
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const changeSettings = useStore((state) => state.changeSettings);
  const button = useHandOver<HTMLButtonElement>(() => select.current);
  return (
    <p className={styles.recommended}>
      {base.slow(slow)}{" "}
      <button
        ref={button}
        type="button"
        className={controls.button}
        disabled={!idle}
        onClick={() => changeSettings({ inputSize: SMALLER_SIDE })}
      >
        {base.useSmaller}
      </button>
    </p>
  );
}
