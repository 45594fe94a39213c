import { useState } from "react";
import type { BaseModelEntry } from "../../worker/protocol/index.ts";
import controls from "../shared/controls.module.css";
import { useHandOver } from "../shared/useHandOver.ts";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { Marked } from "../words/Marked.tsx";
import { words } from "../words/words.ts";
import { Fact } from "./BaseModelFacts.tsx";
import styles from "./BaseModelPicker.module.css";
import type { ToSelect } from "./BaseModelPicker.tsx";

const { base } = words.train;

/** Nothing is fetched from a foreign host before its user agrees. */
export function Download({ entry: { id, note, download }, select }: ToSelect & { entry: BaseModelEntry }) {
  const downloadBaseModel = useStore((state) => state.downloadBaseModel);
  const button = useHandOver<HTMLButtonElement>(() => select.current);
  if (!download) return null;
  return (
    <div className={styles.download}>
      {note ? <p className={controls.quiet}>{base.notes[note]}</p> : null}
      <dl className={styles.facts}>
        <Fact term={base.inputSize}>{base.pixels({ width: download.inputSize, height: download.inputSize })}</Fact>
        <Fact term={base.parameters}>{base.millions(download.parameters)}</Fact>
        <Fact term={base.multiplyAdds}>{base.millions(download.multiplyAdds)}</Fact>
      </dl>
      <p>{base.fetches(download)}</p>
      <button
        ref={button}
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

export function Recommendation({ entry, select }: ToSelect & { entry: BaseModelEntry }) {
  const chooseBaseModel = useStore((state) => state.chooseBaseModel);
  const button = useHandOver<HTMLButtonElement>(() => select.current);
  return (
    <p className={styles.recommended}>
      <Marked text={base.recommended({ name: entry.name, note: entry.note })} />{" "}
      <button ref={button} type="button" className={controls.button} onClick={() => chooseBaseModel(entry.id)}>
        {base.get(entry.download?.bytes ?? 0)}
      </button>
    </p>
  );
}

export function FromAddress() {
  const [address, setAddress] = useState("");
  const downloading = useStore((state) => jobOf(state.jobs, "download") !== undefined);
  const downloadBaseModel = useStore((state) => state.downloadBaseModel);
  return (
    <form
      className={styles.address}
      onSubmit={(event) => {
        event.preventDefault();
        if (address && !downloading) void downloadBaseModel({ url: address });
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
      <button type="submit" className={controls.button} disabled={!address} aria-disabled={downloading || undefined}>
        {base.fetch}
      </button>
    </form>
  );
}
