/** A project's records, and how they are read and written within a transaction. `projects.ts` is the door. */
import type { IDBPTransaction, StoreNames } from "idb";
import { changedChunks, nameOf, type SampleChanges } from "../dataset/chunks.ts";
import type { Dataset, PhotoId } from "../dataset/dataset.ts";
import { migrateState, STATE_VERSION } from "../dataset/migrate.ts";
import type { Classifier } from "../network/model.ts";
import type { Schema } from "./database.ts";
import { abort, StorageError } from "./errors.ts";

export type ProjectId = string;

/** What this room knows of a project's state; the rest is kept as it is. */
export interface ProjectBasis {
  readonly name: string;
  readonly dataset: Dataset;
}

/** A project in the list of projects. */
export interface ProjectSummary {
  readonly id: ProjectId;
  readonly name: string;
  /** ISO 8601, as the others. */
  readonly createdAt: string;
  readonly changedAt: string;
  /** How many. */
  readonly photos: number;
  readonly classNames: readonly string[];
  /** Its first photo. */
  readonly cover: PhotoId | null;
  /** When it was deleted; it can be restored until it is purged. */
  readonly deletedAt: string | null;
}

/** A state without its samples, which are kept in chunks. */
export interface StateRecord {
  /** Shape of the state and the samples, see `migrateState`. */
  readonly version: number;
  readonly revision: number;
  /** The chunks of samples, each named by its first photo. */
  readonly order: readonly PhotoId[];
  readonly state: ProjectBasis;
}

/** The classifier in use; `Summary` is what its keeper wants to say of it. */
export interface ProjectClassifier<Summary> {
  readonly classifier: Classifier;
  readonly summary: Summary;
}

/** A change of a project. */
export interface ProjectChange<State extends ProjectBasis> {
  /** The whole new state, but with an empty list of samples. */
  readonly state: State;
  readonly samples: SampleChanges;
}

export interface OpenedProject<State extends ProjectBasis> {
  readonly revision: number;
  readonly state: State;
}

export type ProjectTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], "readwrite">;

export const PROJECT_STORES: StoreNames<Schema>[] = [
  "projects",
  "projectStates",
  "projectSamples",
  "projectClassifiers",
];

/** The writes that purge a project, for a transaction of the caller's. */
export function* purge(transaction: ProjectTransaction, id: ProjectId): Iterable<Promise<unknown>> {
  for (const store of ["projects", "projectStates", "projectClassifiers"] as const) {
    yield transaction.objectStore(store).delete(id);
  }
  yield transaction.objectStore("projectSamples").delete(rangeOf(id));
}

/** A new project's summary, and the writes that keep it, for a transaction of the caller's. */
export function newProject(
  transaction: ProjectTransaction,
  state: ProjectBasis,
  classifier: ProjectClassifier<unknown> | null,
): { readonly summary: ProjectSummary; writes(): Iterable<Promise<unknown>> } {
  const id = crypto.randomUUID();
  const change = wholeOf(state);
  const summary = { id, ...describe(change), createdAt: now(), changedAt: now(), deletedAt: null };
  return {
    summary,
    *writes() {
      yield transaction.objectStore("projects").put(summary, id);
      yield* putState(transaction, id, 0, change);
      if (classifier) yield transaction.objectStore("projectClassifiers").put(classifier, id);
    },
  };
}

/** @throws StorageError when there is no such project; StateVersionError when a newer Headstart made it */
export async function readWhole<State extends ProjectBasis>(
  transaction: ProjectTransaction,
  id: ProjectId,
): Promise<{ record: StateRecord; state: State }> {
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
    return { record, state: migrateState(kept, record.version) as unknown as State };
  } catch (error) {
    await abort(transaction);
    throw error;
  }
}

export function* putState(
  transaction: ProjectTransaction,
  id: ProjectId,
  revision: number,
  { state, samples: { order, chunks } }: ProjectChange<ProjectBasis>,
): Iterable<Promise<unknown>> {
  yield transaction.objectStore("projectStates").put({ version: STATE_VERSION, revision, order, state }, id);
  for (const chunk of chunks) yield transaction.objectStore("projectSamples").put(chunk, [id, nameOf(chunk)]);
}

/** A whole state as a change of nothing. */
export function wholeOf<State extends ProjectBasis>(state: State): ProjectChange<State> {
  const { dataset } = state;
  return { state: { ...state, dataset: { ...dataset, samples: [] } }, samples: changedChunks([], dataset.samples) };
}

export function describe({ state, samples }: ProjectChange<ProjectBasis>) {
  const classNames = state.dataset.classes.map(({ name }) => name);
  return { name: state.name, photos: samples.count, classNames, cover: samples.order[0] ?? null };
}

export async function gone(transaction: ProjectTransaction): Promise<never> {
  await abort(transaction);
  throw new StorageError("This project is no longer in this browser. Choose another.");
}

/** Arrays sort after every string, so this is the range of all keys that begin with the id. */
export function rangeOf(id: ProjectId): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

export function now(): string {
  return new Date().toISOString();
}
