import type { ProjectChange } from "../../project/change.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import type { ProjectId, ProjectState, ProjectSummary } from "../../project/project.ts";
import type { Run } from "../../project/run.ts";
import type { Erased } from "../../storage/erase.ts";

export type { Erased } from "../../storage/erase.ts";

/** A project as the page gets it. */
export interface OpenedProject {
  readonly state: ProjectState;
  /** The newest first, deleted ones too. */
  readonly runs: readonly Run[];
  /** The classifier in use. */
  readonly classifier: ClassifierSummary | null;
}

/** What names the open project in every write: whoever opens it later makes another revision. */
export interface HeldProject {
  readonly id: ProjectId;
  readonly revision: number;
}

/** What a person made. */
export interface ProjectsDoor {
  /** All projects, deleted ones too, the last changed first. */
  listProjects(): Promise<readonly ProjectSummary[]>;
  /** Keeps a new project whole; it is not opened. */
  createProject(project: ProjectState): Promise<ProjectSummary>;
  /**
   * Opens a project, so that it can be saved, and takes its classifier into use. A tab that had it open before can write no more.
   * Rejects with `project/gone` when it is gone.
   */
  openProject(id: ProjectId): Promise<OpenedProject>;
  /** Keeps a change of the open project. Rejects with `project/taken` when another tab has opened it since. */
  saveProject(id: ProjectId, change: ProjectChange): Promise<void>;
  /** The photos are shared. The copy is not opened. */
  copyProject(id: ProjectId, name: string): Promise<ProjectSummary>;
  /** Renames, deletes or restores a project that nobody has open. */
  changeProject(id: ProjectId, change: Partial<Pick<ProjectSummary, "name" | "deletedAt">>): Promise<void>;
  /** Deletes a project that has no photos; this cannot be undone. */
  purgeProject(id: ProjectId): Promise<void>;
  /**
   * Deletes a project for good, with all that no other project uses, and the files of exports that nobody is downloading. Only for
   * when nobody is adding photos, in this tab or another.
   */
  forgetProject(id: ProjectId): Promise<void>;
  /** Removes the files of exports that nobody holds, see `downloadLock`. */
  removeDownloads(): Promise<void>;
  /** Removes all that this origin keeps in the browser and a worker can reach. After that, only a page that is loaded again can go on. */
  eraseEverything(): Promise<Erased>;
  /** Purges what is deleted and what nothing uses. Only for when no other tab is open and nothing is being added. */
  collectGarbage(): Promise<void>;
}

/** The same, as the worker that stores answers it: it remembers nothing between two calls. */
export interface StoringDoor extends Omit<ProjectsDoor, "openProject" | "saveProject"> {
  openProject(id: ProjectId): Promise<OpenedProject & { readonly revision: number }>;
  saveProject(project: HeldProject, change: ProjectChange): Promise<void>;
}

/** What the engine is told of projects. */
export interface HoldingDoor {
  /** From now on, the engine works for this project. */
  holdProject(project: HeldProject): Promise<void>;
}
