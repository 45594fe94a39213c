import { projectOf } from "./project.ts";
import { headstart, type State, useStore } from "./store.ts";

/** A change is on the disk this soon, however fast more changes follow. */
const SAVE_AFTER_MS = 300;

/** Keeps the project whenever it changes, and at once when the page is hidden. */
export function startAutosave(): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(waiting);
    waiting = undefined;
    void useStore.getState().attempt(() => headstart.saveProject(projectOf(useStore.getState())));
  };
  useStore.subscribe((state, before) => {
    if (!state.loaded || !before.loaded || !isChanged(state, before)) return;
    waiting ??= setTimeout(save, SAVE_AFTER_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting !== undefined) save();
  });
}

function isChanged(state: State, before: State): boolean {
  const now = projectOf(state);
  const then = projectOf(before);
  return (Object.keys(now) as (keyof typeof now)[]).some((key) => now[key] !== then[key]);
}
