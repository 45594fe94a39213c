/**
 * Projects: what a person made, apart from the photos' bytes. Each change of one is kept whole or not at all.
 *
 * Whoever opens a project gets its revision and has to name it with every change. Opening makes a new revision, so that
 * another tab that had the project open before can write no more: its changes are refused, not mixed in.
 */
import { nameOf } from "../dataset/chunks.ts";
import { STATE_VERSION } from "../dataset/migrate.ts";
import type { Database } from "./database.ts";
import { abort, ProjectTakenError, StorageError, writing } from "./errors.ts";
import {
  describe,
  gone,
  newProject,
  now,
  type OpenedProject,
  PROJECT_STORES,
  type ProjectBasis,
  type ProjectChange,
  type ProjectClassifier,
  type ProjectId,
  type ProjectSummary,
  purge,
  putState,
  rangeOf,
  readWhole,
  wholeOf,
} from "./project-records.ts";

/** What is confirmed must outlive a power cut, too. */
const STRICT = { durability: "strict" } as const;

/** All projects, deleted ones too, the last changed first. */
export async function listProjects(database: Database): Promise<ProjectSummary[]> {
  return (await database.getAll("projects")).sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}

/**
 * Keeps a new project, whole.
 * @throws StorageError when the storage is full
 */
export async function createProject<Summary>(
  database: Database,
  state: ProjectBasis,
  classifier: ProjectClassifier<Summary> | null = null,
): Promise<ProjectSummary> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const { summary, writes } = newProject(transaction, state, classifier);
  await writing(transaction, () => writes());
  return summary;
}

/**
 * Reads a project, and makes it the caller's: nobody who opened it before can change it any more.
 * @throws StorageError when there is no such project; StateVersionError when a newer Headstart made it
 */
export async function openProject<State extends ProjectBasis>(
  database: Database,
  id: ProjectId,
): Promise<OpenedProject<State>> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const { record, state } = await readWhole<State>(transaction, id);
  const revision = record.revision + 1;
  // An older shape is written anew as a whole, so that no chunk of it is left among newer ones.
  await writing(transaction, () =>
    record.version === STATE_VERSION
      ? [transaction.objectStore("projectStates").put({ ...record, revision }, id)]
      : putState(transaction, id, revision, wholeOf(state)),
  );
  return { revision, state };
}

/**
 * Keeps a change in one transaction. Gives the new revision.
 * @throws ProjectTakenError when the project is at another revision, or gone
 * @throws StorageError when the storage is full
 */
export async function saveProject<State extends ProjectBasis>(
  database: Database,
  id: ProjectId,
  revision: number,
  change: ProjectChange<State>,
): Promise<number> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const summary = await transaction.objectStore("projects").get(id);
  const record = await transaction.objectStore("projectStates").get(id);
  if (!summary || summary.deletedAt || record?.revision !== revision) {
    await abort(transaction);
    throw new ProjectTakenError("This project was opened in another tab. Nothing was written here.");
  }
  const chunks = transaction.objectStore("projectSamples");
  const names = new Set(change.samples.order);
  const kept = await chunks.getAllKeys(rangeOf(id));
  const complete = new Set([...kept.map(([, name]) => name), ...change.samples.chunks.map(nameOf)]);
  if (change.samples.order.some((name) => !complete.has(name))) {
    await abort(transaction);
    throw new StorageError("A part of this project is missing in the browser's storage. Nothing was written.");
  }
  await writing(transaction, function* () {
    yield* putState(transaction, id, revision + 1, change);
    for (const key of kept) if (!names.has(key[1])) yield chunks.delete(key);
    yield transaction.objectStore("projects").put({ ...summary, ...describe(change), changedAt: now() }, id);
  });
  return revision + 1;
}

/**
 * Copies a project with its classifier; the photos are shared.
 * @throws StorageError when there is no such project or the storage is full
 */
export async function copyProject(database: Database, id: ProjectId, name: string): Promise<ProjectSummary> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const { state } = await readWhole(transaction, id);
  const classifier = (await transaction.objectStore("projectClassifiers").get(id)) ?? null;
  const { summary, writes } = newProject(transaction, { ...state, name }, classifier);
  await writing(transaction, () => writes());
  return summary;
}

/**
 * Renames, deletes (`deletedAt`) or restores (`deletedAt: null`) a project that nobody has open.
 * @throws StorageError when there is no such project
 */
export async function changeSummary(
  database: Database,
  id: ProjectId,
  change: Partial<Pick<ProjectSummary, "name" | "deletedAt">>,
): Promise<void> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const summary = await transaction.objectStore("projects").get(id);
  if (!summary) return gone(transaction);
  await writing(transaction, () => [transaction.objectStore("projects").put({ ...summary, ...change }, id)]);
}

/** Forgets a project for good. Its photos go when nothing else uses them, see `collectGarbage`. */
export async function purgeProject(database: Database, id: ProjectId): Promise<void> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  await writing(transaction, () => purge(transaction, id));
}
