import { memo, useRef, useState } from "react";
import { type PhotoClass, UNSORTED } from "../../dataset/dataset.ts";
import { hashOf } from "../places.ts";
import { classColour } from "../shared/class-colour.ts";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { samplesOf } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import { Marked } from "../words/Marked.tsx";
import { words } from "../words/words.ts";
import { CaptureDialog } from "./CaptureDialog.tsx";
import styles from "./ClassCard.module.css";
import { ClassOptions } from "./ClassOptions.tsx";
import { shownName } from "./class-name.ts";
import { PhotoGrid } from "./grid/PhotoGrid.tsx";

export const ClassCard = memo(function ClassCard({ photoClass, index }: { photoClass: PhotoClass; index: number }) {
  const { id } = photoClass;
  const name = shownName(photoClass);
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
          style={isUnsorted ? undefined : { background: classColour(photoClass) }}
        />
        <ClassName key={name} photoClass={photoClass} />
        <p className={styles.count}>{words.classes.count(samples.length)}</p>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.icon}`}
          aria-label={words.classes.options}
          title={words.classes.options}
          aria-expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          <Icon name={choosing ? "up" : "down"} />
        </button>
      </div>
      {choosing ? <ClassOptions photoClass={photoClass} index={index} /> : null}
      {isUnsorted ? (
        <p className={controls.quiet}>
          <Marked text={words.classes.unsortedNote} href={hashOf("Data", "sort")} />
        </p>
      ) : null}
      {samples.length ? (
        <PhotoGrid samples={samples} classId={id} label={words.classes.photosOf(name)} />
      ) : (
        <p className={controls.quiet}>{words.classes.empty}</p>
      )}
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={() => setCapturing(true)}>
          <Icon name="camera" />
          {words.classes.capture}
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger}`}
          onClick={() => deleteClass(id)}
        >
          <Icon name="trash" />
          {words.classes.delete}
        </button>
      </div>
      {capturing ? <CaptureDialog photoClass={photoClass} onClose={() => setCapturing(false)} /> : null}
    </section>
  );
});

/** Takes effect on Enter or when the focus leaves it; Escape restores the old name. */
function ClassName({ photoClass }: { photoClass: PhotoClass }) {
  const { id } = photoClass;
  const name = shownName(photoClass);
  const renameClass = useStore((state) => state.renameClass);
  const [draft, setDraft] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const commit = () => {
    if (draft.trim() !== name) renameClass(id, draft);
    // A name that was refused is dropped; one that was accepted comes back with the class.
    setDraft(name);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label={words.classes.name}
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
