/** Version 3 of the database: embeddings, until then a record per photo and view, are put together into blocks. */
import type { IDBPDatabase, IDBPTransaction } from "idb";
import type { Database } from "./database.ts";
import { type BlockKey, type BlockRows, rowsPerBlock } from "./embeddings.ts";
import type { UpgradeTransaction } from "./upgrade.ts";

/** Records read at once; ten thousand are not needed at once. */
const AT_ONCE = 64;

/** Base, pooling, view and photo. */
type OldKey = [string, string, number, string];

interface OpenBlock {
  readonly base: string;
  readonly features: string;
  readonly width: number;
  readonly photos: string[];
  readonly views: number[];
  readonly embeddings: Float32Array[];
}

/** Nobody has to wait for embeddings again that were kept before. */
export async function embeddingsToBlocks(database: Database, transaction: UpgradeTransaction): Promise<void> {
  database.createObjectStore("embeddingBlocks");
  database.createObjectStore("embeddingBlockPhotos");
  // The store of version 2 has its own name and keys.
  const old = (transaction as unknown as IDBPTransaction<unknown, string[], "versionchange">).objectStore("embeddings");
  let open: OpenBlock | null = null;
  for (let range: IDBKeyRange | undefined; ; ) {
    const [keys, embeddings] = await Promise.all([old.getAllKeys(range, AT_ONCE), old.getAll(range, AT_ONCE)]);
    for (const [at, key] of (keys as OldKey[]).entries()) {
      const embedding: unknown = embeddings[at];
      if (!(embedding instanceof Float32Array) || !embedding.length) continue;
      if (!open || !takesMore(open, key, embedding.length)) {
        if (open) await put(transaction, open);
        const [base, features] = key;
        open = { base, features, width: embedding.length, photos: [], views: [], embeddings: [] };
      }
      open.photos.push(key[3]);
      open.views.push(key[2]);
      open.embeddings.push(embedding);
    }
    const last = keys.at(-1);
    if (last === undefined) break;
    range = IDBKeyRange.lowerBound(last, true);
  }
  if (open) await put(transaction, open);
  (database as unknown as IDBPDatabase<unknown>).deleteObjectStore("embeddings");
}

function takesMore({ base, features, width, photos }: OpenBlock, key: OldKey, length: number): boolean {
  return base === key[0] && features === key[1] && width === length && photos.length < rowsPerBlock(width);
}

async function put(
  transaction: UpgradeTransaction,
  { base, features, width, photos, views, embeddings }: OpenBlock,
): Promise<void> {
  const key: BlockKey = [base, features, crypto.randomUUID()];
  const rows: BlockRows = { width, photos, views: Int32Array.from(views) };
  const values = new Float32Array(width * embeddings.length);
  for (const [at, embedding] of embeddings.entries()) values.set(embedding, at * width);
  await transaction.objectStore("embeddingBlocks").put(values, key);
  await transaction.objectStore("embeddingBlockPhotos").put(rows, key);
}
