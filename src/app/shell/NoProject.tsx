import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./NoProject.module.css";

/** What a tab shows while no project is open in it, for example because another tab has it open. */
export function NoProject() {
  const elsewhere = useStore((state) => state.elsewhere);
  const openProject = useStore((state) => state.openProject);
  const newProject = useStore((state) => state.newProject);
  const text = words.shell.noProject;
  return (
    <section className={controls.empty} aria-labelledby="no-project">
      <h1 id="no-project" tabIndex={-1}>
        {elsewhere ? text.titleElsewhere(elsewhere.name) : text.title}
      </h1>
      <p className={controls.quiet}>
        {elsewhere ? (elsewhere.takenAway ? text.adviceTakenAway : text.adviceElsewhere) : text.advice}
      </p>
      <div className={`${controls.row} ${styles.choices}`}>
        {elsewhere ? (
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => void openProject(elsewhere.id, true)}
          >
            {text.takeOver}
          </button>
        ) : null}
        <button type="button" className={controls.button} onClick={() => void newProject()}>
          {text.startAnother}
        </button>
      </div>
    </section>
  );
}
