import { memo, useRef, useState } from "react";
import { type ClassId, type PhotoClass, type Sample, UNSORTED } from "../../dataset/dataset.ts";
import { hashOf } from "../places.ts";
import { Beside } from "../shared/Beside.tsx";
import { classColour } from "../shared/class-colour.ts";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { samplesOf } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import { Marked } from "../words/Marked.tsx";
import { words } from "../words/words.ts";
import { CaptureDialog } from "./CaptureDialog.tsx";
import styles from "./ClassCard.module.css";
import { ClassName } from "./ClassName.tsx";
import { ClassOptions } from "./ClassOptions.tsx";
import { shownName } from "./class-name.ts";
import { PhotoGrid } from "./grid/PhotoGrid.tsx";

interface ClassCardProps {
  readonly photoClass: PhotoClass;
  /** Place in the list. */
  readonly index: number;
  /** Whether its photos are shown. */
  readonly open: boolean;
  /** Shows or hides them; null where there are so few classes that all are open. */
  readonly onToggle: ((id: ClassId) => void) | null;
}

/** Photos that a closed row shows. */
const FIRST_FEW = 8;

/** A class as a card, or one of many as a row that opens. */
export const ClassCard = memo(function ClassCard({ photoClass, index, open, onToggle }: ClassCardProps) {
  const { id } = photoClass;
  const name = shownName(photoClass);
  const samples = useStore((state) => samplesOf(state.dataset, id));
  const card = useRef<HTMLElement>(null);
  const capturing = useStore((state) => state.capturing === id);
  const capture = useStore((state) => state.capture);
  const captureButton = useRef<HTMLButtonElement>(null);
  const [choosing, setChoosing] = useState(false);
  const isUnsorted = id === UNSORTED;
  const endCapture = () => {
    capture(null);
    // Whatever opened the dialog may have gone.
    captureButton.current?.focus();
  };
  return (
    <section
      ref={card}
      tabIndex={-1}
      data-class={id}
      className={`${controls.card} ${styles.card} ${open ? "" : styles.row}`}
      aria-label={name}
    >
      <div className={styles.head}>
        {onToggle ? (
          <IconButton
            name={open ? "down" : "right"}
            label={open ? words.classes.hidePhotos : words.classes.showPhotos}
            expanded={open}
            onClick={() => onToggle(id)}
          />
        ) : null}
        <span
          className={`${styles.dot} ${isUnsorted ? styles.none : ""}`}
          style={isUnsorted ? undefined : { background: classColour(photoClass) }}
        />
        <ClassName
          photoClass={photoClass}
          // Photos are what a class with a name needs next.
          onNamed={() => (samples.length ? card : captureButton).current?.focus()}
        />
        {open ? null : <FirstFew samples={samples} />}
        <p className={styles.count}>{words.classes.count(samples.length)}</p>
        <IconButton
          name={choosing ? "up" : "more"}
          label={words.classes.options}
          expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        />
      </div>
      <Beside spot={`class ${id}`} />
      {choosing ? <ClassOptions photoClass={photoClass} index={index} /> : null}
      {open ? <Photos photoClass={photoClass} samples={samples} /> : null}
      <div className={`${controls.row} ${styles.tools}`}>
        <button ref={captureButton} type="button" className={controls.button} onClick={() => capture(id)}>
          <Icon name="camera" />
          <span>{words.classes.capture}</span>
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger}`}
          onClick={() => useStore.getState().deleteClass(id)}
        >
          <Icon name="trash" />
          <span>{isUnsorted ? words.classes.deleteUnsorted : words.classes.delete}</span>
        </button>
      </div>
      {capturing ? <CaptureDialog photoClass={photoClass} onClose={endCapture} /> : null}
    </section>
  );
});

function Photos({ photoClass, samples }: { photoClass: PhotoClass; samples: readonly Sample[] }) {
  return (
    <>
      {photoClass.id === UNSORTED ? (
        <p className={controls.quiet}>
          <Marked text={words.classes.unsortedNote} href={hashOf("Data", "sort")} />
        </p>
      ) : null}
      {samples.length ? (
        <PhotoGrid samples={samples} classId={photoClass.id} label={words.classes.photosOf(shownName(photoClass))} />
      ) : (
        <p className={controls.quiet}>{words.classes.empty}</p>
      )}
    </>
  );
}

/** A few photos in a row, to know the class by. */
function FirstFew({ samples }: { samples: readonly Sample[] }) {
  return (
    <span className={styles.few} aria-hidden="true">
      {samples.slice(0, FIRST_FEW).map(({ photo }) => (
        <Thumbnail key={photo} photo={photo} alt="" />
      ))}
    </span>
  );
}

interface IconButtonProps {
  readonly name: "up" | "down" | "right" | "more";
  readonly label: string;
  readonly expanded: boolean;
  onClick(): void;
}

function IconButton({ name, label, expanded, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.plain} ${controls.icon}`}
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <Icon name={name} />
    </button>
  );
}
