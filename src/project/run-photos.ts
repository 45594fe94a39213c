/** What a run keeps of the photos that took part in it. */
import type { PhotoId, Split } from "../dataset/dataset.ts";
import type { EvaluationReport, Prediction } from "../evaluation/report.ts";
import type { Scores } from "../evaluation/scores.ts";
import type { Classifier } from "../network/model.ts";
import type { Run } from "./run.ts";

/** A run's photos, as parallel lists: the place in each is the photo's. */
export interface RunPhotos {
  readonly photos: readonly PhotoId[];
  /** The split of each in the fit of the classifier that is kept, as a place in `SPLITS`. */
  readonly splits: Uint8Array;
  /** The class that each had, as a place in the run's classes. */
  readonly labels: Uint16Array;
  /**
   * What each was predicted as: a place in `PREDICTED_AS`. With cross-validation every photo is a test photo of one fold,
   * whatever its split.
   */
  readonly predictedAs: Uint8Array;
  /** Of the photos that were predicted, in their order: `[predicted × classes]`, row-major. */
  readonly probabilities: Float32Array;
}

/** What an earlier version kept instead: the report alone, with classes as places in the run's classes. */
export interface RunReport {
  readonly report: EvaluationReport;
}

export type RunDetails = RunPhotos | RunReport;

/** A run with everything that is kept of it. */
export interface WholeRun {
  readonly run: Run;
  /** null where nothing is. */
  readonly details: RunDetails | null;
  /** null when it is not kept. */
  readonly classifier: Classifier | null;
}

export const SPLITS = ["train", "validation", "test"] as const satisfies readonly Split[];
export const PREDICTED_AS = ["nothing", "validation", "test"] as const;
export type PredictedAs = (typeof PREDICTED_AS)[number];
/** Photos that a run can be measured on. */
export type MeasuredOn = Exclude<PredictedAs, "nothing">;

/** One photo on its way into a run. */
export interface RunPhoto {
  readonly photo: PhotoId;
  readonly split: Split;
  readonly label: number;
  /** null where it was not predicted. */
  readonly prediction: {
    readonly as: Exclude<PredictedAs, "nothing">;
    readonly probabilities: readonly number[];
  } | null;
}

export function packRunPhotos(photos: readonly RunPhoto[]): RunPhotos {
  return {
    photos: photos.map(({ photo }) => photo),
    splits: Uint8Array.from(photos, ({ split }) => SPLITS.indexOf(split)),
    labels: Uint16Array.from(photos, ({ label }) => label),
    predictedAs: Uint8Array.from(photos, ({ prediction }) => PREDICTED_AS.indexOf(prediction?.as ?? "nothing")),
    probabilities: Float32Array.from(photos.flatMap(({ prediction }) => prediction?.probabilities ?? [])),
  };
}

/**
 * The photos one by one, as `packRunPhotos` took them.
 * @param classes how many the run has
 * @throws RangeError when the lists do not fit together
 */
export function* unpackRunPhotos(packed: RunPhotos, classes: number): Generator<RunPhoto> {
  let row = 0;
  for (const [at, photo] of packed.photos.entries()) {
    const split = SPLITS[packed.splits[at] ?? -1];
    const as = PREDICTED_AS[packed.predictedAs[at] ?? -1];
    const label = packed.labels[at];
    if (split === undefined || as === undefined || label === undefined) {
      throw new RangeError(`The run's photo ${at} has no split, label or prediction.`);
    }
    if (as === "nothing") {
      yield { photo, split, label, prediction: null };
      continue;
    }
    const probabilities = [...packed.probabilities.subarray(row * classes, (row + 1) * classes)];
    if (probabilities.length !== classes) throw new RangeError(`The run's photo ${at} lacks probabilities.`);
    row += 1;
    yield { photo, split, label, prediction: { as, probabilities } };
  }
}

/** What the run said of its validation or its test photos. @param classes how many the run has */
export function predictionsIn(packed: RunPhotos, as: Exclude<PredictedAs, "nothing">, classes: number): Prediction[] {
  return [...unpackRunPhotos(packed, classes)].flatMap(({ photo, label, prediction }) =>
    prediction?.as === as ? [{ photo, actual: label, probabilities: prediction.probabilities }] : [],
  );
}

/**
 * The same as the metrics take it.
 * @param classes how many the run has
 */
export function scoresIn(packed: RunPhotos, as: MeasuredOn, classes: number): Scores {
  const predictions = predictionsIn(packed, as, classes);
  const probabilities = new Float64Array(predictions.length * classes);
  for (const [at, prediction] of predictions.entries()) {
    // Rounded to 32 bits, a probability of 1 may have become more.
    probabilities.set(
      prediction.probabilities.map((value) => (value > 1 && value < 1 + 1e-5 ? 1 : value)),
      at * classes,
    );
  }
  return {
    photos: predictions.map(({ photo }) => photo),
    labels: predictions.map(({ actual }) => actual),
    ...{ probabilities, classes },
  };
}
