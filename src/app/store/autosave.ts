import { isChanged } from "../../project/change.ts";
import { projectOf } from "./project.ts";
import { useStore } from "./store.ts";

/** After one write, before the next; changes in between go into that. */
const PAUSE_MS = 50;
/** A write that takes longer is told. */
const SLOW_MS = 3000;

/** Keeps the project whenever it changes: a first change at once, a flood of them as fast as they can be written. */
export function startAutosave(): void {
  let busy = false;
  let changed = false;
  /** Whether what is shown is not kept yet. */
  let unsaved = false;
  const save = async () => {
    busy = true;
    while (changed) {
      changed = false;
      const { attempt, keepProject } = useStore.getState();
      const slow = setTimeout(() => useStore.setState({ saveWaits: true }), SLOW_MS);
      await attempt(keepProject);
      clearTimeout(slow);
      if (useStore.getState().saveWaits) useStore.setState({ saveWaits: false });
      unsaved = changed;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    busy = false;
  };
  useStore.subscribe((state, before) => {
    if (!state.projectId || state.projectId !== before.projectId) return;
    if (!isChanged(projectOf(before), projectOf(state))) return;
    changed = true;
    unsaved = true;
    if (!busy) void save();
  });
  addEventListener("beforeunload", (event) => {
    const { projectId, saveFailed } = useStore.getState();
    if (projectId && (unsaved || saveFailed)) event.preventDefault();
  });
}
