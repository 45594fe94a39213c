import { faultOf } from "../../errors/coded-error.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import { emptyProject, type ProjectId, type ProjectState, type ProjectSummary } from "../../project/project.ts";
import { words } from "../words/words.ts";
import { baseToBeginWith } from "./base-models.ts";
import { createErasingSlice, type ErasingSlice } from "./erasing.ts";
import { freeName } from "./free-name.ts";
import { createHeldProject, isUntouched, lastHeld } from "./held-project.ts";
import { enter } from "./locks.ts";
import { takeUnfinished } from "./opening.ts";
import { createSaver } from "./saver.ts";
import type { SliceContext, State } from "./store.ts";

export interface ProjectSlice extends ErasingSlice {
  /** Whether what was kept has been read. */
  readonly loaded: boolean;
  /** The open project; null when none is, as when it is open elsewhere. */
  readonly projectId: ProjectId | null;
  readonly projectName: string;
  /** The classifier in use. */
  readonly classifier: ClassifierSummary | null;
  /** The project that this tab would show if no other tab had it open. */
  readonly elsewhere: { readonly id: ProjectId; readonly name: string; readonly takenAway: boolean } | null;
  /** The project that the page ended with while it was being opened: it is not opened again by itself. With the latest other one. */
  readonly unopened: {
    readonly id: ProjectId;
    readonly name: string;
    readonly other: Pick<ProjectSummary, "id" | "name"> | null;
  } | null;
  /** Whether the last write failed: what has changed since is on this page only. */
  readonly saveFailed: boolean;
  /** Whether a write takes unusually long: what has changed is not kept yet. */
  readonly saveWaits: boolean;
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

export function createProjectSlice({ set, get, headstart }: SliceContext): ProjectSlice {
  const saver = createSaver(headstart, () => projectOf(get()));
  const { open, lose, close } = createHeldProject({ set, get, headstart }, saver);
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
    ...createErasingSlice({ set, get, headstart }, close),
    loaded: false,
    projectId: null,
    projectName: words.store.defaultProjectName,
    classifier: null,
    elsewhere: null,
    unopened: null,
    saveFailed: false,
    saveWaits: false,
    startFresh,
    async loadProject() {
      // Another may have been opened before it was tried again.
      if (get().projectId) return;
      await get().attempt(async () => {
        await enter(async () => {
          // Where its part is missing, so is that of the rest, which offers to try again.
          await get().attempt(() => headstart.collectGarbage(), null);
        });
        const projects = (await headstart.listProjects()).filter(({ deletedAt }) => !deletedAt);
        const last = lastHeld();
        const [latest] = projects;
        const chosen = projects.find(({ id }) => id === last) ?? latest;
        const taken = takeUnfinished();
        const unfinished = projects.find(({ id }) => id === taken);
        if (unfinished) {
          const other = projects.find(({ id }) => id !== unfinished.id) ?? null;
          return set({ unopened: { id: unfinished.id, name: unfinished.name, other } });
        }
        await (chosen ? open(chosen.id, false) : startFresh());
      }, get().loadProject);
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
export function projectOf({ projectName, dataset, groups, comparedAs, settings, baseModelId }: State): ProjectState {
  return { name: projectName, dataset, groups, comparedAs, settings, baseModelId };
}
