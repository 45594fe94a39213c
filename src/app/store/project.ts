import { faultOf } from "../../errors/coded-error.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import { emptyProject, type ProjectId, type ProjectState } from "../../project/project.ts";
import { readSettings } from "../../training/read-settings.ts";
import type { OpenedProject } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import { baseToBeginWith } from "./base-models.ts";
import { NO_HISTORY } from "./data.ts";
import { freeName } from "./free-name.ts";
import { enter, type Hold, holdProject } from "./locks.ts";
import { createSaver } from "./saver.ts";
import type { SliceContext, State } from "./store.ts";
import { NO_COURSE } from "./training-events.ts";

export interface ProjectSlice {
  /** Whether what was kept has been read. */
  readonly loaded: boolean;
  /** The open project; null when none is, as when it is open elsewhere. */
  readonly projectId: ProjectId | null;
  readonly projectName: string;
  /** The classifier in use. */
  readonly classifier: ClassifierSummary | null;
  /** The project that this tab would show if no other tab had it open. */
  readonly elsewhere: { readonly id: ProjectId; readonly name: string; readonly takenAway: boolean } | null;
  /** Whether the last write failed: what has changed since is on this page only. */
  readonly saveFailed: boolean;
  /** Opens the project that was open last, or a first one. */
  loadProject(): Promise<void>;
  /** Ends when the project as it is now is kept: a message that says so waits for it. */
  keepProject(): Promise<void>;
  /** @param force takes it away from the tab that has it open */
  openProject(id: ProjectId, force?: boolean): Promise<void>;
  /** Starts a fresh project and says so; this one stays in the list. */
  newProject(): Promise<void>;
  /** Starts a fresh project. @throws what went wrong */
  startFresh(): Promise<void>;
}

const LAST_KEY = "headstart.project";

/** Of one project, and not kept with it. */
const TRANSIENT = {
  ...NO_HISTORY,
  chosenClass: null,
  course: NO_COURSE,
  predictions: [],
  ...{ runs: [], shownRunId: null, report: null },
  ...{ audit: null, audited: null },
  saveFailed: false,
} satisfies Partial<State>;

const NOTHING_OPEN = { ...TRANSIENT, projectId: null, classifier: null } satisfies Partial<State>;

export function createProjectSlice({ set, get, headstart }: SliceContext): ProjectSlice {
  const saver = createSaver(headstart, () => projectOf(get()));
  let hold: Hold | null = null;

  /** Lets go of the open project, which is kept already. Gives its id when nobody would miss it. */
  const leave = (): ProjectId | null => {
    const { projectId } = get();
    saver.end();
    hold?.release();
    hold = null;
    return isUntouched(get()) ? projectId : null;
  };
  const lose = (id: ProjectId) => {
    const { projectId, projectName, abortJobs } = get();
    if (projectId !== id) return;
    leave();
    abortJobs("import", "train", "look", "save");
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
    const kept = { ...state, settings };
    const baseModelId = state.baseModelId ?? baseToBeginWith(get());
    set({ ...TRANSIENT, ...shownOf({ ...kept, baseModelId }), runs, classifier, projectId: id, elsewhere: null });
    saver.begin(id, kept);
    localStorage.setItem(LAST_KEY, id);
  };
  const startFresh = async () => {
    const projects = await headstart.listProjects();
    const name = freeName(
      words.store.defaultProjectName,
      projects.filter(({ deletedAt }) => !deletedAt).map((each) => each.name),
    );
    const { id } = await headstart.createProject(emptyProject(name, baseToBeginWith(get())));
    await open(id, false);
  };

  return {
    loaded: false,
    projectId: null,
    projectName: words.store.defaultProjectName,
    classifier: null,
    elsewhere: null,
    saveFailed: false,
    startFresh,
    async loadProject() {
      await get().attempt(async () => {
        await enter(async () => {
          await get().attempt(() => headstart.collectGarbage());
        });
        const projects = (await headstart.listProjects()).filter(({ deletedAt }) => !deletedAt);
        const last = localStorage.getItem(LAST_KEY);
        const [latest] = projects;
        const chosen = projects.find(({ id }) => id === last) ?? latest;
        await (chosen ? open(chosen.id, false) : startFresh());
      });
      set({ loaded: true });
    },
    async keepProject() {
      const { projectId } = get();
      try {
        await saver.save();
        if (get().saveFailed) set({ saveFailed: false });
      } catch (error) {
        if (faultOf(error)?.code === "project/taken" && projectId) lose(projectId);
        else set({ saveFailed: true });
        throw error;
      }
      if (get().dataset.samples.length) void get().askToPersist();
    },
    async openProject(id, force = false) {
      if (id === get().projectId) return;
      await get().attempt(async () => {
        get().refuseDuringJobs("switch");
        await get().keepProject();
        await open(id, force);
      });
    },
    async newProject() {
      await get().attempt(async () => {
        get().refuseDuringJobs("switch");
        if (get().projectId && isUntouched(get())) {
          return get().notify("news", words.store.newAlready);
        }
        const before = get().projectId ? get().projectName : null;
        await get().keepProject();
        await startFresh();
        get().notify("news", words.store.newProject({ before }));
      });
    },
  };
}

/** What of the state outlives the page. */
export function projectOf({ projectName, dataset, groups, settings, baseModelId }: State): ProjectState {
  return { name: projectName, dataset, groups, settings, baseModelId };
}

/** Whether a project has nothing in it that anybody would miss. */
export function isUntouched({ dataset, classifier, runs }: State): boolean {
  return dataset.classes.length === 0 && dataset.samples.length === 0 && !classifier && runs.length === 0;
}

/** A project as the store holds it. */
function shownOf({ name, ...project }: ProjectState) {
  return { projectName: name, ...project } satisfies Partial<State>;
}
