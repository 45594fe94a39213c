import { projectOf } from "./project.ts";
import { type State, useStore } from "./store.ts";

/** After one write, before the next; changes in between go into that. */
const PAUSE_MS = 50;

/** Keeps the project whenever it changes: a first change at once, a flood of them as fast as they can be written. */
export function startAutosave(): void {
  let busy = false;
  let changed = false;
  const save = async () => {
    busy = true;
    while (changed) {
      changed = false;
      const { attempt, keepProject } = useStore.getState();
      await attempt(keepProject);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    busy = false;
  };
  useStore.subscribe((state, before) => {
    if (!state.loaded || !before.loaded || !isChanged(state, before)) return;
    changed = true;
    if (!busy) void save();
  });
}

function isChanged(state: State, before: State): boolean {
  const now = projectOf(state);
  const then = projectOf(before);
  return (Object.keys(now) as (keyof typeof now)[]).some((key) => now[key] !== then[key]);
}
