import { useCallback, useEffect, useState } from "react";
import type { ClassId } from "../../dataset/dataset.ts";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { ClassCard } from "./ClassCard.tsx";
import styles from "./DataPlace.module.css";
import { Legend } from "./grid/Legend.tsx";
import { useReadinessNotes } from "./useReadinessNotes.ts";

/** More classes than this are rows that open. */
const MOST_CARDS = 8;
const NONE: ReadonlySet<ClassId> = new Set();

/** The classes as cards, or many of them as rows that open, and what is still missing. */
export function ClassesView() {
  const classes = useStore((state) => state.dataset.classes);
  const hasPhotos = useStore((state) => state.dataset.samples.length > 0);
  const addClass = useStore((state) => state.addClass);
  const notes = useReadinessNotes();
  const { folds, isOpen, toggle, allOpen, toggleAll } = useFolding(classes.map(({ id }) => id));
  return (
    <>
      <h2 className={controls.hidden}>{words.data.views.classes}</h2>
      <div className={styles.above}>
        {hasPhotos ? <Legend /> : null}
        {folds ? (
          <button type="button" className={`${controls.button} ${controls.plain}`} onClick={toggleAll}>
            {allOpen ? words.classes.closeAll : words.classes.openAll}
          </button>
        ) : null}
      </div>
      <div className={folds ? styles.rows : styles.classes}>
        {classes.map((photoClass, index) => (
          <ClassCard
            key={photoClass.id}
            photoClass={photoClass}
            index={index}
            open={isOpen(photoClass.id)}
            onToggle={folds ? toggle : null}
          />
        ))}
      </div>
      <div className={styles.after}>
        <button type="button" data-add-class="" className={controls.button} onClick={addClass}>
          <Icon name="plus" />
          {words.data.addClass}
        </button>
        <ul className={controls.quiet}>
          {notes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
    </>
  );
}

/** Which classes are open: a few are always; of many, those that were opened and the one that was just added. */
function useFolding(ids: readonly ClassId[]) {
  const [opened, setOpened] = useState(NONE);
  const added = useStore((state) => (state.attention?.to === "name" ? state.attention.classId : null));
  useEffect(() => {
    if (added) setOpened((before) => new Set([...before, added]));
  }, [added]);
  const toggle = useCallback((id: ClassId) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const folds = ids.length > MOST_CARDS;
  const allOpen = ids.every((id) => opened.has(id));
  return {
    folds,
    allOpen,
    toggle,
    isOpen: (id: ClassId) => !folds || opened.has(id),
    toggleAll: () => setOpened(allOpen ? NONE : new Set(ids)),
  };
}
