/** What is done to a database that an older version of Headstart made. */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { Classifier } from "../network/model.ts";
import type { ClassifierSummary } from "../project/classifier.ts";
import { migrateProject, type PlainProject, runOf } from "../project/migrate.ts";
import type { Database, Schema } from "./database.ts";
import { embeddingsToBlocks } from "./embeddings-to-blocks.ts";
import { newProject, type ProjectTransaction } from "./project-records.ts";
import { putRun } from "./run-records.ts";
import { runsOfEarlierVersion } from "./runs-of-earlier-versions.ts";

/** Upgrades run alone, in one transaction: a database is of one version or of the next, never between. */
export type UpgradeTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">;

export async function upgrade(
  database: Database,
  oldVersion: number,
  _newVersion: number | null,
  transaction: UpgradeTransaction,
): Promise<void> {
  if (oldVersion < 1) makeStoresOfOne(database);
  if (oldVersion < 2) makeStoresOfTwo(database);
  if (oldVersion < 3) makeStoresOfThree(database);
  if (oldVersion < 2) await moveOnlyProject(database, transaction);
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

/** Several projects. */
function makeStoresOfTwo(database: Database): void {
  const stores = ["projects", "projectStates", "projectSamples", "projectClassifiers"] as const;
  for (const store of stores) database.createObjectStore(store);
}

/** Runs with their classifiers. A project's own runs move there when it is opened. */
function makeStoresOfThree(database: Database): void {
  for (const store of ["runs", "runDetails", "runClassifiers", "contents"] as const) database.createObjectStore(store);
}

/** The only project that version 1 had becomes the first of several. */
async function moveOnlyProject(database: Database, transaction: UpgradeTransaction): Promise<void> {
  // The stores of version 1 have their own names and keys.
  const old = transaction as unknown as IDBPTransaction<unknown, string[], "versionchange">;
  if (!old.objectStoreNames.contains("project")) return;
  const project: PlainProject | undefined = await old.objectStore("project").get("current");
  const classifier: Classifier | undefined = await old.objectStore("classifiers").get("in-use");
  const kept: { summary: ClassifierSummary } | undefined = await old.objectStore("classifierSummaries").get("in-use");
  await old.objectStore("classifiers").delete("in-use");
  await old.objectStore("classifierSummaries").delete("in-use");
  (database as unknown as IDBPDatabase<unknown>).deleteObjectStore("project");
  if (!project) return;
  const { state, runs } = migrateProject(project, 1);
  const writable = transaction as unknown as ProjectTransaction;
  const inUse = classifier && kept ? { classifier, summary: kept.summary } : null;
  const own = inUse && "classifier" in inUse ? runOf(runs, inUse.summary) : null;
  const { summary, writes } = newProject(writable, state, own ? { run: own.id } : inUse);
  const all = runsOfEarlierVersion(runs, inUse).flatMap((run) => [...putRun(writable, summary.id, run)]);
  await Promise.all([...writes(), ...all]);
}
