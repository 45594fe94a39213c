import { useMemo, useRef, useState } from "react";
import type { PhotoClass } from "../../dataset/dataset.ts";
import { classColour } from "../shared/class-colour.ts";
import controls from "../shared/controls.module.css";
import { plural } from "../shared/format.ts";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { CaptureDialog } from "./CaptureDialog.tsx";
import styles from "./ClassCard.module.css";
import { PhotoGrid } from "./PhotoGrid.tsx";

export function ClassCard({ photoClass, index }: { photoClass: PhotoClass; index: number }) {
  const { id, name } = photoClass;
  const allSamples = useStore((state) => state.dataset.samples);
  const deleteClass = useStore((state) => state.deleteClass);
  const samples = useMemo(() => allSamples.filter(({ classId }) => classId === id), [allSamples, id]);
  const [capturing, setCapturing] = useState(false);
  return (
    <section className={`${controls.card} ${styles.card}`} aria-label={name}>
      <div className={styles.head}>
        <span className={styles.dot} style={{ background: classColour(index) }} />
        <ClassName key={name} photoClass={photoClass} />
        <p className={styles.count}>{plural(samples.length, "photo")}</p>
      </div>
      <PhotoGrid samples={samples} classId={id} />
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={() => setCapturing(true)}>
          <Icon name="camera" />
          Capture from camera
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger}`}
          onClick={() => deleteClass(id)}
        >
          <Icon name="trash" />
          Delete class
        </button>
      </div>
      {capturing ? <CaptureDialog photoClass={photoClass} onClose={() => setCapturing(false)} /> : null}
    </section>
  );
}

/** Takes effect on Enter or on leaving; Escape brings the old name back. */
function ClassName({ photoClass: { id, name } }: { photoClass: PhotoClass }) {
  const renameClass = useStore((state) => state.renameClass);
  const [draft, setDraft] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const commit = () => {
    if (draft.trim() !== name) renameClass(id, draft);
    // What was refused goes back; what was taken comes in with the new name.
    setDraft(name);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label="Class name"
      className={styles.name}
      value={draft}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === "Enter") input.current?.blur();
        if (key === "Escape") setDraft(name);
      }}
    />
  );
}
