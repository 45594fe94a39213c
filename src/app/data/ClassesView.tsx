import { readiness } from "../../dataset/readiness.ts";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { ClassCard } from "./ClassCard.tsx";
import styles from "./DataPlace.module.css";

/** The classes as cards, and what is still missing. */
export function ClassesView() {
  const dataset = useStore((state) => state.dataset);
  const addClass = useStore((state) => state.addClass);
  const { problems, hints } = readiness(dataset);
  return (
    <>
      <div className={styles.classes}>
        {dataset.classes.map((photoClass, index) => (
          <ClassCard key={photoClass.id} photoClass={photoClass} index={index} />
        ))}
      </div>
      <div className={styles.after}>
        <button type="button" className={controls.button} onClick={addClass}>
          <Icon name="plus" />
          Add class
        </button>
        <ul className={controls.quiet}>
          {[...problems, ...hints].map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
    </>
  );
}
