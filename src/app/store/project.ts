import { EMPTY_DATASET } from "../../dataset/dataset.ts";
import { DEFAULT_SETTINGS } from "../../training/settings.ts";
import type { ClassifierSummary, ProjectState } from "../../worker/protocol.ts";
import { NO_HISTORY } from "./data.ts";
import type { SliceContext, State } from "./store.ts";

export interface ProjectSlice {
  /** Whether what was kept has been read. */
  readonly loaded: boolean;
  readonly projectName: string;
  /** The classifier in use. */
  readonly classifier: ClassifierSummary | null;
  loadProject(): Promise<void>;
  /** Ends when the project as it is now is kept: a message that says so waits for it. */
  keepProject(): Promise<void>;
  newProject(): Promise<void>;
}

const DEFAULT_NAME = "My classifier";

export function createProjectSlice({ set, get, headstart }: SliceContext): ProjectSlice {
  return {
    loaded: false,
    projectName: DEFAULT_NAME,
    classifier: null,
    async loadProject() {
      await get().attempt(async () => {
        const { project, classifier } = await headstart.loadProject();
        if (project) {
          const { name, dataset, groups, settings, baseModelId, lastRun } = project;
          set({
            ...{ projectName: name, dataset, groups, baseModelId, lastRun },
            settings: { ...DEFAULT_SETTINGS, ...settings },
          });
        }
        set({ classifier });
      });
      set({ loaded: true });
    },
    keepProject: () => headstart.saveProject(projectOf(get())),
    async newProject() {
      await get().attempt(async () => {
        await headstart.clearProject();
        set({
          projectName: DEFAULT_NAME,
          dataset: EMPTY_DATASET,
          groups: [],
          ...NO_HISTORY,
          chosenClass: null,
          settings: DEFAULT_SETTINGS,
          lastRun: null,
          classifier: null,
          course: [],
          predictions: [],
        });
        get().notify("news", "New project. Base models and saved models are still here.");
      });
    },
  };
}

/** What of the state outlives the page. */
export function projectOf({ projectName, dataset, groups, settings, baseModelId, lastRun }: State): ProjectState {
  return { name: projectName, dataset, groups, settings, baseModelId, lastRun };
}
