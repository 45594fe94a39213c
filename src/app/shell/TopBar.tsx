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
  const lastStep = useStore((state) => state.past.at(-1)?.label);
  useUndoKey(undo);

  return (
    <header className={styles.bar}>
      <NewProject />
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
