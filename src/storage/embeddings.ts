/** Embeddings, under base model, pooling, view and photo: computed once, ever. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { Pooling } from "../training/settings.ts";
import type { Database } from "./database.ts";
import { writing } from "./errors.ts";

export interface EmbeddingKey {
  readonly baseModelId: string;
  readonly pooling: Pooling;
  /** 0 for the photo itself, others for its augmented views. */
  readonly view: number;
  readonly photo: PhotoId;
}

/** In the keys' order; undefined where there is none yet. */
export async function getEmbeddings(
  database: Database,
  keys: readonly EmbeddingKey[],
): Promise<(Float32Array | undefined)[]> {
  const store = database.transaction("embeddings").store;
  return Promise.all(keys.map((key) => store.get(path(key))));
}

/** Keeps all or none. @throws StorageError when the storage is full */
export function putEmbeddings(
  database: Database,
  records: readonly { readonly key: EmbeddingKey; readonly embedding: Float32Array }[],
): Promise<void> {
  const transaction = database.transaction("embeddings", "readwrite", { durability: "relaxed" });
  return writing(transaction, function* ({ store }) {
    for (const { key, embedding } of records) yield store.put(embedding, path(key));
  });
}

function path({ baseModelId, pooling, view, photo }: EmbeddingKey): [string, Pooling, number, PhotoId] {
  return [baseModelId, pooling, view, photo];
}
