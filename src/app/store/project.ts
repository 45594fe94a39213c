import { EMPTY_DATASET } from "../../dataset/dataset.ts";
import { readSettings } from "../../training/read-settings.ts";
import { DEFAULT_SETTINGS } from "../../training/settings.ts";
import type { ClassifierSummary, ProjectId, ProjectState, RunRecord } from "../../worker/protocol/index.ts";
import { NO_HISTORY } from "./data.ts";
import { freeName } from "./free-name.ts";
import { enter, type Hold, holdProject } from "./locks.ts";
import { createSaver } from "./saver.ts";
import type { SliceContext, State } from "./store.ts";

export interface ProjectSlice {
  /** Whether what was kept has been read. */
  readonly loaded: boolean;
  /** The open project; null when none is, as when it is open elsewhere. */
  readonly projectId: ProjectId | null;
  readonly projectName: string;
  /** The classifier in use. */
  readonly classifier: ClassifierSummary | null;
  /** Runs so far, the newest first. */
  readonly runs: readonly RunRecord[];
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
const DEFAULT_NAME = "My classifier";

/** Of one project, and not kept with it. */
const TRANSIENT = {
  ...NO_HISTORY,
  chosenClass: null,
  course: [],
  predictions: [],
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
    const { projectId, projectName, cancelImport, abandonTraining } = get();
    if (projectId !== id) return;
    leave();
    cancelImport();
    abandonTraining();
    set({ ...blank(projectName), ...NOTHING_OPEN, elsewhere: { id, name: projectName, takenAway: true } });
  };
  const open = async (id: ProjectId, force: boolean) => {
    const held = await holdProject(id, force, () => lose(id));
    let left: ProjectId | null;
    if (held) {
      const { project, classifier } = await headstart.openProject(id).catch((error: unknown) => {
        held.release();
        throw error;
      });
      left = leave();
      hold = held;
      show(id, project, classifier);
    } else {
      const { name = DEFAULT_NAME } = (await headstart.listProjects()).find((each) => each.id === id) ?? {};
      left = leave();
      set({ ...blank(name), ...NOTHING_OPEN, elsewhere: { id, name, takenAway: false } });
    }
    if (left) await headstart.purgeProject(left);
  };
  const show = (id: ProjectId, { name, ...project }: ProjectState, classifier: ClassifierSummary | null) => {
    const settings = readSettings({ ...project.settings });
    const kept = { ...project, settings };
    const baseModelId = project.baseModelId ?? get().baseModelId;
    set({ ...TRANSIENT, ...kept, projectName: name, baseModelId, classifier, projectId: id, elsewhere: null });
    saver.begin(id, { name, ...kept });
    localStorage.setItem(LAST_KEY, id);
  };
  const startFresh = async () => {
    const projects = await headstart.listProjects();
    const name = freeName(
      DEFAULT_NAME,
      projects.filter(({ deletedAt }) => !deletedAt).map((each) => each.name),
    );
    const { projectName, ...state } = blank(name);
    const { id } = await headstart.createProject({ name: projectName, ...state, baseModelId: get().baseModelId });
    await open(id, false);
  };

  return {
    loaded: false,
    projectId: null,
    projectName: DEFAULT_NAME,
    classifier: null,
    runs: [],
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
        if (error instanceof Error && error.name === "ProjectTakenError" && projectId) lose(projectId);
        else set({ saveFailed: true });
        throw error;
      }
      if (get().dataset.samples.length) void get().askToPersist();
    },
    async openProject(id, force = false) {
      if (id === get().projectId) return;
      await get().attempt(async () => {
        refuseWhileBusy(get());
        await get().keepProject();
        await open(id, force);
      });
    },
    async newProject() {
      await get().attempt(async () => {
        refuseWhileBusy(get());
        if (get().projectId && isUntouched(get())) {
          return get().notify("news", "This project is new already.");
        }
        const before = get().projectId ? get().projectName : null;
        await get().keepProject();
        await startFresh();
        get().notify("news", before ? `New project. “${before}” is kept under Projects.` : "New project.");
      });
    },
  };
}

/** What of the state outlives the page. */
export function projectOf(state: State): ProjectState {
  const { projectName, dataset, groups, settings, baseModelId, lastRun, runs } = state;
  return { name: projectName, dataset, groups, settings, baseModelId, lastRun, runs };
}

/** @throws Error while photos are being added or a run goes on */
export function refuseWhileBusy({ importing, activity }: State): void {
  if (importing) throw new Error("Photos are being added. Wait for them, or cancel first.");
  if (activity.kind !== "idle") throw new Error("A training run is under way. Wait for it, or stop it first.");
}

/** Whether a project has nothing in it that anybody would miss. */
export function isUntouched({ dataset, classifier, runs }: State): boolean {
  return dataset.classes.length === 0 && dataset.samples.length === 0 && !classifier && runs.length === 0;
}

function blank(projectName: string) {
  return {
    projectName,
    dataset: EMPTY_DATASET,
    groups: [],
    settings: DEFAULT_SETTINGS,
    lastRun: null,
    runs: [],
  } satisfies Partial<State>;
}
