/**
 * Projects: what a person made, apart from the photos' bytes. Each change of one is kept whole or not at all.
 *
 * Whoever opens a project gets its revision and has to name it with every change. Opening makes a new revision, so that
 * another tab that had the project open before can write no more: its changes are refused, not mixed in.
 */
import { nameOf } from "../dataset/chunks.ts";
import { describeProject, type ProjectChange, wholeOf } from "../project/change.ts";
import { PROJECT_VERSION, runOf } from "../project/migrate.ts";
import type { ProjectId, ProjectState, ProjectSummary } from "../project/project.ts";
import type { Run } from "../project/run.ts";
import type { WholeRun } from "../project/run-photos.ts";
import type { ContentId } from "./contents.ts";
import type { Database } from "./database.ts";
import { StorageError } from "./errors.ts";
import {
  checkRevision,
  gone,
  type InUse,
  newProject,
  now,
  PROJECT_STORES,
  type ProjectTransaction,
  purge,
  putState,
  rangeOf,
  readWhole,
  STATE_STORES,
} from "./project-records.ts";
import { type PackedRun, packRun, putRun } from "./run-records.ts";
import { runsOfEarlierVersion } from "./runs-of-earlier-versions.ts";
import { abort, STRICT, writing } from "./transactions.ts";

export interface OpenedProject {
  readonly revision: number;
  readonly state: ProjectState;
}

/** What a new project comes with, apart from its state. */
export interface ProjectBelongings {
  readonly runs: AsyncIterable<WholeRun> | Iterable<WholeRun>;
  /** The classifier in use, when these runs have been taken. */
  inUse(runs: readonly Run[]): InUse | null;
}

/** All projects, deleted ones too, the last changed first. */
export async function listProjects(database: Database): Promise<ProjectSummary[]> {
  return (await database.getAll("projects")).sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}

/**
 * Keeps a new project, whole.
 * @throws StorageError when the storage is full
 */
export async function createProject(
  database: Database,
  state: ProjectState,
  { runs, inUse }: ProjectBelongings = { runs: [], inUse: () => null },
): Promise<ProjectSummary> {
  const packed: PackedRun[] = [];
  // What runs share is held once.
  const contents = new Map<ContentId, ArrayBuffer>();
  for await (const run of runs) {
    const each = await packRun(run);
    for (const [id, bytes] of each.contents) if (!contents.has(id)) contents.set(id, bytes);
    packed.push({ ...each, contents: new Map() });
  }
  const transaction = database.transaction([...PROJECT_STORES, "contents"], "readwrite", STRICT);
  const { summary, writes } = newProject(transaction, state, inUse(packed.map(({ run }) => run)));
  await writing(transaction, function* () {
    yield* writes();
    for (const [id, bytes] of contents) yield transaction.objectStore("contents").put(bytes, id);
    for (const run of packed) yield* putRun(transaction, summary.id, run);
  });
  return summary;
}

/**
 * Reads a project, and makes it the caller's: nobody who opened it before can change it any more.
 * @throws StorageError when there is no such project; ProjectError when a newer Headstart made it
 */
export async function openProject(database: Database, id: ProjectId): Promise<OpenedProject> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const { record, state, runs } = await readWhole(transaction, id);
  const revision = record.revision + 1;
  if (record.version === PROJECT_VERSION) {
    await writing(transaction, () => [transaction.objectStore("projectStates").put({ ...record, revision }, id)]);
    return { revision, state };
  }
  // An older shape is written anew as a whole, so that no chunk of it is left among newer ones.
  const inUse = (await transaction.objectStore("projectClassifiers").get(id)) ?? null;
  await writing(transaction, function* () {
    yield* putState(transaction, id, revision, wholeOf(state));
    for (const run of runsOfEarlierVersion(runs, inUse)) yield* putRun(transaction, id, run);
    const own = inUse && "classifier" in inUse ? runOf(runs, inUse.summary) : null;
    if (own) yield transaction.objectStore("projectClassifiers").put({ run: own.id }, id);
  });
  return { revision, state };
}

/**
 * Keeps a change in one transaction.
 * @throws StorageError when the project is at another revision, or gone, or the storage is full
 */
export async function saveProject(
  database: Database,
  id: ProjectId,
  revision: number,
  change: ProjectChange,
): Promise<void> {
  const transaction = database.transaction(STATE_STORES, "readwrite", STRICT);
  await checkRevision(transaction, id, revision);
  const summary = await transaction.objectStore("projects").get(id);
  const chunks = transaction.objectStore("projectSamples");
  const names = new Set(change.samples.order);
  const kept = await chunks.getAllKeys(rangeOf(id));
  const complete = new Set([...kept.map(([, name]) => name), ...change.samples.chunks.map(nameOf)]);
  if (!summary || change.samples.order.some((name) => !complete.has(name))) {
    await abort(transaction);
    throw new StorageError({ code: "project/part-missing" });
  }
  await writing(transaction, function* () {
    yield* putState(transaction, id, revision, change);
    for (const key of kept) if (!names.has(key[1])) yield chunks.delete(key);
    yield transaction.objectStore("projects").put({ ...summary, ...describeProject(change), changedAt: now() }, id);
  });
}

/**
 * Copies a project with its runs and classifiers; the photos are shared.
 * @throws StorageError when there is no such project or the storage is full
 */
export async function copyProject(database: Database, id: ProjectId, name: string): Promise<ProjectSummary> {
  // An older version is brought to today's shape first.
  await openIfOld(database, id);
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  const { state } = await readWhole(transaction, id);
  const inUse = (await transaction.objectStore("projectClassifiers").get(id)) ?? null;
  const { summary, writes } = newProject(transaction, { ...state, name }, inUse);
  const copies = await runRecords(transaction, id);
  await writing(transaction, function* () {
    yield* writes();
    for (const { store, run, value } of copies) {
      yield transaction.objectStore(store).put(value as never, [summary.id, run]);
    }
  });
  return summary;
}

async function openIfOld(database: Database, id: ProjectId): Promise<void> {
  const record = await database.get("projectStates", id);
  if (record && record.version !== PROJECT_VERSION) await openProject(database, id);
}

async function runRecords(transaction: ProjectTransaction, id: ProjectId) {
  const records = [];
  for (const store of ["runs", "runDetails", "runClassifiers"] as const) {
    for (let cursor = await transaction.objectStore(store).openCursor(rangeOf(id)); cursor; ) {
      records.push({ store, run: cursor.key[1], value: cursor.value });
      cursor = await cursor.continue();
    }
  }
  return records;
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
