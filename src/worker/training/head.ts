/** One head, fitted to photos in the way that the settings ask for. */
import type { PhotoGroups, Sample, Split } from "../../dataset/dataset.ts";
import { foldsOf } from "../../dataset/folds.ts";
import { createRandom, type Random } from "../../dataset/random.ts";
import type { HeadCheckpoint, SolvedHead } from "../../engine/checkpoint.ts";
import type { LabelledRows } from "../../engine/embedding-rows.ts";
import type { TrainingControl } from "../../engine/epochs.ts";
import { type PhotoFolds, solveHead } from "../../engine/solve-head.ts";
import { type HeadTraining, trainHead } from "../../engine/train-head.ts";
import { buildHead } from "../../network/head.ts";
import type { Network } from "../../network/network.ts";
import { isSolved, type TrainingSettings } from "../../training/settings.ts";
import type { PhotoRows } from "./photos.ts";

export interface HeadFitting extends TrainingControl<HeadCheckpoint> {
  readonly settings: TrainingSettings;
  /** Length of an embedding. */
  readonly features: number;
  /** The classes that take part. */
  readonly classes: number;
  /** The photos to learn from, and those that decide when to stop. */
  readonly samples: Readonly<Record<Exclude<Split, "test">, readonly Sample[]>>;
  /** Near-duplicates, which stay in one part where photos are held out. */
  readonly groups: PhotoGroups;
  gather(samples: readonly Sample[], split: Split): PhotoRows;
  /** The head that gradient training begins with; a new one where it is left out. A solved head is the same from anywhere. */
  readonly start?: Network;
  /** Whether to fit again to all of them, as well as training by the validation photos has found to be best. */
  readonly refits: boolean;
  /** Called before each epoch of fitting again. @param epoch 1-based */
  onAgain?(epoch: number, epochs: number): void;
}

/** Parts of the photos that choose a penalty in turn. */
const FOLDS = 5;
/** With more photos, the validation photos alone choose as well, in a fifth of the time. */
const MOST_FOR_FOLDS = 500;

/**
 * Fits a head until early stopping, the last epoch or the user ends it. `again` is null where there are no validation photos,
 * where they are not to be fitted to, and where the user ended it.
 *
 * @throws as `solveHead` and `trainHead`
 */
export async function fitHead(fitting: HeadFitting): Promise<SolvedHead> {
  const { settings, samples, gather } = fitting;
  const train = gather(samples.train, "train");
  const validation = gather(samples.validation, "validation");
  const fitted = isSolved(settings)
    ? await solveHead({
        ...fitting,
        head: headOf(fitting, fitting.random),
        train: train.rows,
        validation: validation.rows,
        folds: foldsFor(fitting, [...train.photos, ...validation.photos]),
      })
    : await trainByGradient(fitting, train.rows, validation.rows);
  if (!fitted.again) return fitted;
  const fittedAgainTo = samples.train.length + samples.validation.length;
  return { ...fitted, outcome: { ...fitted.outcome, fittedAgainTo } };
}

function headOf({ start, settings, features, classes }: HeadFitting, random: Random): Network {
  // Drawn in any case: what is drawn after it is the same.
  const fresh = buildHead({ ...settings, features, classes, random });
  return start ?? fresh;
}

/** @param photos of the rows; null where the validation photos are enough */
function foldsFor({ samples, settings, groups }: HeadFitting, photos: readonly string[]): PhotoFolds | null {
  const all = [...samples.train, ...samples.validation];
  if (all.length > MOST_FOR_FOLDS && samples.validation.length > 0) return null;
  const folds = foldsOf(all, FOLDS, settings.seed, groups);
  const of = Int32Array.from(photos, (photo) => folds.get(photo) ?? -1);
  if (all.length <= MOST_FOR_FOLDS) return { count: FOLDS, of };
  return { count: 1, of: of.map((fold) => (fold === 0 ? 0 : -1)) };
}

async function trainByGradient(
  fitting: HeadFitting,
  train: LabelledRows,
  validation: LabelledRows,
): Promise<SolvedHead> {
  const { settings, refits, shouldStop } = fitting;
  const fitted = await trainHead({ ...fitting, head: headOf(fitting, fitting.random), train, validation });
  const { bestEpoch, reason } = fitted.outcome;
  if (!refits || validation.labels.length === 0 || reason === "user") return { ...fitted, again: null };
  // Drawn as the first time.
  const random = createRandom(settings.seed);
  const all: HeadTraining = {
    ...{
      head: headOf(fitting, random),
      train: joined(train, validation),
      validation: { ...validation, rows: NONE, labels: NONE },
      settings,
      random,
    },
    ...{ signal: fitting.signal, shouldStop, until: bestEpoch },
    onEpoch: ({ epoch }) => fitting.onAgain?.(epoch, bestEpoch),
  };
  const again = await trainHead(all);
  return { ...fitted, again: again.outcome.reason === "user" ? null : again.head };
}

const NONE = new Int32Array();

/** Rows of one matrix. */
function joined(first: LabelledRows, second: LabelledRows): LabelledRows {
  const both = (one: Int32Array, other: Int32Array) => Int32Array.from([...one, ...other]);
  return { ...first, rows: both(first.rows, second.rows), labels: both(first.labels, second.labels) };
}
