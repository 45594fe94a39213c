/** A look through a dataset: labels, duplicates, outliers and photos that are hard to see. */
import type { AuditPrediction, AuditReport } from "../dataset/audit.ts";
import { type ClassId, type PhotoGroups, type PhotoId, type Sample, takesPart } from "../dataset/dataset.ts";
import { foldsOf } from "../dataset/folds.ts";
import { splitSamples } from "../dataset/split.ts";
import { suspicionsOf } from "../dataset/suspicions.ts";
import { outOfFoldScores } from "../engine/out-of-fold.ts";
import { calibrate, softmax } from "../evaluation/calibrate.ts";
import { predictedClass } from "../evaluation/confusion.ts";
import type { EmbeddingTable } from "./embedding-table.ts";
import type { EmbeddingTools } from "./embedding-work.ts";
import { prepare } from "./preparing.ts";
import type { AuditEvent, PreparingRequest } from "./protocol/index.ts";
import { viewsOfPhotos } from "./training/photos.ts";

const FOLDS = 5;

export interface AuditRun extends EmbeddingTools {
  readonly request: PreparingRequest;
  onEvent(event: AuditEvent): void;
  readonly signal: AbortSignal;
}

export async function runAudit(run: AuditRun): Promise<AuditReport> {
  const { base, request, onEvent, signal } = run;
  const { dataset, settings } = request;
  const views = viewsOfPhotos(dataset.samples, 1);
  const { table } = await prepare({ ...run, pooling: settings.pooling, views });
  const samples = dataset.samples.filter(({ photo }) => table.rowOf(photo, 0) !== undefined);
  onEvent({ kind: "auditing", done: 0, total: FOLDS + 1 });
  const { groups, closeness } = await run.comparer.compare({ table, samples, signal });
  const splits = splitSamples(dataset, settings, groups);
  const learnable = samples.filter((sample) => takesPart(sample) && splits.get(sample.photo) !== "test");
  const taking = new Set(learnable.map(({ classId }) => classId));
  const classIds = dataset.classes.map(({ id }) => id).filter((id) => taking.has(id));
  const probabilities = await outOfFold({
    samples,
    learnable,
    groups,
    classIds,
    table,
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
  };
}

interface OutOfFold {
  readonly samples: readonly Sample[];
  /** Those of them that may be fitted on. */
  readonly learnable: readonly Sample[];
  readonly groups: PhotoGroups;
  readonly classIds: readonly ClassId[];
  /** Has a row for each of the samples. */
  readonly table: EmbeddingTable;
  readonly seed: number;
  /** @param done folds */
  onFold(done: number): void;
  readonly signal: AbortSignal;
}

/**
 * Every photo's probabilities by models that were not fitted on it: a learnable one's by the model of its fold, the others'
 * by the mean of all models. Empty without two classes to tell apart.
 */
async function outOfFold(run: OutOfFold): Promise<ReadonlyMap<PhotoId, readonly number[]>> {
  const { samples, learnable, classIds, table } = run;
  if (classIds.length < 2) return new Map();
  const folds = foldsOf(learnable, FOLDS, run.seed, run.groups);
  const labels = Int32Array.from(samples, ({ classId }) => classIds.indexOf(classId));
  const scores = await outOfFoldScores({
    photos: { matrix: table, rows: Int32Array.from(samples, ({ photo }) => table.rowOf(photo, 0) ?? -1), labels },
    folds: Int32Array.from(samples, ({ photo }) => folds.get(photo) ?? -1),
    foldCount: FOLDS,
    classes: classIds.length,
    onFold: run.onFold,
    signal: run.signal,
  });
  const { sharpness } = calibrate(
    scores,
    labels.map((label, at) => (folds.has(samples[at]?.photo ?? "") ? label : -1)),
  );
  return new Map(
    samples.map(({ photo }, at) => [
      photo,
      softmax(scores.subarray(at * classIds.length, (at + 1) * classIds.length), sharpness),
    ]),
  );
}

function predictionOf(photo: PhotoId, values: readonly number[], classIds: readonly ClassId[]): AuditPrediction {
  const best = predictedClass(values);
  return { photo, classId: classIds[best] ?? "", probability: values[best] ?? 0 };
}
