/** Turns photos into embeddings, once: what was embedded before is read back from storage. */
import type { PhotoId } from "../dataset/dataset.ts";
import { grouped } from "../dataset/grouped.ts";
import type { Embedder } from "../engine/embed.ts";
import type { BaseModel } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import { type EmbeddingKey, getEmbeddings, putEmbeddings } from "../storage/embeddings.ts";
import type { Pooling } from "../training/settings.ts";
import type { Decoders } from "./decoders.ts";
import type { PreparingEvent, SkippedFile } from "./protocol/index.ts";

/** Batches decoded before their turn. */
const BATCHES_AHEAD = 3;

/** One look at a photo: view 0 is the photo itself, others are augmented. */
export interface View {
  readonly photo: PhotoId;
  readonly view: number;
}

export interface Prepared {
  /** undefined when the photo could not be read. */
  embedding(photo: PhotoId, view: number): Float32Array | undefined;
}

/**
 * Embeds the views that have no embedding yet and keeps each batch as it is done, so that a cancelled run loses one batch.
 * While one batch is embedded, the next are decoded.
 */
export async function prepare(
  database: Database,
  decoders: Decoders,
  base: BaseModel,
  pooling: Pooling,
  embedder: Embedder,
  views: readonly View[],
  onEvent: (event: PreparingEvent) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  const keyOf = ({ photo, view }: View): EmbeddingKey => ({ baseModelId: base.card.id, pooling, view, photo });
  const known = await getEmbeddings(database, views.map(keyOf));
  const embeddings = new Map<string, Float32Array>();
  const missing: View[] = [];
  views.forEach((view, index) => {
    const embedding = known[index];
    if (embedding) embeddings.set(nameOf(view), embedding);
    else missing.push(view);
  });

  const clock = createClock(missing.length);
  const tell = (done: number) =>
    onEvent({
      kind: "preparing",
      done: views.length - missing.length + done,
      total: views.length,
      secondsLeft: clock.secondsLeft(done),
    });
  tell(0);

  const batches = chunks(missing, embedder.batchSize);
  const ahead: Promise<DecodedBatch>[] = [];
  const decodeAhead = (index: number) => {
    const batch = batches[index];
    if (!batch) return;
    const decoding = decodeBatch(decoders, base, batch);
    // Awaited at its turn; a failure before that must not count as unhandled.
    decoding.catch(() => undefined);
    ahead.push(decoding);
  };
  for (let index = 0; index < BATCHES_AHEAD; index++) decodeAhead(index);
  let done = 0;
  let writing: Promise<void> = Promise.resolve();
  for (const [index, batch] of batches.entries()) {
    decodeAhead(index + BATCHES_AHEAD);
    const { decoded, skipped } = (await ahead.shift()) ?? { decoded: [], skipped: [] };
    signal.throwIfAborted();
    const fresh = decoded.length ? await embedder.embed(decoded.map(({ pixels }) => pixels)) : [];
    const records = decoded.flatMap(({ view }, at) => {
      const embedding = fresh[at];
      return embedding ? [{ view, embedding }] : [];
    });
    await writing;
    writing = putEmbeddings(
      database,
      records.map(({ view, embedding }) => ({ key: keyOf(view), embedding })),
    );
    writing.catch(() => undefined);
    for (const { view, embedding } of records) embeddings.set(nameOf(view), embedding);
    if (skipped.length) onEvent({ kind: "preparing-skipped", skipped });
    signal.throwIfAborted();
    done += batch.length;
    tell(done);
  }
  await writing;
  return { embedding: (photo, view) => embeddings.get(nameOf({ photo, view })) };
}

interface DecodedBatch {
  readonly decoded: readonly { readonly view: View; readonly pixels: Uint8ClampedArray }[];
  readonly skipped: readonly SkippedFile[];
}

/** Decodes a batch's photos at once; the views of one photo share its decoding. */
async function decodeBatch(decoders: Decoders, base: BaseModel, batch: readonly View[]): Promise<DecodedBatch> {
  const viewsByPhoto = grouped(batch, ({ photo }) => photo);
  const skipped: SkippedFile[] = [];
  const decoded = await Promise.all(
    [...viewsByPhoto].map(async ([photo, views]) => {
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
  return { decoded: decoded.flat(), skipped };
}

function nameOf({ photo, view }: View): string {
  return `${view}/${photo}`;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** Estimates the time left from the pace so far. */
function createClock(total: number) {
  const start = performance.now();
  return {
    secondsLeft(done: number): number | null {
      if (done === 0) return null;
      return (((performance.now() - start) / done) * (total - done)) / 1000;
    },
  };
}
