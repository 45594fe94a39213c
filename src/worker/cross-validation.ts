/** How good heads are on photos that they were not fitted to, each photo once (Stone 1974). */
import type { Dataset, PhotoGroups, Sample, Split } from "../dataset/dataset.ts";
import { foldsOf } from "../dataset/folds.ts";
import { createRandom } from "../dataset/random.ts";
import { splitSamples } from "../dataset/split.ts";
import { predictFromEmbeddings, trainHead } from "../engine/train-head.ts";
import type { Prediction } from "../evaluation/report.ts";
import { buildHead } from "../network/head.ts";
import type { TrainingSettings } from "../training/settings.ts";
import { WorkerError } from "./errors.ts";
import type { LabelledEmbeddings } from "./training-photos.ts";

export interface CrossValidation {
  /** Of `samples` only what takes part. None is fixed to test. */
  readonly dataset: Dataset;
  readonly groups: PhotoGroups;
  readonly settings: TrainingSettings;
  readonly features: number;
  /** The classes that take part. */
  readonly classes: number;
  gather(samples: readonly Sample[], split: Split): LabelledEmbeddings;
  /** Called before each fold. */
  onFold(fold: number): void;
  readonly signal: AbortSignal;
}

/** Fits a head for each of `settings.folds` parts, to the other parts, stopped early by photos of those; gives what it says of its own part. */
export async function crossValidate(run: CrossValidation): Promise<Prediction[]> {
  const { dataset, groups, settings, signal } = run;
  const folds = foldsOf(dataset.samples, settings.folds, settings.seed, groups);
  const predictions: Prediction[] = [];
  for (let fold = 0; fold < settings.folds; fold++) {
    run.onFold(fold + 1);
    const others = dataset.samples.filter(({ photo }) => folds.get(photo) !== fold);
    const splits = splitSamples({ ...dataset, samples: others }, { ...settings, testShare: 0 }, groups);
    const part = (split: Split) =>
      run.gather(
        others.filter(({ photo }) => splits.get(photo) === split),
        split,
      );
    const random = createRandom(settings.seed + fold);
    const { head } = await trainHead({
      head: buildHead({ ...settings, features: run.features, classes: run.classes, random }),
      train: part("train"),
      validation: part("validation"),
      settings,
      random,
      onEpoch: () => undefined,
      shouldStop: () => false,
      signal,
    });
    const held = run.gather(
      dataset.samples.filter(({ photo }) => folds.get(photo) === fold),
      "test",
    );
    predictions.push(...predictionsOf(held, await predictFromEmbeddings(head, held.matrix, held.rows)));
  }
  return predictions;
}

/** @param probabilities a row per photo @throws WorkerError `training/unknown-class` for a photo without a label */
export function predictionsOf(
  { photos, labels }: Pick<LabelledEmbeddings, "photos" | "labels">,
  probabilities: readonly (readonly number[])[],
): Prediction[] {
  return photos.map((photo, row) => {
    const actual = labels[row];
    if (actual === undefined) throw new WorkerError({ code: "training/unknown-class", photo });
    return { photo, actual, probabilities: probabilities[row] ?? [] };
  });
}
