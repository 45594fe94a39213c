import controls from "../shared/controls.module.css";
import { type State, useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./NoProject.module.css";

/** What a tab shows while no project is open in it, for example because another tab has it open. */
export function NoProject() {
  const elsewhere = useStore((state) => state.elsewhere);
  const openProject = useStore((state) => state.openProject);
  const newProject = useStore((state) => state.newProject);
  const unopened = useStore((state) => state.unopened);
  const text = words.shell.noProject;
  if (unopened) return <Unopened unopened={unopened} />;
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

/** A project that the page ended with while it was being opened is opened again only by whoever wants that. */
function Unopened({ unopened: { id, name, other } }: { unopened: NonNullable<State["unopened"]> }) {
  const openProject = useStore((state) => state.openProject);
  const newProject = useStore((state) => state.newProject);
  const text = words.shell.unopened;
  return (
    <section className={controls.empty} aria-labelledby="unopened">
      <h1 id="unopened" tabIndex={-1}>
        {text.title(name)}
      </h1>
      <p className={controls.quiet}>{text.advice}</p>
      <div className={`${controls.row} ${styles.choices}`}>
        {other ? (
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => void openProject(other.id)}
          >
            {text.openOther(other.name)}
          </button>
        ) : null}
        <button type="button" className={controls.button} onClick={() => void openProject(id)}>
          {text.openAgain}
        </button>
        <button type="button" className={controls.button} onClick={() => void newProject()}>
          {words.shell.noProject.startAnother}
        </button>
      </div>
    </section>
  );
}
