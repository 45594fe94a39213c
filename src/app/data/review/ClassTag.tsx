import type { ClassId } from "../../../dataset/dataset.ts";
import { classColour } from "../../shared/class-colour.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { shownName } from "../class-name.ts";
import styles from "./Review.module.css";

/** A class by its colour and name. */
export function ClassTag({ id }: { id: ClassId }) {
  const classes = useStore((state) => state.dataset.classes);
  const photoClass = classes.find((each) => each.id === id);
  return (
    <span className={styles.tag}>
      <span className={styles.dot} style={{ background: classColour(photoClass ?? {}) }} />
      <span className={styles.name}>{photoClass ? shownName(photoClass) : words.classes.deleted}</span>
    </span>
  );
}
