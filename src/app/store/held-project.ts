/** The project that this tab holds: one at a time, and no other tab has it meanwhile. */
import { withColours } from "../../dataset/colours.ts";
import { emptyProject, type ProjectId, type ProjectState } from "../../project/project.ts";
import { readSettings } from "../../training/read-settings.ts";
import type { OpenedProject } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import { baseToBeginWith } from "./base-models.ts";
import { NO_HISTORY } from "./data.ts";
import { type Hold, holdProject } from "./locks.ts";
import { beginOpening } from "./opening.ts";
import type { Saver } from "./saver.ts";
import type { SliceContext, State } from "./store.ts";
import { NO_COURSE } from "./training-events.ts";

export interface HeldProject {
  /** Opens a project in place of the one held, which is kept already. @param force takes it away from the tab that has it open */
  open(id: ProjectId, force: boolean): Promise<void>;
  /** Another tab has taken it away. */
  lose(id: ProjectId): void;
  /** Lets go of the open project without keeping it. */
  close(): void;
}

const LAST_KEY = "headstart.project";

/** Of one project, and not kept with it. */
const TRANSIENT = {
  ...NO_HISTORY,
  chosenClass: null,
  ...{ capturing: null, attention: null },
  course: NO_COURSE,
  ...{ predictions: [], batch: null },
  ...{ runs: [], shownRunId: null, report: null, chosenRuns: [], comparison: null },
  ...{ measured: null, measuredOn: "test" },
  ...{ taken: null, beside: [], tuning: null, morePhotos: null },
  ...{ audit: null, audited: null },
  quick: null,
  ...{ saveFailed: false, saveWaits: false },
} satisfies Partial<State>;

const NOTHING_OPEN = { ...TRANSIENT, projectId: null, classifier: null } satisfies Partial<State>;

export function createHeldProject({ set, get, headstart }: SliceContext, saver: Saver): HeldProject {
  let hold: Hold | null = null;

  /** Lets go of the open project, which is kept already. Gives its id when nobody would miss it. */
  const leave = (): ProjectId | null => {
    const { projectId } = get();
    saver.end();
    hold?.release();
    hold = null;
    get().dismissTries();
    return isUntouched(get()) ? projectId : null;
  };
  const lose = (id: ProjectId) => {
    const { projectId, projectName, abortJobs } = get();
    if (projectId !== id) return;
    leave();
    abortJobs("import", "train", "tune", "parts", "look", "classify", "save");
    set({ ...shownOf(emptyProject(projectName, get().baseModelId)), ...NOTHING_OPEN });
    set({ elsewhere: { id, name: projectName, takenAway: true } });
  };
  const open = async (id: ProjectId, force: boolean) => {
    const held = await holdProject(id, force, () => lose(id));
    let left: ProjectId | null;
    if (held) {
      const opened = await headstart.openProject(id).catch((error: unknown) => {
        held.release();
        throw error;
      });
      left = leave();
      hold = held;
      beginOpening(id);
      show(id, opened);
    } else {
      const { name = words.store.defaultProjectName } =
        (await headstart.listProjects()).find((each) => each.id === id) ?? {};
      left = leave();
      set({ ...shownOf(emptyProject(name, get().baseModelId)), ...NOTHING_OPEN });
      set({ elsewhere: { id, name, takenAway: false } });
    }
    if (left) await headstart.purgeProject(left);
  };
  const show = (id: ProjectId, { state, runs, classifier }: OpenedProject) => {
    const settings = readSettings({ ...state.settings });
    const kept = { ...state, settings, dataset: withColours(state.dataset) };
    const baseModelId = state.baseModelId ?? baseToBeginWith(get());
    set({
      ...TRANSIENT,
      ...shownOf({ ...kept, baseModelId }),
      runs,
      classifier,
      projectId: id,
      elsewhere: null,
      unopened: null,
    });
    saver.begin(id, kept);
    localStorage.setItem(LAST_KEY, id);
  };
  const close = () => {
    leave();
    set(NOTHING_OPEN);
  };
  return { open, lose, close };
}

/** The project that a tab of this browser held last; null for none. */
export function lastHeld(): string | null {
  return localStorage.getItem(LAST_KEY);
}

/** Whether a project has nothing in it that anybody would miss. */
export function isUntouched({ dataset, classifier, runs }: State): boolean {
  return dataset.classes.length === 0 && dataset.samples.length === 0 && !classifier && runs.length === 0;
}

/** A project as the store holds it. */
function shownOf({ name, comparedAs = null, ...project }: ProjectState) {
  return { projectName: name, comparedAs, ...project } satisfies Partial<State>;
}
