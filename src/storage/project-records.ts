/** A project's records, and how they are read and written within a transaction. `projects.ts` is the door. */
import type { IDBPTransaction, StoreNames } from "idb";
import { nameOf } from "../dataset/chunks.ts";
import type { PhotoId } from "../dataset/dataset.ts";
import type { Classifier } from "../network/model.ts";
import { describeProject, type ProjectChange, wholeOf } from "../project/change.ts";
import type { ClassifierSummary } from "../project/classifier.ts";
import { type MigratedProject, migrateProject, PROJECT_VERSION } from "../project/migrate.ts";
import type { ProjectId, ProjectState, ProjectSummary } from "../project/project.ts";
import type { RunId } from "../project/run.ts";
import type { Schema } from "./database.ts";
import { StorageError } from "./errors.ts";
import { abort } from "./transactions.ts";

/** A state without its samples, which are kept in chunks. */
export interface StateRecord {
  /** Shape of the state and the samples, see `migrateProject`. */
  readonly version: number;
  readonly revision: number;
  /** The chunks of samples, each named by its first photo. */
  readonly order: readonly PhotoId[];
  readonly state: ProjectState;
}

/** A classifier that was opened from elsewhere and not trained in the project. */
export interface OwnClassifier {
  readonly classifier: Classifier;
  readonly summary: ClassifierSummary;
}

/** The classifier in use: a run's, or one from elsewhere. */
export type InUse = { readonly run: RunId } | OwnClassifier;

export type ProjectTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], "readwrite">;

/** All that belong to a project, under its id or keys that begin with it. */
export const PROJECT_STORES = [
  "projects",
  "projectStates",
  "projectSamples",
  "projectClassifiers",
  "runs",
  "runDetails",
  "runClassifiers",
] as const satisfies StoreNames<Schema>[];

/** Those of them that a change is written into: it waits for nobody who reads runs. */
export const STATE_STORES = ["projects", "projectStates", "projectSamples"] as const satisfies StoreNames<Schema>[];

/** The writes that purge a project, for a transaction of the caller's. */
export function* purge(transaction: ProjectTransaction, id: ProjectId): Iterable<Promise<unknown>> {
  for (const store of ["projects", "projectStates", "projectClassifiers"] as const) {
    yield transaction.objectStore(store).delete(id);
  }
  for (const store of ["projectSamples", "runs", "runDetails", "runClassifiers"] as const) {
    yield transaction.objectStore(store).delete(rangeOf(id));
  }
}

/** A new project's summary, and the writes that keep it, for a transaction of the caller's. */
export function newProject(
  transaction: ProjectTransaction,
  state: ProjectState,
  inUse: InUse | null,
): { readonly summary: ProjectSummary; writes(): Iterable<Promise<unknown>> } {
  const id = crypto.randomUUID();
  const change = wholeOf(state);
  const summary = { id, ...describeProject(change), createdAt: now(), changedAt: now(), deletedAt: null };
  return {
    summary,
    *writes() {
      yield transaction.objectStore("projects").put(summary, id);
      yield* putState(transaction, id, 0, change);
      if (inUse) yield transaction.objectStore("projectClassifiers").put(inUse, id);
    },
  };
}

/** @throws StorageError when there is no such project; ProjectError when a newer Headstart made it */
export async function readWhole(
  transaction: ProjectTransaction,
  id: ProjectId,
): Promise<MigratedProject & { readonly record: StateRecord }> {
  const summary = await transaction.objectStore("projects").get(id);
  const record = await transaction.objectStore("projectStates").get(id);
  if (!summary || summary.deletedAt || !record) return gone(transaction);
  const store = transaction.objectStore("projectSamples");
  const chunks = await Promise.all(record.order.map((name) => store.get([id, name])));
  const samples = chunks.flatMap((chunk) => chunk ?? []);
  const { state } = record;
  // A project that is not open is renamed in its summary alone.
  const kept = { ...state, name: summary.name, dataset: { ...state.dataset, samples } };
  try {
    return { record, ...migrateProject(kept, record.version) };
  } catch (error) {
    await abort(transaction);
    throw error;
  }
}

export function* putState(
  transaction: ProjectTransaction,
  id: ProjectId,
  revision: number,
  { state, samples: { order, chunks } }: ProjectChange,
): Iterable<Promise<unknown>> {
  yield transaction.objectStore("projectStates").put({ version: PROJECT_VERSION, revision, order, state }, id);
  for (const chunk of chunks) yield transaction.objectStore("projectSamples").put(chunk, [id, nameOf(chunk)]);
}

/** Lets the caller's transaction go on only if nobody else has opened the project since. @throws StorageError */
export async function checkRevision(
  transaction: ProjectTransaction,
  id: ProjectId,
  revision: number,
): Promise<StateRecord> {
  const summary = await transaction.objectStore("projects").get(id);
  const record = await transaction.objectStore("projectStates").get(id);
  if (summary && !summary.deletedAt && record?.revision === revision) return record;
  await abort(transaction);
  throw new StorageError({ code: "project/taken", by: "another-tab" });
}

export async function gone(transaction: ProjectTransaction): Promise<never> {
  await abort(transaction);
  throw new StorageError({ code: "project/gone" });
}

/** Arrays sort after every string, so this is the range of all keys that begin with the id. */
export function rangeOf(id: ProjectId): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

export function now(): string {
  return new Date().toISOString();
}
