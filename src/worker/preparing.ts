/** Turns photos into embeddings, once: what was embedded before is read back from storage. */
import { grouped } from "../dataset/grouped.ts";
import type { Embedder } from "../engine/embed.ts";
import type { BaseModel } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import type { Pooling } from "../training/settings.ts";
import type { Decoders } from "./decoders.ts";
import type { EmbeddingTable, View } from "./embedding-table.ts";
import { type EmbeddingTables, readMissing, TableSaver } from "./embedding-tables.ts";
import type { HeldPixels } from "./held-pixels.ts";
import type { PreparingEvent, PreparingProgress, SkippedFile } from "./protocol/index.ts";

/** Batches decoded before their turn. */
const BATCHES_AHEAD = 3;

export interface Preparation {
  readonly database: Database;
  readonly decoders: Pick<Decoders, "run">;
  readonly base: Pick<BaseModel, "card">;
  readonly pooling: Pooling;
  /** With the base model and the pooling. */
  readonly embedder: Pick<Embedder, "size" | "batchSize" | "embed">;
  readonly views: readonly View[];
  onEvent(event: PreparingEvent): void;
  readonly signal: AbortSignal;
  readonly tables: EmbeddingTables;
  /** Pixels that need no decoding any more. */
  readonly held: HeldPixels;
}

export interface Prepared {
  /** Has a row for each view, except for those of photos that could not be read. */
  readonly table: EmbeddingTable;
}

/**
 * Embeds the views that have no embedding yet. What is done is in storage when this ends, in whatever way it ends; a worker
 * that is killed loses the work of two seconds. While one batch is embedded, the next are decoded.
 *
 * @throws StorageError when the storage is full; AbortError when the signal aborts
 */
export async function prepare(preparation: Preparation): Promise<Prepared> {
  const { database, base, pooling, embedder, views, tables, signal } = preparation;
  // It may have waited for its turn.
  signal.throwIfAborted();
  const table = tables.of({ base: base.card.id, features: pooling }, embedder.size);
  await readMissing(database, table, views);
  const saver = new TableSaver(database, table);
  try {
    await embedMissing(preparation, table, saver);
  } catch (error) {
    await saver.saveAll().catch(() => undefined);
    throw error;
  }
  await saver.saveAll();
  preparation.held.drop(views.map(({ photo }) => photo));
  return { table };
}

/** Adds those of the views to the table that it lacks. @throws StorageError when the storage is full; AbortError */
export async function embedMissing(
  preparation: Omit<Preparation, "database" | "pooling" | "tables">,
  table: EmbeddingTable,
  saver: TableSaver,
): Promise<void> {
  const { embedder, views, onEvent, signal } = preparation;
  const missing = views.filter(({ photo, view }) => table.rowOf(photo, view) === undefined);
  const clock = createClock(missing.length);
  const tell = (done: number) =>
    onEvent({
      kind: "preparing",
      done: views.length - missing.length + done,
      total: views.length,
      ...clock.read(done),
    });
  tell(0);
  let done = 0;
  for await (const { size, decoded, skipped } of decodedBatches(preparation, missing)) {
    signal.throwIfAborted();
    const embeddings = decoded.length ? await embedder.embed(decoded.map(({ pixels }) => pixels)) : [];
    decoded.forEach(({ view }, at) => {
      const embedding = embeddings[at];
      if (embedding) table.add(view, embedding);
    });
    await saver.saveWhenDue();
    if (skipped.length) onEvent({ kind: "preparing-skipped", skipped });
    signal.throwIfAborted();
    done += size;
    tell(done);
  }
}

interface DecodedBatch {
  /** Views that it was to be made of. */
  readonly size: number;
  readonly decoded: readonly { readonly view: View; readonly pixels: Uint8ClampedArray }[];
  readonly skipped: readonly SkippedFile[];
}

/** Batch by batch, the next ones under way. */
async function* decodedBatches(
  preparation: Pick<Preparation, "decoders" | "base" | "embedder" | "held">,
  views: readonly View[],
): AsyncIterable<DecodedBatch> {
  const { batchSize } = preparation.embedder;
  const ahead: Promise<DecodedBatch>[] = [];
  for (let from = 0; from < views.length || ahead.length; ) {
    for (; from < views.length && ahead.length <= BATCHES_AHEAD; from += batchSize) {
      const decoding = decodeBatch(preparation, views.slice(from, from + batchSize));
      // Awaited at its turn; a failure before that must not count as unhandled.
      decoding.catch(() => undefined);
      ahead.push(decoding);
    }
    const batch = await ahead.shift();
    if (batch) yield batch;
  }
}

/** Decodes a batch's photos at once, but for those whose pixels are held; the views of one photo share its decoding. */
async function decodeBatch(
  { decoders, base, held }: Pick<Preparation, "decoders" | "base" | "held">,
  batch: readonly View[],
): Promise<DecodedBatch> {
  const viewsByPhoto = grouped(batch, ({ photo }) => photo);
  const skipped: SkippedFile[] = [];
  const decoded = await Promise.all(
    [...viewsByPhoto].map(async ([photo, views]) => {
      const [first, ...others] = views;
      const isPhotoItself = first?.view === 0 && !others.length;
      const inHand = isPhotoItself ? held.take(base.card.id, photo) : undefined;
      if (first && inHand) return [{ view: first, pixels: inHand }];
      const numbers = views.map(({ view }) => view);
      const result = await decoders.run(async (decoder, job) =>
        decoder.read(photo, numbers, base.card.preprocessing, job),
      );
      if (!result.ok) {
        skipped.push({ path: photo, fault: result.fault });
        return [];
      }
      return views.flatMap((view, at) => {
        const pixels = result.value[at];
        return pixels ? [{ view, pixels }] : [];
      });
    }),
  );
  return { size: batch.length, decoded: decoded.flat(), skipped };
}

/** Photos after which the pace is known. */
const PACE_AFTER = 16;

/** Estimates the time left from the pace so far, and tells that pace without the first batch, which readies the network. */
function createClock(total: number) {
  const start = performance.now();
  let first: { readonly done: number; readonly at: number } | null = null;
  return {
    read(done: number): Pick<PreparingProgress, "secondsLeft" | "msPerPhoto"> {
      if (done === 0) return { secondsLeft: null, msPerPhoto: null };
      const now = performance.now();
      first ??= { done, at: now };
      return {
        secondsLeft: (((now - start) / done) * (total - done)) / 1000,
        msPerPhoto: done - first.done < PACE_AFTER ? null : (now - first.at) / (done - first.done),
      };
    },
  };
}
