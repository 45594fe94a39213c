import { useState } from "react";
import { multiplyAddsAt } from "../../network/cost.ts";
import type { BaseModelCard } from "../../network/model.ts";
import { shippedEarlier } from "../../project/earlier-base.ts";
import type { BaseModelEntry } from "../../worker/protocol/index.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { JobsOf } from "../shared/JobProgress.tsx";
import { jobOf, trainingIn } from "../store/jobs.ts";
import { slowPace } from "../store/pace.ts";
import { type State, useStore } from "../store/store.ts";
import { Marked } from "../words/Marked.tsx";
import { words } from "../words/words.ts";
import styles from "./BaseModelPicker.module.css";

const { base } = words.train;

export function BaseModelPicker() {
  const baseModels = useStore((state) => state.baseModels);
  const chosenId = useStore((state) => state.baseModelId);
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  const addBaseModel = useStore((state) => state.addBaseModel);
  const chosen = baseModels.find(({ id }) => id === chosenId);
  const missingId = !chosen && baseModels.length > 0 ? chosenId : null;
  const here = baseModels.filter(({ card }) => card !== null);
  const elsewhere = baseModels.filter(({ card }) => card === null);
  const downloading = useStore(isDownloading);
  const recommended = elsewhere.find((entry) => entry.recommended);
  return (
    <section className={`${controls.card} ${styles.picker}`} aria-labelledby="base-title">
      <h2 id="base-title">{base.title}</h2>
      <select
        aria-label={base.title}
        value={chosenId ?? ""}
        disabled={!idle}
        onChange={({ currentTarget }) => chooseBaseModel(currentTarget.value)}
      >
        {missingId === null ? null : (
          <option value={missingId} disabled>
            {base.missingOption}
          </option>
        )}
        <optgroup label={base.onThisMachine}>
          {here.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
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
      </select>
      {missingId === null ? null : <Missing id={missingId} />}
      <JobsOf tasks={["download"]} />
      {chosen?.card ? <Facts entry={chosen} /> : null}
      {chosen && !chosen.card && !downloading ? <Download entry={chosen} /> : null}
      {recommended && chosen?.builtIn ? <Recommendation entry={recommended} /> : null}
      <details>
        <summary>{base.useAnother}</summary>
        <div className={styles.other}>
          <p className={controls.quiet}>{base.accepted}</p>
          <FileButton
            label={base.add}
            accept=".json,.bin,.zip,.keras,.h5"
            onFiles={(files) => void addBaseModel(files)}
          />
          <FromAddress />
        </div>
      </details>
    </section>
  );
}

/** Says that the project's base model is not here, and offers the built-in one. */
function Missing({ id }: { id: string }) {
  const builtIn = useStore((state) => state.baseModels.find((entry) => entry.builtIn));
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  if (!builtIn) return null;
  return (
    <p className={styles.recommended}>
      {base.missing({ shippedEarlier: shippedEarlier(id), builtIn: builtIn.name })}{" "}
      <button type="button" className={controls.button} onClick={() => chooseBaseModel(builtIn.id)}>
        {base.takeInstead(builtIn.name)}
      </button>
    </p>
  );
}

function Facts({ entry }: { entry: BaseModelEntry }) {
  const deleteBaseModel = useStore((state) => state.deleteBaseModel);
  const side = useStore((state) => state.settings.inputSize);
  const { card } = entry;
  if (!card) return null;
  const { height, width } = card.preprocessing;
  return (
    <>
      <InputSize card={card} />
      {entry.builtIn ? <SmallerPhotos side={side ?? width} /> : null}
      {entry.note ? <p className={controls.quiet}>{base.notes[entry.note]}</p> : null}
      <dl className={styles.facts}>
        <Fact term={base.inputSize} value={base.pixels({ width: side ?? width, height: side ?? height })} />
        <Fact term={base.parameters} value={base.millions(card.parameters)} />
        <Fact
          term={base.multiplyAdds}
          value={base.millions(side === null ? card.multiplyAdds : multiplyAddsAt(card, side))}
        />
        <Fact term={base.embedding} value={base.numbersLong(card.embeddingSize)} />
        <Fact term={base.fileSize} value={base.bytes(card.bytes)} />
        <Fact term={base.from} value={base.origin(entry.origin)} />
        {entry.builtIn ? (
          <>
            <Fact term={base.madeBy} value={base.builtInMaker} />
            <Fact term={base.licence} value={base.builtInLicence} />
          </>
        ) : null}
      </dl>
      {entry.builtIn ? null : (
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger} ${styles.remove}`}
          onClick={() => void deleteBaseModel(entry.id)}
        >
          {base.remove}
        </button>
      )}
    </>
  );
}

/** Sides to choose from, in pixels: those that the families were trained on, and their neighbours. */
const SIDES = [32, 64, 96, 128, 160, 192, 224, 256, 299, 331, 384, 448];

/** A larger picture shows more and takes longer. */
function InputSize({ card: { preprocessing, smallestInput } }: { card: BaseModelCard }) {
  const side = useStore((state) => state.settings.inputSize);
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const changeSettings = useStore((state) => state.changeSettings);
  if (smallestInput === undefined) return null;
  const own = preprocessing.width;
  const others = SIDES.filter((each) => each >= smallestInput && each !== own);
  return (
    <label className={controls.field}>
      <span>{base.inputSize}</span>
      <select
        value={side ?? ""}
        disabled={!idle}
        onChange={({ currentTarget }) => changeSettings({ inputSize: Number(currentTarget.value) || null })}
      >
        <option value="">{base.ownSize(own)}</option>
        {others.map((each) => (
          <option key={each} value={each}>
            {base.size(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

const SMALLER = 160;

/** Offers photos of fewer pixels where the machine is slow; what they cost was measured with the built-in base model. */
function SmallerPhotos({ side }: { side: number }) {
  const slow = useStore(slowPace);
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const changeSettings = useStore((state) => state.changeSettings);
  if (slow === null || side <= SMALLER) return null;
  return (
    <p className={styles.recommended}>
      {base.slow(slow)}{" "}
      <button
        type="button"
        className={controls.button}
        disabled={!idle}
        onClick={() => changeSettings({ inputSize: SMALLER })}
      >
        {base.useSmaller}
      </button>
    </p>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Nothing is fetched from a foreign host before its user agrees. */
function Download({ entry: { id, note, download } }: { entry: BaseModelEntry }) {
  const downloadBaseModel = useStore((state) => state.downloadBaseModel);
  if (!download) return null;
  return (
    <div className={styles.download}>
      {note ? <p className={controls.quiet}>{base.notes[note]}</p> : null}
      <dl className={styles.facts}>
        <Fact term={base.inputSize} value={base.pixels({ width: download.inputSize, height: download.inputSize })} />
        <Fact term={base.parameters} value={base.millions(download.parameters)} />
        <Fact term={base.multiplyAdds} value={base.millions(download.multiplyAdds)} />
      </dl>
      <p>{base.fetches(download)}</p>
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        onClick={() => void downloadBaseModel({ catalogueId: id })}
      >
        {base.download}
      </button>
      <p className={controls.quiet}>
        <Marked text={base.ifRefused} href={download.kerasUrl} />
      </p>
    </div>
  );
}

function Recommendation({ entry }: { entry: BaseModelEntry }) {
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  return (
    <p className={styles.recommended}>
      <Marked text={base.recommended({ name: entry.name, note: entry.note })} />{" "}
      <button type="button" className={controls.button} onClick={() => chooseBaseModel(entry.id)}>
        {base.get(entry.download?.bytes ?? 0)}
      </button>
    </p>
  );
}

function FromAddress() {
  const [address, setAddress] = useState("");
  const downloading = useStore(isDownloading);
  const downloadBaseModel = useStore((state) => state.downloadBaseModel);
  return (
    <form
      className={styles.address}
      onSubmit={(event) => {
        event.preventDefault();
        if (address) void downloadBaseModel({ url: address });
      }}
    >
      <label className={controls.field}>
        <span>{base.address}</span>
        <input
          type="url"
          placeholder={base.addressExample}
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
      </label>
      <button type="submit" className={controls.button} disabled={!address || downloading}>
        {base.fetch}
      </button>
    </form>
  );
}

function isDownloading({ jobs }: State): boolean {
  return jobOf(jobs, "download") !== undefined;
}
