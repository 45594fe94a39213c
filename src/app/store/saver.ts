import { changeOf, isChanged } from "../../project/change.ts";
import type { ProjectId, ProjectState } from "../../project/project.ts";
import type { Headstart } from "../../worker/protocol/index.ts";
import { isWorkerGone } from "../errors.ts";

export interface Saver {
  /** From now on, saves go to this project, of which `kept` is kept already. */
  begin(id: ProjectId, kept: ProjectState): void;
  /** From now on, nothing is saved. */
  end(): void;
  /** Ends when the state as it is now is kept. */
  save(): Promise<void>;
}

/**
 * Keeps the open project: only what has changed, one write after another. Those asked for during a write become one.
 * @param current the state as it is now
 */
export function createSaver(headstart: Headstart, current: () => ProjectState): Saver {
  let open: { readonly id: ProjectId; kept: ProjectState } | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const write = async () => {
    const project = open;
    const state = current();
    if (!project || !isChanged(project.kept, state)) return;
    const before = project.kept;
    // Should the write fail, nobody knows what is kept: all of it is unsaved then.
    project.kept = { ...before, dataset: { classes: [], samples: [] } };
    await headstart.saveProject(project.id, changeOf(before, state));
    project.kept = state;
  };
  /** A write that ended with its worker is the next worker's; should that one end too, the caller is told. */
  const writeWithAnyWorker = async () => {
    try {
      await write();
    } catch (error) {
      if (!isWorkerGone(error)) throw error;
      await write();
    }
  };
  const save = (): Promise<void> => {
    if (!running) {
      running = writeWithAnyWorker().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return save();
      });
    return next;
  };
  return {
    begin(id, kept) {
      open = { id, kept };
    },
    end() {
      open = null;
    },
    save,
  };
}
