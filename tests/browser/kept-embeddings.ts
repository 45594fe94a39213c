/** Embeddings in storage, one by one. */
import type { Database } from "../../src/storage/database.ts";
import { type EmbeddingSource, listBlocks, putBlocks, readBlocks } from "../../src/storage/embeddings.ts";

export interface EmbeddingKey {
  readonly baseModelId: string;
  readonly pooling: string;
  readonly view: number;
  readonly photo: string;
}

const sourceOf = ({ baseModelId, pooling }: EmbeddingKey): EmbeddingSource => ({
  base: baseModelId,
  features: pooling,
});

/** A block for each embedding. */
export async function putEmbeddings(
  database: Database,
  records: readonly { readonly key: EmbeddingKey; readonly embedding: Float32Array }[],
): Promise<void> {
  const sources = new Map(records.map(({ key }) => [JSON.stringify(sourceOf(key)), sourceOf(key)]));
  for (const source of sources.values()) {
    const own = records.filter(({ key }) => key.baseModelId === source.base && key.pooling === source.features);
    const blocks = own.map(({ key, embedding }) => ({
      id: crypto.randomUUID(),
      rows: { width: embedding.length, photos: [key.photo], views: new Int32Array([key.view]) },
      values: embedding,
    }));
    await putBlocks(database, source, blocks);
  }
}

/** In the keys' order; undefined where there is none. */
export async function getEmbeddings(
  database: Database,
  keys: readonly EmbeddingKey[],
): Promise<(Float32Array | undefined)[]> {
  return Promise.all(
    keys.map(async (key) => {
      const blocks = await readBlocks(database, sourceOf(key), await listBlocks(database, sourceOf(key)));
      for (const { rows, values } of blocks) {
        const row = rows.photos.findIndex((photo, at) => photo === key.photo && rows.views[at] === key.view);
        if (row >= 0) return values.slice(row * rows.width, (row + 1) * rows.width);
      }
      return undefined;
    }),
  );
}
