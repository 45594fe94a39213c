/** Work on photos and their embeddings, with a base model on the device. */
import type { Embedder } from "../engine/embed.ts";
import type { BaseModel } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import type { Comparer } from "./comparison.ts";
import type { Decoders } from "./decoders.ts";
import type { EmbeddingTables } from "./embedding-tables.ts";
import type { HeldPixels } from "./held-pixels.ts";
import type { PreparingRequest } from "./protocol/index.ts";
import type { Rooms } from "./rooms.ts";

/** What such work is done with. */
export interface EmbeddingTools {
  readonly database: Database;
  readonly decoders: Decoders;
  readonly comparer: Comparer;
  readonly tables: EmbeddingTables;
  readonly held: HeldPixels;
  readonly base: BaseModel;
  /** Of the base, pooled as the settings say. */
  readonly embedder: Embedder;
}

/** Runs work alone on the device, after what was asked before. @param request names the base model, its input size and pooling */
export async function withEmbeddingTools<T>(
  { database, device, decoders, comparer, tables, held, baseModels, quick }: Rooms,
  request: Pick<PreparingRequest, "baseModelId" | "settings">,
  work: (tools: EmbeddingTools) => Promise<T>,
): Promise<T> {
  const { inputSize, pooling } = request.settings;
  const base = await baseModels.load(request.baseModelId, inputSize);
  quick.keepOnly(base, pooling);
  return device.withEmbedder(base, pooling, async (embedder) =>
    work({ database: await database(), decoders, comparer, tables, held, base, embedder }),
  );
}
