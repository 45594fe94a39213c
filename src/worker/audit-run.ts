/** A look through a dataset: labels, duplicates, outliers and photos that are hard to see. */
import type { AuditPrediction, AuditReport } from "../dataset/audit.ts";
import { type ClassId, type PhotoGroups, type PhotoId, type Sample, takesPart } from "../dataset/dataset.ts";
import { foldsOf } from "../dataset/folds.ts";
import { ALIKE } from "../dataset/near-duplicates.ts";
import { createRandom } from "../dataset/random.ts";
import { splitSamples } from "../dataset/split.ts";
import { suspicionsOf } from "../dataset/suspicions.ts";
import type { Embedder } from "../engine/embed.ts";
import { centredUnitRows } from "../engine/similar.ts";
import { predictFromEmbeddings, trainHead } from "../engine/train-head.ts";
import { predictedClass } from "../evaluation/confusion.ts";
import { buildHead } from "../network/head.ts";
import type { BaseModel } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import { DEFAULT_SETTINGS } from "../training/settings.ts";
import type { Comparer } from "./comparison.ts";
import type { Decoders } from "./decoders.ts";
import { prepare } from "./preparing.ts";
import type { AuditEvent, AuditRequest } from "./protocol.ts";
import { viewsOfPhotos } from "./training-photos.ts";

const FOLDS = 5;
/** Strong enough that single wrong labels are not learned by heart: on flipped labels the most of them is found. */
const FIT = { ...DEFAULT_SETTINGS, epochs: 30, patience: 30, minDelta: 0, learningRate: 0.01, l2: 0.003 };

export async function runAudit(
  database: Database,
  decoders: Decoders,
  comparer: Comparer,
  base: BaseModel,
  embedder: Embedder,
  { dataset, settings }: AuditRequest,
  control: { onEvent(event: AuditEvent): void; signal: AbortSignal },
): Promise<AuditReport> {
  const { onEvent, signal } = control;
  const prepared = await prepare(
    database,
    decoders,
    base,
    settings.pooling,
    embedder,
    viewsOfPhotos(dataset.samples, 1),
    onEvent,
    signal,
  );
  const embeddingOf = (photo: PhotoId) => prepared.embedding(photo, 0);
  const samples = dataset.samples.filter(({ photo }) => embeddingOf(photo) !== undefined);
  onEvent({ kind: "auditing", done: 0, total: FOLDS + 1 });
  const { groups, closeness } = await comparer.compare(
    `${base.card.id} ${settings.pooling}`,
    samples,
    embeddingOf,
    signal,
  );
  const splits = splitSamples(dataset, settings, groups);
  const learnable = samples.filter((sample) => takesPart(sample) && splits.get(sample.photo) !== "test");
  const taking = new Set(learnable.map(({ classId }) => classId));
  const classIds = dataset.classes.map(({ id }) => id).filter((id) => taking.has(id));
  const probabilities = await outOfFold({
    samples,
    learnable,
    groups,
    classIds,
    embeddingOf,
    seed: settings.seed,
    onFold: (done) => onEvent({ kind: "auditing", done: done + 1, total: FOLDS + 1 }),
    signal,
  });
  const { height, width } = base.card.preprocessing;
  const inputSize = Math.min(height, width);
  return {
    suspicions: suspicionsOf({ samples, groups, classIds, probabilities, closeness, inputSize }),
    groups,
    predictions: [...probabilities].map(([photo, values]) => predictionOf(photo, values, classIds)),
    similarityThreshold: ALIKE,
  };
}

interface OutOfFold {
  readonly samples: readonly Sample[];
  /** Those of them that may be fitted on. */
  readonly learnable: readonly Sample[];
  readonly groups: PhotoGroups;
  readonly classIds: readonly ClassId[];
  embeddingOf(photo: PhotoId): Float32Array | undefined;
  readonly seed: number;
  /** @param done folds */
  onFold(done: number): void;
  readonly signal: AbortSignal;
}

/**
 * Every photo's probabilities by heads that were not fitted on it: a learnable one's by the head of its fold, the others'
 * by the mean of all heads. Empty without two classes to tell apart.
 */
async function outOfFold(run: OutOfFold): Promise<ReadonlyMap<PhotoId, readonly number[]>> {
  const { samples, learnable, classIds, signal } = run;
  const sums = new Map<PhotoId, number[]>();
  if (classIds.length < 2) return sums;
  const features = run.embeddingOf(samples[0]?.photo ?? "")?.length ?? 0;
  const matrix = new Float32Array(samples.length * features);
  samples.forEach(({ photo }, row) => {
    matrix.set(run.embeddingOf(photo) ?? [], row * features);
  });
  const rows = centredUnitRows(matrix, features);
  const rowOf = new Map(samples.map(({ photo }, row) => [photo, row]));
  const gather = (some: readonly Sample[]) => {
    const embeddings = new Float32Array(some.length * features);
    some.forEach(({ photo }, at) => {
      const row = rowOf.get(photo) ?? 0;
      embeddings.set(rows.subarray(row * features, (row + 1) * features), at * features);
    });
    return { embeddings, labels: Int32Array.from(some, ({ classId }) => classIds.indexOf(classId)) };
  };

  const folds = foldsOf(learnable, FOLDS, run.seed, run.groups);
  for (let fold = 0; fold < FOLDS; fold++) {
    const train = gather(learnable.filter(({ photo }) => folds.get(photo) !== fold));
    const held = samples.filter(({ photo }) => (folds.get(photo) ?? fold) === fold);
    const random = createRandom(run.seed + fold);
    const { head } = await trainHead({
      head: buildHead({ features, hiddenLayers: [], dropout: 0, classes: classIds.length, random }),
      train,
      validation: { embeddings: new Float32Array(), labels: new Int32Array() },
      settings: { ...FIT, batchSize: Math.min(256, Math.max(16, Math.ceil(train.labels.length / 12))) },
      random,
      onEpoch: () => undefined,
      shouldStop: () => false,
      signal,
    });
    const found = await predictFromEmbeddings(head, gather(held).embeddings);
    held.forEach(({ photo }, at) => {
      const parts = folds.has(photo) ? 1 : FOLDS;
      const before = sums.get(photo);
      sums.set(
        photo,
        (found[at] ?? []).map((value, index) => (before?.[index] ?? 0) + value / parts),
      );
    });
    run.onFold(fold + 1);
  }
  return sums;
}

function predictionOf(photo: PhotoId, values: readonly number[], classIds: readonly ClassId[]): AuditPrediction {
  const best = predictedClass(values);
  return { photo, classId: classIds[best] ?? "", probability: values[best] ?? 0 };
}
