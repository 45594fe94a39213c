import { useEffect, useRef } from "react";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import type { Theme } from "../store/engine.ts";
import { useStore } from "../store/store.ts";
import styles from "./TopBar.module.css";

const NEXT_THEME: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const THEME_NOTE: Record<Theme, string> = { system: "as your system", light: "light", dark: "dark" };

export function TopBar() {
  const theme = useStore((state) => state.theme);
  const setTheme = useStore((state) => state.setTheme);
  const undo = useStore((state) => state.undo);
  const redo = useStore((state) => state.redo);
  const importing = useStore((state) => state.importing !== null);
  const lastStep = useStore((state) => state.past.at(-1)?.label);
  const nextStep = useStore((state) => state.future.at(-1)?.label);
  useHistoryKeys(undo, redo);

  return (
    <header className={styles.bar}>
      <NewProject />
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

function NewProject() {
  const dialog = useRef<HTMLDialogElement>(null);
  const newProject = useStore((state) => state.newProject);
  return (
    <>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="plus" />
        New project
      </button>
      <dialog ref={dialog} aria-labelledby="new-project-title">
        <form method="dialog" className={styles.confirm}>
          <h2 id="new-project-title">Start over?</h2>
          <p>
            This removes the photos, labels and the last run of this project from this browser and cannot be undone.
            Base models and saved models stay.
          </p>
          <div className={controls.row}>
            <button type="submit" className={`${controls.button} ${controls.danger}`} onClick={() => void newProject()}>
              Remove and start over
            </button>
            <button type="submit" className={controls.button}>
              Keep it
            </button>
          </div>
        </form>
      </dialog>
    </>
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
