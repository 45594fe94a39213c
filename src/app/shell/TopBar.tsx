import { useEffect } from "react";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { mayUndo } from "../store/data.ts";
import type { Theme } from "../store/engine.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { ProjectName } from "./ProjectName.tsx";
import { Projects } from "./Projects.tsx";
import styles from "./TopBar.module.css";

const NEXT_THEME: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const text = words.shell.bar;

export function TopBar() {
  const theme = useStore((state) => state.theme);
  const setTheme = useStore((state) => state.setTheme);
  const newProject = useStore((state) => state.newProject);
  const undo = useStore((state) => state.undo);
  const redo = useStore((state) => state.redo);
  const mayStep = useStore((state) => mayUndo(state.jobs));
  const lastChange = useStore((state) => state.past.at(-1)?.change ?? null);
  const nextChange = useStore((state) => state.future.at(-1)?.change ?? null);
  useHistoryKeys(undo, redo);

  return (
    <header className={styles.bar}>
      <ProjectName />
      <Unsaved />
      <Projects />
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        title={text.newProject}
        onClick={() => void newProject()}
      >
        <Icon name="plus" />
        {text.newProject}
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={undo}
        disabled={!lastChange || !mayStep}
        title={words.history.undo(lastChange)}
      >
        <Icon name="undo" />
        <span className={styles.word}>{text.undo}</span>
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={redo}
        disabled={!nextChange || !mayStep}
        title={words.history.redo(nextChange)}
      >
        <Icon name="redo" />
        <span className={styles.word}>{text.redo}</span>
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={() => setTheme(NEXT_THEME[theme])}
        title={text.themeTitle({ now: theme, next: NEXT_THEME[theme] })}
      >
        <Icon name="theme" />
        {text.theme}
      </button>
    </header>
  );
}

/** Shown from a failed write until one succeeds, and while one takes unusually long. */
function Unsaved() {
  const saveFailed = useStore((state) => state.saveFailed);
  const attempt = useStore((state) => state.attempt);
  const keepProject = useStore((state) => state.keepProject);
  const saveWaits = useStore((state) => state.saveWaits);
  if (saveWaits) {
    return (
      <span role="status" className={styles.unsaved}>
        {text.notSavedYet}
      </span>
    );
  }
  if (!saveFailed) return null;
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.danger} ${styles.unsaved}`}
      onClick={() => void attempt(keepProject)}
    >
      {text.notSaved}
    </button>
  );
}

/** Ctrl+Z or ⌘Z undoes; with Shift, or Ctrl+Y, redoes. A text field has its own undo and keeps it. */
function useHistoryKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const isText = event.target instanceof HTMLInputElement && /text|number|url|search/.test(event.target.type);
      if (!(event.ctrlKey || event.metaKey) || isText || (key !== "z" && key !== "y")) return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [undo, redo]);
}
