import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import styles from "./NoProject.module.css";

/** What a tab shows while no project is open in it, as when another tab has it. */
export function NoProject() {
  const elsewhere = useStore((state) => state.elsewhere);
  const openProject = useStore((state) => state.openProject);
  const newProject = useStore((state) => state.newProject);
  return (
    <section className={controls.empty} aria-labelledby="no-project">
      <h1 id="no-project" tabIndex={-1}>
        {elsewhere ? `“${elsewhere.name}” is open in another tab` : "No project is open"}
      </h1>
      <p className={controls.quiet}>
        {elsewhere
          ? `${elsewhere.takenAway ? "It was taken over there, and this tab changes nothing in it any more. " : ""}Two tabs would overwrite each other’s work, so one at a time has it.`
          : "Choose one under Projects, or start a new one."}
      </p>
      <div className={`${controls.row} ${styles.choices}`}>
        {elsewhere ? (
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => void openProject(elsewhere.id, true)}
          >
            Use it here
          </button>
        ) : null}
        <button type="button" className={controls.button} onClick={() => void newProject()}>
          Start another project
        </button>
      </div>
    </section>
  );
}
