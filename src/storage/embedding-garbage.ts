/** Keeps the blocks of embeddings few and free of what nobody needs. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { Database } from "./database.ts";
import {
  type BlockKey,
  type BlockListing,
  type BlockTransaction,
  EMBEDDING_STORES,
  type EmbeddingBlock,
  type EmbeddingSource,
  keyOf,
  listBlocks,
  putBlock,
  readBlocks,
  rowsPerBlock,
} from "./embeddings.ts";
import { writing } from "./transactions.ts";

/**
 * Drops the rows of photos that are not kept and rows that are there twice, merges blocks that are less than half full,
 * and forgets what is left of broken ones. Each step is a transaction of its own, so that little is in memory at once; a
 * block that somebody else has written meanwhile stays as it is.
 */
export async function collectEmbeddings(database: Database): Promise<void> {
  for (const source of await sources(database)) {
    // Photos after rows: a row's photo was kept before it.
    const listings = await listBlocks(database, source);
    const photos = new Set(await database.getAllKeys("photos"));
    for (const step of steps(listings, photos)) await rewrite(database, source, step);
  }
}

/** Blocks of which at most one is made. */
type Step = readonly { readonly listing: BlockListing; readonly keeps: readonly number[] }[];

/** What is to be rewritten, in parts that fit into one block. */
function steps(listings: readonly BlockListing[], photos: ReadonlySet<PhotoId>): Step[] {
  const seen = new Set<string>();
  const result: Step[] = [];
  let part: Step[number][] = [];
  let rows = 0;
  const close = () => {
    // A small block alone stays small.
    if (part.length > 1 || part.some(({ listing, keeps }) => keeps.length < listing.rows.photos.length)) {
      result.push(part);
    }
    part = [];
    rows = 0;
  };
  for (const listing of listings) {
    const { width, photos: own, views } = listing.rows;
    const keeps: number[] = [];
    for (const [row, photo] of own.entries()) {
      const name = `${views[row]} ${photo}`;
      if (!photos.has(photo) || seen.has(name)) continue;
      seen.add(name);
      keeps.push(row);
    }
    const most = rowsPerBlock(width);
    if (keeps.length === own.length && 2 * own.length >= most) continue;
    if (rows + keeps.length > most || part.some((other) => other.listing.rows.width !== width)) close();
    part.push({ listing, keeps });
    rows += keeps.length;
  }
  close();
  return result;
}

async function rewrite(database: Database, source: EmbeddingSource, step: Step): Promise<void> {
  const listings = step.map(({ listing }) => listing);
  const blocks = await readBlocks(database, source, listings);
  const merged = merge(step, new Map(blocks.map((block) => [block.id, block])));
  const transaction: BlockTransaction = database.transaction(EMBEDDING_STORES, "readwrite");
  const keys = listings.map(({ id }) => keyOf(source, id));
  const now = await Promise.all(keys.map((key) => transaction.objectStore("embeddingBlockPhotos").get(key)));
  // Blocks only grow.
  if (now.some((rows, at) => rows?.photos.length !== listings[at]?.rows.photos.length)) return transaction.done;
  await writing(transaction, function* () {
    yield* forget(transaction, keys);
    if (merged) yield* putBlock(transaction, source, merged);
  });
}

/** null when nothing is left. */
function merge(step: Step, blocks: ReadonlyMap<string, EmbeddingBlock>): EmbeddingBlock | null {
  const kept = step.flatMap(({ listing, keeps }) => {
    const block = blocks.get(listing.id);
    return block ? keeps.map((row) => ({ block, row })) : [];
  });
  const width = kept[0]?.block.rows.width ?? 0;
  const values = new Float32Array(kept.length * width);
  kept.forEach(({ block, row }, at) => {
    values.set(block.values.subarray(row * width, (row + 1) * width), at * width);
  });
  const rows = {
    width,
    photos: kept.map(({ block, row }) => block.rows.photos[row] ?? ""),
    views: Int32Array.from(kept, ({ block, row }) => block.rows.views[row] ?? 0),
  };
  return kept.length ? { id: crypto.randomUUID(), rows, values } : null;
}

/** Of which there are blocks. Numbers without a listing, or the other way round, are forgotten on the way. */
async function sources(database: Database): Promise<EmbeddingSource[]> {
  const transaction: BlockTransaction = database.transaction(EMBEDDING_STORES, "readwrite");
  const blocks = await transaction.objectStore("embeddingBlocks").getAllKeys();
  const listings = await transaction.objectStore("embeddingBlockPhotos").getAllKeys();
  const timesSeen = new Map<string, number>();
  for (const [, , id] of [...blocks, ...listings]) timesSeen.set(id, (timesSeen.get(id) ?? 0) + 1);
  const single = [...blocks, ...listings].filter(([, , id]) => timesSeen.get(id) === 1);
  await writing(transaction, () => forget(transaction, single));
  const found = new Map(listings.map(([base, features]) => [JSON.stringify([base, features]), { base, features }]));
  return [...found.values()];
}

function* forget(transaction: BlockTransaction, keys: readonly BlockKey[]): Iterable<Promise<unknown>> {
  for (const key of keys) {
    yield transaction.objectStore("embeddingBlocks").delete(key);
    yield transaction.objectStore("embeddingBlockPhotos").delete(key);
  }
}
