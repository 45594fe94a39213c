/** Forgets a project at once and for good, while other tabs may be open. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { ProjectId } from "../project/project.ts";
import { photosInUse } from "./collect.ts";
import { type ContentId, contentsOf } from "./contents.ts";
import type { Database } from "./database.ts";
import { collectEmbeddings } from "./embedding-garbage.ts";
import { PROJECT_STORES, type ProjectTransaction, purge, rangeOf } from "./project-records.ts";
import { STRICT, writing } from "./transactions.ts";

/**
 * Forgets a project with its photos, thumbnails, runs, weights and embeddings, as far as no other project uses them; those
 * that are deleted and can be restored count as others. Only for when nobody is adding photos, in this tab or another.
 */
export async function forgetProject(database: Database, id: ProjectId): Promise<void> {
  const stores = [...PROJECT_STORES, "photos", "thumbnails", "contents"] as const;
  const transaction: ProjectTransaction = database.transaction(stores, "readwrite", STRICT);
  const others = await photosInUse(transaction, new Set([id]));
  const photos = (await photosOf(transaction, id)).filter((photo) => !others.has(photo));
  const { own, used } = await contentsNamed(transaction, id);
  await writing(transaction, function* () {
    yield* purge(transaction, id);
    for (const photo of photos) {
      yield transaction.objectStore("photos").delete(photo);
      yield transaction.objectStore("thumbnails").delete(photo);
    }
    for (const content of own) if (!used.has(content)) yield transaction.objectStore("contents").delete(content);
  });
  await collectEmbeddings(database);
}

async function photosOf(transaction: ProjectTransaction, id: ProjectId): Promise<PhotoId[]> {
  const chunks = await transaction.objectStore("projectSamples").getAll(rangeOf(id));
  return chunks.flatMap((chunk) => chunk.map(({ photo }) => photo));
}

/** The large arrays that the project's runs name, and those that other projects' runs do. */
async function contentsNamed(transaction: ProjectTransaction, id: ProjectId) {
  const named = { own: new Set<ContentId>(), used: new Set<ContentId>() };
  for (const store of ["runDetails", "runClassifiers"] as const) {
    for (let cursor = await transaction.objectStore(store).openCursor(); cursor; ) {
      const { key, value } = cursor;
      const into = key[0] === id ? named.own : named.used;
      if ("network" in value) for (const content of contentsOf(value).keys()) into.add(content);
      else if ("photos" in value) into.add(value.photos);
      cursor = await cursor.continue();
    }
  }
  return named;
}
