/** The project that is open, in the engine: all that it keeps of it goes through here. */
import type { ProjectId } from "../project/project.ts";
import type { Run, RunChange, RunId } from "../project/run.ts";
import type { WholeRun } from "../project/run-photos.ts";
import type { Database } from "../storage/database.ts";
import { StorageError } from "../storage/errors.ts";
import { putInUse } from "../storage/in-use.ts";
import type { InUse } from "../storage/project-records.ts";
import { changeRun, keepRun } from "../storage/runs.ts";
import { Lane } from "./lane.ts";
import type { HeldProject } from "./protocol/projects.ts";

/** Writes one after another: each names the revision at which the project was opened. */
export class OpenProject {
  readonly #database: () => Promise<Database>;
  readonly #writes = new Lane();
  #open: HeldProject | null = null;

  constructor(database: () => Promise<Database>) {
    this.#database = database;
  }

  /** From now on, writes go to this project. @param revision at which it was opened */
  hold(project: HeldProject): void {
    this.#open = project;
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

  #writing<T>(write: (open: HeldProject, database: Database) => Promise<T>): Promise<T> {
    return this.#writes.run(async () => write(this.#required(), await this.#database()));
  }

  #required(): HeldProject {
    if (!this.#open) throw new StorageError({ code: "project/taken", by: "nobody" });
    return this.#open;
  }
}
