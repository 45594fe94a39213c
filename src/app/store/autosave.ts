import { projectOf } from "./project.ts";
import { headstart, type State, useStore } from "./store.ts";

/** Between two writes; changes in between go into the second. */
const PAUSE_MS = 300;

/** Keeps the project whenever it changes: a first change at once, a flood of them at a steady pace. */
export function startAutosave(): void {
  let pausing = false;
  let changed = false;
  const save = () => {
    changed = false;
    pausing = true;
    void useStore.getState().attempt(() => headstart.saveProject(projectOf(useStore.getState())));
    setTimeout(() => {
      pausing = false;
      if (changed) save();
    }, PAUSE_MS);
  };
  useStore.subscribe((state, before) => {
    if (!state.loaded || !before.loaded || !isChanged(state, before)) return;
    changed = true;
    if (!pausing) save();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed) save();
  });
}

function isChanged(state: State, before: State): boolean {
  const now = projectOf(state);
  const then = projectOf(before);
  return (Object.keys(now) as (keyof typeof now)[]).some((key) => now[key] !== then[key]);
}
