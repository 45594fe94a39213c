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
  const lastStep = useStore((state) => state.past.at(-1)?.label);
  useUndoKey(undo);

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
        disabled={!lastStep}
        title={lastStep ? `Take back ${lastStep}` : "Nothing to take back"}
      >
        <Icon name="undo" />
        Undo
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

/** Ctrl+Z or ⌘Z, except in a text field, which has its own. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isText = event.target instanceof HTMLInputElement && /text|number|url/.test(event.target.type);
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isText) return;
      event.preventDefault();
      undo();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [undo]);
}
