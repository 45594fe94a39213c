import { useRef, useState } from "react";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./TopBar.module.css";

/** The open project's name. Takes effect on Enter or on leaving; Escape brings the old name back. */
export function ProjectName() {
  const id = useStore((state) => state.projectId);
  const name = useStore((state) => state.projectName);
  return id ? <NameBox key={`${id} ${name}`} id={id} name={name} /> : null;
}

function NameBox({ id, name }: { id: string; name: string }) {
  const renameProject = useStore((state) => state.renameProject);
  const [draft, setDraft] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const commit = () => {
    if (draft.trim() && draft.trim() !== name) void renameProject(id, draft);
    else setDraft(name);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label={words.shell.bar.projectName}
      className={styles.name}
      value={draft}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === "Enter") input.current?.blur();
        if (key === "Escape") setDraft(name);
      }}
    />
  );
}
