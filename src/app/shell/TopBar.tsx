import { useEffect } from "react";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import type { Theme } from "../store/engine.ts";
import { useStore } from "../store/store.ts";
import { ProjectName } from "./ProjectName.tsx";
import { Projects } from "./Projects.tsx";
import styles from "./TopBar.module.css";

const NEXT_THEME: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const THEME_NOTE: Record<Theme, string> = { system: "as your system", light: "light", dark: "dark" };

export function TopBar() {
  const theme = useStore((state) => state.theme);
  const setTheme = useStore((state) => state.setTheme);
  const newProject = useStore((state) => state.newProject);
  const undo = useStore((state) => state.undo);
  const redo = useStore((state) => state.redo);
  const importing = useStore((state) => state.importing !== null);
  const lastStep = useStore((state) => state.past.at(-1)?.label);
  const nextStep = useStore((state) => state.future.at(-1)?.label);
  useHistoryKeys(undo, redo);

  return (
    <header className={styles.bar}>
      <ProjectName />
      <Unsaved />
      <Projects />
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        title="New project"
        onClick={() => void newProject()}
      >
        <Icon name="plus" />
        New project
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={undo}
        disabled={!lastStep || importing}
        title={lastStep ? `Take back ${lastStep} (Ctrl+Z)` : "Nothing to take back"}
      >
        <Icon name="undo" />
        <span className={styles.word}>Undo</span>
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={redo}
        disabled={!nextStep || importing}
        title={nextStep ? `Repeat ${nextStep} (Ctrl+Shift+Z)` : "Nothing to repeat"}
      >
        <Icon name="redo" />
        <span className={styles.word}>Redo</span>
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={() => setTheme(NEXT_THEME[theme])}
        title={`Now ${THEME_NOTE[theme]}; next ${THEME_NOTE[NEXT_THEME[theme]]}`}
      >
        <Icon name="theme" />
        Theme
      </button>
    </header>
  );
}

/** Shown from a failed write until one goes through. */
function Unsaved() {
  const saveFailed = useStore((state) => state.saveFailed);
  const attempt = useStore((state) => state.attempt);
  const keepProject = useStore((state) => state.keepProject);
  if (!saveFailed) return null;
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.danger} ${styles.unsaved}`}
      onClick={() => void attempt(keepProject)}
    >
      Not saved: try again
    </button>
  );
}

/** Ctrl+Z or ⌘Z, and with Shift or as Ctrl+Y the other way; except in a text field, which has its own. */
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
