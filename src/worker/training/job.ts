import type { Embedder } from "../../engine/embed.ts";
import type { BaseModel } from "../../network/model.ts";
import type { Database } from "../../storage/database.ts";
import type { Comparer } from "../comparison.ts";
import type { Decoders } from "../decoders.ts";
import type { EmbeddingTables } from "../embedding-tables.ts";
import type { TrainEvent, TrainRequest } from "../protocol/index.ts";

/** What a training works on and with. */
export interface TrainingJob {
  readonly request: TrainRequest;
  readonly database: Database;
  readonly decoders: Decoders;
  readonly comparer: Comparer;
  readonly tables: EmbeddingTables;
  readonly base: BaseModel;
  /** Of the base, pooled as the settings say. */
  readonly embedder: Embedder;
  /** That it runs on. */
  readonly backend: string;
  /** On the clock of `performance.now`. */
  readonly startedAt: number;
  onEvent(event: TrainEvent): void;
  /** Asked after each epoch; true ends the fit and keeps the best so far. */
  shouldStop(): boolean;
  readonly signal: AbortSignal;
}

/** Time that went into it so far, also before it was broken off, in milliseconds. */
export function spentOn({ request, startedAt }: TrainingJob): number {
  return (request.resume?.spentMs ?? 0) + performance.now() - startedAt;
}
