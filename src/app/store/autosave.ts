import { projectOf } from "./project.ts";
import { headstart, type State, useStore } from "./store.ts";

const SETTLE_MS = 300;

/** Keeps the project whenever it changes, soon after the last change and when the page is hidden. */
export function startAutosave(): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(waiting);
    waiting = undefined;
    void useStore.getState().attempt(() => headstart.saveProject(projectOf(useStore.getState())));
  };
  useStore.subscribe((state, before) => {
    if (!state.loaded || !before.loaded || !isChanged(state, before)) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, SETTLE_MS);
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
