/** Training, third step: what the classifier says of the photos that it was not fitted to. */
import type { Sample, Split } from "../../dataset/dataset.ts";
import { predictFromEmbeddings } from "../../engine/train-head.ts";
import { evaluate } from "../../evaluation/evaluate.ts";
import type { Prediction } from "../../evaluation/report.ts";
import { sharpened } from "../../evaluation/temperature.ts";
import type { Classifier } from "../../network/model.ts";
import type { Network } from "../../network/network.ts";
import type { RunCalibration, RunMetrics } from "../../project/run.ts";
import { type PredictedAs, packRunPhotos, type RunPhoto, type RunPhotos, SPLITS } from "../../project/run-photos.ts";
import { sharpenClassifier, sharpenHead, sharpnessFor } from "./calibration.ts";
import { predictionsOf } from "./cross-validation.ts";
import type { FittedTraining } from "./fit.ts";
import { predictFromPixels } from "./photos.ts";
import type { PreparedTraining } from "./prepare.ts";

export interface EvaluatedTraining {
  readonly photos: RunPhotos;
  /** On the test photos; null without any. */
  readonly metrics: RunMetrics | null;
  readonly counts: Readonly<Record<Split, number>>;
  /** The one that was fitted, its probabilities corrected where they were. */
  readonly classifier: Classifier;
  /** null where they were not. */
  readonly calibration: RunCalibration | null;
}

interface Evaluation {
  readonly prepared: PreparedTraining;
  readonly fitted: FittedTraining;
  readonly signal: AbortSignal;
}

/**
 * The test photos are looked at once, after fitting and stopping are over.
 *
 * @throws EngineError when the GPU is lost; AbortError when the signal aborts
 */
export async function evaluateTraining(evaluation: Evaluation): Promise<EvaluatedTraining> {
  const { prepared, fitted } = evaluation;
  const { samples, classes } = prepared;
  // What is said of validation photos is honest only of a head that was not fitted to them.
  const plain = await predict(evaluation, samples.validation, fitted.headBefore);
  const sharpness = sharpnessFor(plain, fitted.head ? fitted.outcome : {});
  const validation = plain.map((each) => ({ ...each, probabilities: sharpened(each.probabilities, sharpness) }));
  const classifier = sharpenClassifier(fitted.classifier, sharpness);
  const head = fitted.head && sharpenHead(fitted.head, sharpness);
  const corrected = { ...evaluation, fitted: { ...fitted, classifier } };
  const test = [...fitted.crossPredictions, ...(await predict(corrected, samples.test, head))];
  const calibration = sharpness === 1 ? null : { temperature: 1 / sharpness, photos: plain.length };
  const photos = packRunPhotos(runPhotos(prepared, { validation, test }));
  const counts = { train: samples.train.length, validation: samples.validation.length, test: test.length };
  const evaluated = { photos, counts, classifier, calibration };
  if (test.length === 0) return { ...evaluated, metrics: null };
  const { accuracy, macroF1 } = evaluate(test, classes.length);
  return { ...evaluated, metrics: { accuracy, macroF1 } };
}

async function predict(
  { prepared, fitted, signal }: Evaluation,
  samples: readonly Sample[],
  head: Network | null,
): Promise<Prediction[]> {
  const held = prepared.rowsOf(samples, "test");
  const { matrix, rows } = held.rows;
  const probabilities = head
    ? await predictFromEmbeddings(head, matrix, rows)
    : await predictFromPixels(fitted.classifier, held.photos.length, fitted.pixels(held.photos), signal);
  return predictionsOf(held, probabilities);
}

/** Every photo that took part. One that was a test photo of a fold is no validation photo besides. */
function runPhotos(
  { samples, labels }: PreparedTraining,
  predictions: Readonly<Record<Exclude<PredictedAs, "nothing">, readonly Prediction[]>>,
): RunPhoto[] {
  const found = new Map<string, NonNullable<RunPhoto["prediction"]>>();
  for (const as of ["validation", "test"] as const) {
    for (const { photo, probabilities } of predictions[as]) found.set(photo, { as, probabilities });
  }
  return SPLITS.flatMap((split) =>
    samples[split].map(({ photo, classId }): RunPhoto => {
      const label = labels.get(classId);
      if (label === undefined) throw new RangeError(`The class of ${photo} takes no part.`);
      return { photo, split, label, prediction: found.get(photo) ?? null };
    }),
  );
}
