import { memo, useRef, useState } from "react";
import { type PhotoClass, UNSORTED } from "../../dataset/dataset.ts";
import { hashOf } from "../places.ts";
import { classColour } from "../shared/class-colour.ts";
import controls from "../shared/controls.module.css";
import { plural } from "../shared/format.ts";
import { Icon } from "../shared/Icon.tsx";
import { samplesOf } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import { CaptureDialog } from "./CaptureDialog.tsx";
import styles from "./ClassCard.module.css";
import { ClassOptions } from "./ClassOptions.tsx";
import { PhotoGrid } from "./grid/PhotoGrid.tsx";

export const ClassCard = memo(function ClassCard({ photoClass, index }: { photoClass: PhotoClass; index: number }) {
  const { id, name } = photoClass;
  const samples = useStore((state) => samplesOf(state.dataset, id));
  const deleteClass = useStore((state) => state.deleteClass);
  const [capturing, setCapturing] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const isUnsorted = id === UNSORTED;
  return (
    <section className={`${controls.card} ${styles.card}`} aria-label={name}>
      <div className={styles.head}>
        <span
          className={`${styles.dot} ${isUnsorted ? styles.none : ""}`}
          style={isUnsorted ? undefined : { background: classColour(photoClass, index) }}
        />
        <ClassName key={name} photoClass={photoClass} />
        <p className={styles.count}>{plural(samples.length, "photo")}</p>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.icon}`}
          aria-label="Class options"
          title="Class options"
          aria-expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          <Icon name={choosing ? "up" : "down"} />
        </button>
      </div>
      {choosing ? <ClassOptions photoClass={photoClass} index={index} /> : null}
      {isUnsorted ? (
        <p className={controls.quiet}>
          These take no part in training until they are in a class. <a href={hashOf("Data", "sort")}>Sort them</a> one
          by one, or select some and move them.
        </p>
      ) : null}
      {samples.length ? (
        <PhotoGrid samples={samples} classId={id} label={`Photos of ${name}`} />
      ) : (
        <p className={controls.quiet}>Drop photos here, paste them, or capture some from the camera.</p>
      )}
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
});

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
      readOnly={id === UNSORTED}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === "Enter") input.current?.blur();
        if (key === "Escape") setDraft(name);
      }}
    />
  );
}
