/** The project that is open: every write of it goes through here. */
import type { ProjectChange } from "../project/change.ts";
import type { ProjectId, ProjectState } from "../project/project.ts";
import type { Run, RunChange, RunId } from "../project/run.ts";
import type { WholeRun } from "../project/run-photos.ts";
import type { Database } from "../storage/database.ts";
import { StorageError } from "../storage/errors.ts";
import { getInUse, putInUse } from "../storage/in-use.ts";
import type { InUse } from "../storage/project-records.ts";
import { openProject, saveProject } from "../storage/projects.ts";
import { changeRun, keepRun, listRuns } from "../storage/runs.ts";
import { Lane } from "./lane.ts";

/** Writes one after another: each names the revision that the one before it made. */
export class OpenProject {
  readonly #database: () => Promise<Database>;
  readonly #writes = new Lane();
  #open: { readonly id: ProjectId; revision: number } | null = null;

  constructor(database: () => Promise<Database>) {
    this.#database = database;
  }

  /** Whoever had it open before, in another tab, can write no more. */
  open(id: ProjectId): Promise<{ state: ProjectState; runs: readonly Run[]; inUse: InUse | null }> {
    return this.#writes.run(async () => {
      const database = await this.#database();
      const { revision, state } = await openProject(database, id);
      const runs = await listRuns(database, id);
      const inUse = await getInUse(database, id);
      this.#open = { id, revision };
      return { state, runs, inUse };
    });
  }

  save(id: ProjectId, change: ProjectChange): Promise<void> {
    return this.#writing(async (open, database) => {
      if (open.id !== id) throw new StorageError({ code: "project/taken", by: "another-project" });
      open.revision = await saveProject(database, id, open.revision, change);
    });
  }

  /** Keeps a run of a project with its classifier, which becomes the one in use. Gives the runs that made room for it. */
  keepRun(project: ProjectId, run: WholeRun): Promise<readonly Run[]> {
    return this.#writing(async ({ id, revision }, database) => {
      if (id !== project) throw new StorageError({ code: "project/taken", by: "another-project" });
      return keepRun(database, id, revision, run);
    });
  }

  changeRun(run: RunId, change: RunChange): Promise<Run> {
    return this.#writing(({ id, revision }, database) => changeRun(database, id, revision, run, change));
  }

  /** Keeps which classifier is in use. */
  keepInUse(inUse: InUse): Promise<void> {
    return this.#writing(({ id, revision }, database) => putInUse(database, id, revision, inUse));
  }

  /** @throws StorageError when no project is open */
  get id(): ProjectId {
    return this.#required().id;
  }

  #writing<T>(
    write: (open: { readonly id: ProjectId; revision: number }, database: Database) => Promise<T>,
  ): Promise<T> {
    return this.#writes.run(async () => write(this.#required(), await this.#database()));
  }

  #required(): { readonly id: ProjectId; revision: number } {
    if (!this.#open) throw new StorageError({ code: "project/taken", by: "nobody" });
    return this.#open;
  }
}
