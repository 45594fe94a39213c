/** How good heads are on photos that they were not fitted to, each photo once (Stone 1974). */
import type { Dataset, PhotoGroups, Sample, Split } from "../../dataset/dataset.ts";
import { foldsOf } from "../../dataset/folds.ts";
import { createRandom } from "../../dataset/random.ts";
import { splitSamples } from "../../dataset/split.ts";
import { predictFromEmbeddings } from "../../engine/train-head.ts";
import type { Prediction } from "../../evaluation/report.ts";
import type { Network } from "../../network/network.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import { sharpenHead, sharpnessFor } from "./calibration.ts";
import { fitHead } from "./head.ts";
import type { PhotoRows } from "./photos.ts";

export interface CrossValidation {
  /** Of `samples` only what takes part. None is fixed to test. */
  readonly dataset: Dataset;
  readonly groups: PhotoGroups;
  readonly settings: TrainingSettings;
  /** Length of an embedding. */
  readonly features: number;
  /** The classes that take part. */
  readonly classes: number;
  gather(samples: readonly Sample[], split: Split): PhotoRows;
  /** Of a training that was broken off: what its first folds have said. */
  readonly earlierFolds: readonly (readonly Prediction[])[];
  /** Called before each fold that is fitted. */
  onFold(fold: number): void;
  /** Called after it. */
  onFoldOver(predictions: readonly Prediction[]): void;
  readonly signal: AbortSignal;
}

/** Fits a head for each of `settings.folds` parts to the other parts, as all photos' head is fitted; gives what it says of its own part. */
export async function crossValidate(run: CrossValidation): Promise<Prediction[]> {
  const { dataset, groups, settings } = run;
  const folds = foldsOf(dataset.samples, settings.folds, settings.seed, groups);
  const predictions = run.earlierFolds.flat();
  for (let fold = run.earlierFolds.length; fold < settings.folds; fold++) {
    run.onFold(fold + 1);
    const own = await predictHeldOut({
      ...{ ...run, seed: settings.seed + fold },
      learned: dataset.samples.filter(({ photo }) => folds.get(photo) !== fold),
      held: dataset.samples.filter(({ photo }) => folds.get(photo) === fold),
    });
    run.onFoldOver(own);
    predictions.push(...own);
  }
  return predictions;
}

export interface HeldOut
  extends Pick<CrossValidation, "dataset" | "groups" | "settings" | "features" | "classes" | "gather" | "signal"> {
  /** Of the dataset, those that the head is fitted to, some of them to stop by. */
  readonly learned: readonly Sample[];
  /** Those that it is then asked about. */
  readonly held: readonly Sample[];
  /** Draws its weights and the order of the photos. */
  readonly seed: number;
}

/** Fits a head to some photos as a training would, and gives what it says of others. @throws as `fitHead` */
export async function predictHeldOut(run: HeldOut): Promise<Prediction[]> {
  const { dataset, groups, settings, learned, signal } = run;
  const splits = splitSamples({ ...dataset, samples: learned }, { ...settings, testShare: 0 }, groups);
  const part = (split: Split) => learned.filter(({ photo }) => splits.get(photo) === split);
  const { head, again, outcome } = await fitHead({
    ...{ settings, groups, features: run.features, classes: run.classes, gather: run.gather },
    samples: { train: part("train"), validation: part("validation") },
    refits: true,
    random: createRandom(run.seed),
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal,
  });
  const predict = async (photos: PhotoRows, by: Network) =>
    predictionsOf(photos, await predictFromEmbeddings(by, photos.rows.matrix, photos.rows.rows));
  const watched = await predict(run.gather(part("validation"), "validation"), head);
  return predict(run.gather(run.held, "test"), sharpenHead(again ?? head, sharpnessFor(watched, outcome)));
}

/** @param probabilities a row per photo */
export function predictionsOf(
  { photos, rows }: PhotoRows,
  probabilities: readonly (readonly number[])[],
): Prediction[] {
  return photos.map((photo, row) => {
    const [actual, own] = [rows.labels[row], probabilities[row]];
    if (actual === undefined || !own) throw new RangeError(`Photo ${row} has no label or no probabilities.`);
    return { photo, actual, probabilities: own };
  });
}
