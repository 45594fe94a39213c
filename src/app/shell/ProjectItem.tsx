import { useState } from "react";
import { isReservedName } from "../../dataset/dataset.ts";
import type { ProjectSummary } from "../../project/project.ts";
import controls from "../shared/controls.module.css";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Projects.module.css";

const text = words.shell.projects;

/** One project of the list, with what can be done with it. */
export function ProjectItem({ project, onOpened }: { project: ProjectSummary; onOpened(): void }) {
  const { id, name, photos, classNames, cover, changedAt } = project;
  const isOpen = useStore((state) => state.projectId === id);
  const openProject = useStore((state) => state.openProject);
  const copyProject = useStore((state) => state.copyProject);
  const deleteProject = useStore((state) => state.deleteProject);
  const [renaming, setRenaming] = useState(false);
  const labelId = `project-${id}`;
  return (
    <li className={styles.item} aria-current={isOpen ? "true" : undefined}>
      <div className={styles.cover}>{cover ? <Thumbnail photo={cover} alt="" /> : null}</div>
      <div className={styles.about}>
        {renaming ? (
          <Rename project={project} onDone={() => setRenaming(false)} />
        ) : (
          <strong id={labelId} className={styles.title}>
            {name}
          </strong>
        )}
        <p className={controls.quiet}>
          {text.facts({
            isOpen,
            photos,
            classes: classNames.filter((each) => !isReservedName(each)).length,
            changedAt,
          })}
        </p>
      </div>
      <div className={styles.actions}>
        {isOpen ? null : (
          <button
            type="button"
            className={controls.button}
            aria-describedby={labelId}
            onClick={() => void openProject(id).then(onOpened)}
          >
            {text.open}
          </button>
        )}
        <button
          type="button"
          className={`${controls.button} ${controls.plain}`}
          aria-describedby={labelId}
          onClick={() => setRenaming(true)}
        >
          {text.rename}
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain}`}
          aria-describedby={labelId}
          onClick={() => void copyProject(id)}
        >
          {text.copy}
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger}`}
          aria-describedby={labelId}
          onClick={() => void deleteProject(id)}
        >
          {text.delete}
        </button>
      </div>
    </li>
  );
}

/** A box for the new name. Enter or leaving the box takes it, Escape keeps the old one. */
function Rename({ project: { id, name }, onDone }: { project: ProjectSummary; onDone(): void }) {
  const renameProject = useStore((state) => state.renameProject);
  const [draft, setDraft] = useState(name);
  const commit = () => {
    onDone();
    if (draft.trim() !== name) void renameProject(id, draft);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears because its user asked to rename
      autoFocus
      type="text"
      aria-label={text.newName}
      value={draft}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key !== "Escape") return;
        // The dialog stays open.
        event.preventDefault();
        onDone();
      }}
    />
  );
}
