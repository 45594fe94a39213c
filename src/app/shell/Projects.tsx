import { useEffect, useRef } from "react";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { EraseEverything } from "./EraseEverything.tsx";
import { Notices } from "./Notices.tsx";
import { ProjectItem } from "./ProjectItem.tsx";
import styles from "./Projects.module.css";

const text = words.shell.projects;

/** Opens the list of projects. */
export function Projects() {
  const shown = useStore((state) => state.projectsShown);
  const showProjects = useStore((state) => state.showProjects);
  return (
    <>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        aria-haspopup="dialog"
        title={text.title}
        onClick={() => showProjects(true)}
      >
        <Icon name="folder" />
        {text.title}
      </button>
      {shown ? <ProjectsDialog onClose={() => showProjects(false)} /> : null}
    </>
  );
}

function ProjectsDialog({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const projects = useStore((state) => state.projects);
  const loadProjects = useStore((state) => state.loadProjects);
  const measureSpace = useStore((state) => state.measureSpace);
  useEffect(() => {
    dialog.current?.showModal();
    void loadProjects();
    void measureSpace();
  }, [loadProjects, measureSpace]);
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="projects-title" onClose={onClose}>
      <div className={styles.head}>
        <h2 id="projects-title">{text.title}</h2>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.icon}`}
          aria-label={text.close}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </div>
      <ul aria-labelledby="projects-title" className={styles.list}>
        {projects.map((project) => (
          <ProjectItem key={project.id} project={project} onOpened={close} />
        ))}
      </ul>
      <Deleted />
      <SpaceUse />
      <EraseEverything />
      {/* The page’s own messages cannot be reached behind the dialog. */}
      <Notices />
    </dialog>
  );
}

function Deleted() {
  const deleted = useStore((state) => state.deletedProjects);
  const forgetProject = useStore((state) => state.forgetProject);
  const restoreProject = useStore((state) => state.restoreProject);
  if (!deleted.length) return null;
  return (
    <details className={styles.deleted}>
      <summary>{text.deletedSummary(deleted.length)}</summary>
      <ul aria-label={text.deletedList}>
        {deleted.map(({ id, name }) => (
          <li key={id} className={styles.restorable}>
            <span id={`deleted-${id}`}>{name}</span>
            <span className={styles.actions}>
              <button
                type="button"
                className={controls.button}
                aria-describedby={`deleted-${id}`}
                onClick={() => void restoreProject(id, false)}
              >
                {text.restore}
              </button>
              <button
                type="button"
                className={`${controls.button} ${controls.plain} ${controls.danger}`}
                aria-describedby={`deleted-${id}`}
                onClick={() => void forgetProject(id)}
              >
                {words.erasing.forGood}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function SpaceUse() {
  const space = useStore((state) => state.space);
  if (!space) return null;
  return (
    <div className={styles.space}>
      <meter aria-label={text.storage} min={0} max={space.available} high={space.available * 0.8} value={space.used} />
      <p className={controls.quiet}>{text.space(space)}</p>
    </div>
  );
}
