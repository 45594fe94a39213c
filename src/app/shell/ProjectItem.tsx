import { useState } from "react";
import type { ProjectSummary } from "../../project/project.ts";
import controls from "../shared/controls.module.css";
import { dateTime, plural } from "../shared/format.ts";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { useStore } from "../store/store.ts";
import styles from "./Projects.module.css";

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
          {[isOpen ? "Open now" : "", plural(photos, "photo"), plural(classNames.length, "class"), dateTime(changedAt)]
            .filter(Boolean)
            .join(" · ")}
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
            Open
          </button>
        )}
        <button
          type="button"
          className={`${controls.button} ${controls.plain}`}
          aria-describedby={labelId}
          onClick={() => setRenaming(true)}
        >
          Rename
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain}`}
          aria-describedby={labelId}
          onClick={() => void copyProject(id)}
        >
          Copy
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.plain} ${controls.danger}`}
          aria-describedby={labelId}
          onClick={() => void deleteProject(id)}
        >
          Delete
        </button>
      </div>
    </li>
  );
}

/** Enter or leaving takes the name, Escape leaves it. */
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
      aria-label="New name"
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
