/**
 * Embeddings: computed once, ever. They are kept in blocks of some hundred rows, a row per (photo, view), so that those of
 * ten thousand photos are tens of records. Whoever writes makes blocks of its own: two tabs never write the same one.
 */
import type { IDBPTransaction, StoreNames } from "idb";
import type { PhotoId } from "../dataset/dataset.ts";
import type { Database, Schema } from "./database.ts";
import { writing } from "./transactions.ts";

/** What a table of embeddings was made with. */
export interface EmbeddingSource {
  /** The base model's id, with “@” and the photos' size where that is not its own. */
  readonly base: string;
  /** What of the base model's output they are, such as a pooling. */
  readonly features: string;
}

/** Which row of a block belongs to what. */
export interface BlockRows {
  /** Numbers per row. */
  readonly width: number;
  readonly photos: readonly PhotoId[];
  /** Of each row's photo: 0 for the photo itself, others for its augmented views. */
  readonly views: Int32Array;
}

export interface BlockListing {
  readonly id: string;
  readonly rows: BlockRows;
}

export interface EmbeddingBlock extends BlockListing {
  /** `[rows × width]`, row-major. */
  readonly values: Float32Array;
}

/** Base, features and the block's id. */
export type BlockKey = [string, string, string];

export const EMBEDDING_STORES: StoreNames<Schema>[] = ["embeddingBlocks", "embeddingBlockPhotos"];

export type BlockTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], "readwrite">;

const MOST_ROWS = 256;
const MOST_BYTES = 2 ** 22;

/** How many rows a full block has. */
export function rowsPerBlock(width: number): number {
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_BYTES / (4 * width))));
}

/** What blocks there are, without their numbers. */
export async function listBlocks(database: Database, source: EmbeddingSource): Promise<BlockListing[]> {
  const { store } = database.transaction("embeddingBlockPhotos");
  const [keys, rows] = await Promise.all([store.getAllKeys(rangeOf(source)), store.getAll(rangeOf(source))]);
  return keys.flatMap(([, , id], at) => {
    const own = rows[at];
    return own && isWhole(own) ? [{ id, rows: own }] : [];
  });
}

/** Reads blocks. Those that are gone or damaged are left out: what was in them can be computed again. */
export async function readBlocks(
  database: Database,
  source: EmbeddingSource,
  listings: readonly BlockListing[],
): Promise<EmbeddingBlock[]> {
  // Each in a transaction of its own, so that one that cannot be read does not break off the others.
  const blocks = await Promise.all(
    listings.map(async ({ id, rows }) => {
      const values = await database.get("embeddingBlocks", keyOf(source, id)).catch(nothingWhenLost);
      const isIntact = values instanceof Float32Array && values.length === rows.photos.length * rows.width;
      return isIntact ? { id, rows, values } : null;
    }),
  );
  return blocks.filter((block) => block !== null);
}

/**
 * Keeps all blocks or none; a block takes the place of the one of its id.
 * @throws StorageError when the storage is full
 */
export function putBlocks(
  database: Database,
  source: EmbeddingSource,
  blocks: readonly EmbeddingBlock[],
): Promise<void> {
  const transaction = database.transaction(EMBEDDING_STORES, "readwrite", { durability: "relaxed" });
  return writing(transaction, function* () {
    for (const block of blocks) yield* putBlock(transaction, source, block);
  });
}

/** The writes that keep a block, for a transaction of the caller's. */
export function* putBlock(
  transaction: BlockTransaction,
  source: EmbeddingSource,
  { id, rows, values }: EmbeddingBlock,
): Iterable<Promise<unknown>> {
  yield transaction.objectStore("embeddingBlocks").put(values, keyOf(source, id));
  yield transaction.objectStore("embeddingBlockPhotos").put(rows, keyOf(source, id));
}

export function keyOf({ base, features }: EmbeddingSource, id: string): BlockKey {
  return [base, features, id];
}

/** Arrays sort after every string, so this is the range of all keys that begin so. */
function rangeOf({ base, features }: EmbeddingSource): IDBKeyRange {
  return IDBKeyRange.bound([base, features], [base, features, []]);
}

function isWhole({ width, photos, views }: BlockRows): boolean {
  return width > 0 && Array.isArray(photos) && views instanceof Int32Array && photos.length === views.length;
}

/** What browsers say of a large value whose file has gone. */
const LOST = new Set(["NotReadableError", "NotFoundError", "DataError", "UnknownError"]);

function nothingWhenLost(error: unknown): undefined {
  if (error instanceof DOMException && LOST.has(error.name)) return undefined;
  throw error;
}
