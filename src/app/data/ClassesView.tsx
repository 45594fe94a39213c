import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { ClassCard } from "./ClassCard.tsx";
import styles from "./DataPlace.module.css";
import { useReadinessNotes } from "./useReadinessNotes.ts";

/** The classes as cards, and what is still missing. */
export function ClassesView() {
  const classes = useStore((state) => state.dataset.classes);
  const addClass = useStore((state) => state.addClass);
  const notes = useReadinessNotes();
  return (
    <>
      <h2 className={controls.hidden}>{words.data.views.classes}</h2>
      <div className={styles.classes}>
        {classes.map((photoClass, index) => (
          <ClassCard key={photoClass.id} photoClass={photoClass} index={index} />
        ))}
      </div>
      <div className={styles.after}>
        <button type="button" className={controls.button} onClick={addClass}>
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
