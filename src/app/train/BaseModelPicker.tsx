import { useState } from "react";
import { multiplyAddsAt } from "../../network/cost.ts";
import type { BaseModelCard } from "../../network/model.ts";
import type { BaseModelEntry } from "../../worker/protocol/index.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { megabytes, millions } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import styles from "./BaseModelPicker.module.css";

export function BaseModelPicker() {
  const baseModels = useStore((state) => state.baseModels);
  const chosenId = useStore((state) => state.baseModelId);
  const idle = useStore((state) => state.activity.kind === "idle");
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  const addBaseModel = useStore((state) => state.addBaseModel);
  const chosen = baseModels.find(({ id }) => id === chosenId);
  const here = baseModels.filter(({ card }) => card !== null);
  const elsewhere = baseModels.filter(({ card }) => card === null);
  const recommended = elsewhere.find((entry) => entry.recommended);
  return (
    <section className={`${controls.card} ${styles.picker}`} aria-labelledby="base-title">
      <h2 id="base-title">Base model</h2>
      <select
        aria-label="Base model"
        value={chosenId ?? ""}
        disabled={!idle}
        onChange={({ currentTarget }) => chooseBaseModel(currentTarget.value)}
      >
        <optgroup label="On this machine">
          {here.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
        {elsewhere.length ? (
          <optgroup label="To download">
            {elsewhere.map(({ id, name, download }) => (
              <option key={id} value={id}>
                {`${name} (${download ? `${megabytes(download.bytes)}, ${download.host}` : ""})`}
              </option>
            ))}
          </optgroup>
        ) : null}
      </select>
      {chosen ? chosen.card ? <Facts entry={chosen} /> : <Download entry={chosen} /> : null}
      {recommended && chosen?.builtIn ? <Recommendation entry={recommended} /> : null}
      <details>
        <summary>Use another model</summary>
        <div className={styles.other}>
          <p className={controls.quiet}>
            A Keras file (.keras, .h5, .weights.h5), or a TensorFlow.js model or Teachable Machine export: its
            model.json with the weight files, or a zip of them.
          </p>
          <FileButton
            label="Add base model"
            accept=".json,.bin,.zip,.keras,.h5"
            onFiles={(files) => void addBaseModel(files)}
          />
          <FromAddress />
        </div>
      </details>
    </section>
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
      {card.note ? <p className={controls.quiet}>{card.note}</p> : null}
      <dl className={styles.facts}>
        <Fact term="Sees" value={`${side ?? width} × ${side ?? height} pixels`} />
        <Fact term="Parameters" value={millions(card.parameters)} />
        <Fact
          term="Multiply-adds a photo"
          value={millions(side === null ? card.multiplyAdds : multiplyAddsAt(card, side))}
        />
        <Fact term="Embedding" value={`${card.embeddingSize} numbers`} />
        <Fact term="From" value={card.source} />
      </dl>
      {entry.builtIn ? null : (
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger} ${styles.remove}`}
          onClick={() => void deleteBaseModel(entry.id)}
        >
          Remove from this browser
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
  const idle = useStore((state) => state.activity.kind === "idle");
  const changeSettings = useStore((state) => state.changeSettings);
  if (smallestInput === undefined) return null;
  const own = preprocessing.width;
  const others = SIDES.filter((each) => each >= smallestInput && each !== own);
  return (
    <label className={controls.field}>
      <span>Input size</span>
      <select
        value={side ?? ""}
        disabled={!idle}
        onChange={({ currentTarget }) => changeSettings({ inputSize: Number(currentTarget.value) || null })}
      >
        <option value="">{`${own} pixels, as it was trained`}</option>
        {others.map((each) => (
          <option key={each} value={each}>
            {`${each} pixels`}
          </option>
        ))}
      </select>
    </label>
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
  const running = useStore((state) => state.download);
  const downloadBaseModel = useStore((state) => state.downloadBaseModel);
  if (!download) return null;
  if (running) return <DownloadProgress />;
  return (
    <div className={styles.download}>
      <p className={controls.quiet}>{note}</p>
      <dl className={styles.facts}>
        <Fact term="Sees" value={`${download.inputSize} × ${download.inputSize} pixels`} />
        <Fact term="Parameters" value={millions(download.parameters)} />
        <Fact term="Multiply-adds a photo" value={millions(download.multiplyAdds)} />
      </dl>
      <p>
        This fetches {megabytes(download.bytes)} from {download.host} once. That host sees your network address; your
        photos stay here.
      </p>
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        onClick={() => void downloadBaseModel({ catalogueId: id })}
      >
        Download
      </button>
      <p className={controls.quiet}>
        If that host refuses, fetch <a href={download.kerasUrl}>its Keras file</a> yourself and add it below.
      </p>
    </div>
  );
}

function DownloadProgress() {
  const running = useStore((state) => state.download);
  const cancelDownload = useStore((state) => state.cancelDownload);
  const bytes = running?.progress?.bytes ?? 0;
  const total = running?.progress?.totalBytes ?? undefined;
  return (
    <div className={styles.download}>
      <progress aria-label="Downloading" max={total ?? 1} value={total ? bytes : undefined} />
      <div className={controls.row}>
        <span className={controls.quiet}>{megabytes(bytes)}</span>
        <button type="button" className={controls.button} onClick={cancelDownload}>
          Cancel download
        </button>
      </div>
    </div>
  );
}

function Recommendation({ entry }: { entry: BaseModelEntry }) {
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  return (
    <p className={styles.recommended}>
      <strong>For real work:</strong> {entry.name}. {entry.note}{" "}
      <button type="button" className={controls.button} onClick={() => chooseBaseModel(entry.id)}>
        Get it ({entry.download ? megabytes(entry.download.bytes) : ""})
      </button>
    </p>
  );
}

function FromAddress() {
  const [address, setAddress] = useState("");
  const running = useStore((state) => state.download);
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
        <span>Model address</span>
        <input
          type="url"
          placeholder="https://…/model.json or ….h5"
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
      </label>
      <button type="submit" className={controls.button} disabled={!address || running !== null}>
        Fetch
      </button>
      {running?.id === address && address ? <DownloadProgress /> : null}
    </form>
  );
}
