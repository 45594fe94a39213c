/** A whole training run: prepare, fit, evaluate. */
import type { Embedder } from "../../engine/embed.ts";
import type { BaseModel, Classifier } from "../../network/model.ts";
import { describeClassifier } from "../../project/classifier.ts";
import type { Run } from "../../project/run.ts";
import type { RunPhotos } from "../../project/run-photos.ts";
import type { Database } from "../../storage/database.ts";
import type { Comparer } from "../comparison.ts";
import type { Decoders } from "../decoders.ts";
import type { EmbeddingTables } from "../embedding-tables.ts";
import type { TrainEvent, TrainRequest } from "../protocol/index.ts";
import { evaluateTraining } from "./evaluate.ts";
import { fitTraining } from "./fit.ts";
import { prepareTraining } from "./prepare.ts";

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

export interface Trained {
  readonly run: Run;
  readonly details: RunPhotos;
  readonly classifier: Classifier;
}

/**
 * The same seed, data and settings give the same run on the same backend, whether or not it was broken off and resumed.
 *
 * @throws EngineError when the loss is no number or the GPU is lost; StorageError when the storage is full; AbortError when
 *   the signal aborts
 */
export async function runTraining(job: TrainingJob): Promise<Trained> {
  const { request, base, backend, signal } = job;
  const prepared = await prepareTraining(job);
  const fitted = await fitTraining(job, prepared);
  const { photos, metrics, counts } = await evaluateTraining({ prepared, fitted, signal });
  const spentMs = (request.resume?.spentMs ?? 0) + performance.now() - job.startedAt;
  const run: Run = {
    id: request.runId,
    finishedAt: new Date().toISOString(),
    durationMs: Math.round(spentMs),
    classes: prepared.classes.map(({ id, name }) => ({ id, name })),
    settings: request.settings,
    baseModel: { id: base.card.id, name: base.card.name },
    backend,
    outcome: fitted.outcome,
    counts,
    testShortfalls: prepared.shortfalls,
    metrics,
    classifier: describeClassifier(fitted.classifier),
    pinned: false,
    deletedAt: null,
  };
  return { run, details: photos, classifier: fitted.classifier };
}
