/** Forgets what no project needs any more. */
import type { StoreNames } from "idb";
import type { PhotoId } from "../dataset/dataset.ts";
import { collectRuns } from "./collect-runs.ts";
import type { Database, Schema } from "./database.ts";
import { collectEmbeddings } from "./embedding-garbage.ts";
import { collectModels } from "./models.ts";
import { PROJECT_STORES, type ProjectTransaction, purge } from "./project-records.ts";
import { writing } from "./transactions.ts";

const STORES: StoreNames<Schema>[] = [...PROJECT_STORES, "photos", "thumbnails"];

/**
 * Purges the deleted projects, runs, base models and classifiers, and the photos, thumbnails and embeddings that no other project uses. Only for when nobody
 * is adding photos, in this tab or another: a photo is kept before the project that it goes into.
 */
export async function collectGarbage(database: Database): Promise<void> {
  await collectProjects(database);
  await collectRuns(database);
  await collectModels(database);
  await collectEmbeddings(database);
}

async function collectProjects(database: Database): Promise<void> {
  const transaction: ProjectTransaction = database.transaction(STORES, "readwrite");
  const deleted = (await transaction.objectStore("projects").getAll()).filter(({ deletedAt }) => deletedAt !== null);
  const used = await photosInUse(transaction, new Set(deleted.map(({ id }) => id)));
  const photos = await transaction.objectStore("photos").getAllKeys();
  const unused = new Set(photos.filter((id) => !used.has(id)));
  await writing(transaction, function* () {
    for (const { id } of deleted) yield* purge(transaction, id);
    for (const id of unused) {
      yield transaction.objectStore("photos").delete(id);
      yield transaction.objectStore("thumbnails").delete(id);
    }
  });
}

/** Chunk by chunk: ten thousand samples are not needed at once. */
export async function photosInUse(
  transaction: ProjectTransaction,
  without: ReadonlySet<string>,
): Promise<Set<PhotoId>> {
  const used = new Set<PhotoId>();
  for (let cursor = await transaction.objectStore("projectSamples").openCursor(); cursor; ) {
    if (!without.has(cursor.key[0])) for (const { photo } of cursor.value) used.add(photo);
    cursor = await cursor.continue();
  }
  return used;
}
