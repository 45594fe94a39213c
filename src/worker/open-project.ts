/** The project that is open, its classifier, and the list of the others. */
import type { Database } from "../storage/database.ts";
import { ProjectTakenError } from "../storage/errors.ts";
import { getProjectClassifier, putProjectClassifier } from "../storage/project-classifiers.ts";
import type { ProjectChange, ProjectClassifier, ProjectId } from "../storage/project-records.ts";
import { openProject, saveProject } from "../storage/projects.ts";
import { Lane } from "./lane.ts";
import type { ClassifierSummary, ProjectState } from "./protocol/index.ts";

/** Writes one after another: each names the revision that the one before it made. */
export class OpenProject {
  readonly #database: () => Promise<Database>;
  readonly #writes = new Lane();
  #open: { readonly id: ProjectId; revision: number } | null = null;

  constructor(database: () => Promise<Database>) {
    this.#database = database;
  }

  /** Whoever had it open before, in another tab, can write no more. */
  open(id: ProjectId): Promise<{ project: ProjectState; classifier: ProjectClassifier<ClassifierSummary> | null }> {
    return this.#writes.run(async () => {
      const database = await this.#database();
      const { revision, state } = await openProject<ProjectState>(database, id);
      const classifier = await getProjectClassifier<ClassifierSummary>(database, id);
      this.#open = { id, revision };
      return { project: { ...state, lastRun: runOf(state, classifier?.summary ?? null) }, classifier };
    });
  }

  save(id: ProjectId, change: ProjectChange<ProjectState>): Promise<void> {
    return this.#writes.run(async () => {
      const open = this.#required();
      if (open.id !== id) throw new ProjectTakenError("Another project is open. Nothing was written.");
      open.revision = await saveProject(await this.#database(), id, open.revision, change);
    });
  }

  /** Keeps the classifier in use with the project. */
  keepClassifier(classifier: ProjectClassifier<ClassifierSummary>): Promise<void> {
    return this.#writes.run(async () => {
      const { id, revision } = this.#required();
      await putProjectClassifier(await this.#database(), id, revision, classifier);
    });
  }

  #required(): { readonly id: ProjectId; revision: number } {
    if (!this.#open) throw new ProjectTakenError("No project is open. Open one from the list of projects.");
    return this.#open;
  }
}

/** The classifier is kept a moment before the run that made it; a run that another classifier came after is not its. */
function runOf({ lastRun }: ProjectState, classifier: ClassifierSummary | null): ProjectState["lastRun"] {
  return lastRun && lastRun.summary.classifier.trainedAt === classifier?.trainedAt ? lastRun : null;
}
