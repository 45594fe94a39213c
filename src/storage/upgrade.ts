/** What is done to a database that an older version of Headstart made. */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { migrateState, type PlainState } from "../dataset/migrate.ts";
import type { Classifier } from "../network/model.ts";
import type { Database, Schema } from "./database.ts";
import { embeddingsToBlocks } from "./embeddings-to-blocks.ts";
import { newProject, type ProjectBasis, type ProjectTransaction } from "./project-records.ts";

/** Upgrades run alone, in one transaction: a database is of one version or of the next, never between. */
export type UpgradeTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">;

export async function upgrade(
  database: Database,
  oldVersion: number,
  _newVersion: number | null,
  transaction: UpgradeTransaction,
): Promise<void> {
  if (oldVersion < 1) makeStoresOfOne(database);
  if (oldVersion < 2) await toTwo(database, transaction);
  if (oldVersion < 3) await embeddingsToBlocks(database, transaction);
}

function makeStoresOfOne(database: Database): void {
  const stores = [
    "photos",
    "thumbnails",
    "embeddings",
    "baseModelCards",
    "baseModelNetworks",
    "classifierSummaries",
    "classifiers",
  ] as const;
  // Version 3 has others.
  for (const store of stores) (database as unknown as IDBPDatabase<unknown>).createObjectStore(store);
}

/** Several projects: the only one there was becomes the first. */
async function toTwo(database: Database, transaction: UpgradeTransaction): Promise<void> {
  for (const store of ["projects", "projectStates", "projectSamples", "projectClassifiers"] as const) {
    database.createObjectStore(store);
  }
  // The stores of version 1 have their own names and keys.
  const old = transaction as unknown as IDBPTransaction<unknown, string[], "versionchange">;
  if (!old.objectStoreNames.contains("project")) return;
  const project: PlainState | undefined = await old.objectStore("project").get("current");
  const classifier: Classifier | undefined = await old.objectStore("classifiers").get("in-use");
  const kept: { summary: unknown } | undefined = await old.objectStore("classifierSummaries").get("in-use");
  await old.objectStore("classifiers").delete("in-use");
  await old.objectStore("classifierSummaries").delete("in-use");
  (database as unknown as IDBPDatabase<unknown>).deleteObjectStore("project");
  if (!project) return;
  const state = migrateState(project, 1) as unknown as ProjectBasis;
  const writable = transaction as unknown as ProjectTransaction;
  const { writes } = newProject(writable, state, classifier && kept ? { classifier, summary: kept.summary } : null);
  await Promise.all(writes());
}
