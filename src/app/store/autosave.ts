import { isChanged } from "../../project/change.ts";
import { projectOf } from "./project.ts";
import { useStore } from "./store.ts";

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
    if (!state.projectId || state.projectId !== before.projectId) return;
    if (!isChanged(projectOf(before), projectOf(state))) return;
    changed = true;
    if (!busy) void save();
  });
  addEventListener("beforeunload", (event) => {
    if (useStore.getState().saveFailed) event.preventDefault();
  });
}
