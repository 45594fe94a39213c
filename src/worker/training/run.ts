/** A whole training run: prepare, fit, evaluate. */
import type { Classifier } from "../../network/model.ts";
import { describeClassifier } from "../../project/classifier.ts";
import type { Run } from "../../project/run.ts";
import type { RunPhotos } from "../../project/run-photos.ts";
import { evaluateTraining } from "./evaluate.ts";
import { fitTraining } from "./fit.ts";
import { spentOn, type TrainingJob } from "./job.ts";
import { prepareTraining } from "./prepare.ts";
import { learnRejection } from "./rejection.ts";

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
  const { photos, metrics, counts, calibration, ...evaluated } = await evaluateTraining({ prepared, fitted, signal });
  const learned = await learnRejection(job, prepared, fitted);
  const classifier = learned ? { ...evaluated.classifier, rejection: learned.rejection } : evaluated.classifier;
  const run: Run = {
    id: request.runId,
    number: request.number,
    finishedAt: new Date().toISOString(),
    durationMs: Math.round(spentOn(job)),
    classes: prepared.classes.map(({ id, name }) => ({ id, name })),
    settings: request.settings,
    ...(request.startFrom === null ? {} : { startedFrom: request.startFrom }),
    baseModel: { id: base.card.id, name: base.card.name },
    backend,
    outcome: fitted.outcome,
    counts,
    testShortfalls: prepared.shortfalls,
    unreadPhotos: prepared.unread,
    metrics,
    ...(calibration ? { calibration } : {}),
    ...(learned ? { rejection: learned.told } : {}),
    classifier: describeClassifier(classifier),
    pinned: false,
    deletedAt: null,
  };
  return { run, details: photos, classifier };
}
