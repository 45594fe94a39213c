import { useState } from "react";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Projects.module.css";

const text = words.erasing;

/** The button that removes everything, which first says what goes. */
export function EraseEverything() {
  const projects = useStore((state) => state.projects.length + state.deletedProjects.length);
  const saved = useStore((state) => state.saved.length);
  const bases = useStore((state) => state.baseModels.filter(({ builtIn, card }) => !builtIn && card).length);
  const eraseEverything = useStore((state) => state.eraseEverything);
  const [asking, setAsking] = useState(false);
  return (
    <section className={styles.erase} aria-label={text.erase}>
      {asking ? (
        <>
          <p>{text.goes({ projects, saved, bases })}</p>
          <div className={controls.row}>
            <button
              type="button"
              className={`${controls.button} ${controls.danger}`}
              onClick={() => void eraseEverything()}
            >
              {text.confirm}
            </button>
            <button type="button" className={controls.button} onClick={() => setAsking(false)}>
              {words.shared.cancel}
            </button>
          </div>
        </>
      ) : (
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger}`}
          onClick={() => setAsking(true)}
        >
          {text.erase}
        </button>
      )}
    </section>
  );
}
