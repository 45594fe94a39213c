/** Learns when to answer “none of these” from the photos of the classes alone. Plain data: no TensorFlow.js here. */
import type { Weight } from "../network/network.ts";
import { ofLengthOne, type RejectionModel, strangenessBy } from "../network/rejection.ts";
import type { LabelledRows } from "./embedding-rows.ts";
import { leadingDirections } from "./leading-directions.ts";
import { Pauses } from "./turns.ts";

export interface RejectionFitting {
  /** Photos of the classes, without augmented views. */
  readonly photos: LabelledRows;
  readonly classes: number;
  /** The fold that a photo is held out in, 0 to `foldCount` − 1; negative for one that is always learned from. */
  readonly folds: Int32Array;
  readonly foldCount: number;
  readonly signal: AbortSignal;
}

export interface FittedRejection {
  readonly model: RejectionModel;
  /** How strange photos are to models that were fitted without them, ascending. */
  readonly heldOut: readonly number[];
}

/** Directions in which photos of one class differ: with 16 of them, unknown photos were found as well as with all. */
const DIRECTIONS = 16;
/** Numbers of all directions: flattened features are long. */
const MOST_NUMBERS = 2 ** 18;
/** The covariance is estimated from so many photos, and so many multiplications for their products, at most. */
const MOST_PHOTOS = 300;
const MOST_WORK = 1.5e8;

/**
 * The classes' means and the covariance that they have in common (see `strangenessBy`), shrunk as Ledoit & Wolf (2004) say;
 * only its largest directions are kept. Where a single fold is held out, the photos of it are not learned from at all.
 *
 * @throws AbortError
 */
export async function fitRejection(fitting: RejectionFitting): Promise<FittedRejection> {
  const { photos, folds, foldCount, signal } = fitting;
  const pauses = new Pauses(signal);
  const counted = someOf(fitting);
  const units = new Map<number, Float32Array>(
    counted.map((photo) => [photo, ofLengthOne(photos.matrix.row(photos.rows[photo] as number))]),
  );
  const learn = (some: readonly number[]) => modelOf(fitting, units, some, pauses);
  const heldOut: number[] = [];
  let last: RejectionModel | null = null;
  for (let fold = 0; fold < foldCount; fold++) {
    const model = await learn(counted.filter((photo) => folds[photo] !== fold));
    last = model;
    const strangeness = strangenessBy(model);
    for (const photo of counted) {
      // Of its class, others have to be there.
      if (folds[photo] !== fold || !model.photos[photos.labels[photo] as number]) continue;
      heldOut.push(strangeness(units.get(photo) as Float32Array));
      await pauses.after(photos.matrix.width * (DIRECTIONS + fitting.classes));
    }
  }
  const model = foldCount === 1 && last ? last : await learn(counted);
  return { model, heldOut: heldOut.sort((a, b) => a - b) };
}

/** Fewer than these held-out photos set no threshold. */
const FEWEST = 8;

/**
 * What a share of new photos of the classes is expected to lie above: the ⌈(n + 1)·(1 − share)⌉-th of n held-out photos (as
 * in split conformal prediction, Vovk et al. 2005), or the last where they are too few for such a share.
 *
 * @param heldOut ascending
 * @returns null where they are too few for any
 */
export function thresholdOf(heldOut: readonly number[], share: number): number | null {
  if (heldOut.length < FEWEST) return null;
  const place = Math.ceil((heldOut.length + 1) * (1 - share) - 1e-9);
  return heldOut[Math.min(place, heldOut.length) - 1] ?? null;
}

/** As many photos of each class as the products may take, spread evenly over those of its folds. */
function someOf({ photos, classes }: RejectionFitting): number[] {
  const most = Math.min(MOST_PHOTOS, Math.floor(Math.sqrt(MOST_WORK / photos.matrix.width)));
  const each = Math.max(3, Math.floor(most / classes));
  const byClass = Array.from({ length: classes }, () => [] as number[]);
  photos.labels.forEach((label, photo) => {
    byClass[label]?.push(photo);
  });
  return byClass.flatMap((all) => {
    const step = Math.max(1, all.length / each);
    return Array.from({ length: Math.min(each, all.length) }, (_, at) => all[Math.floor(at * step)] as number);
  });
}

async function modelOf(
  { photos: { matrix, labels }, classes }: RejectionFitting,
  units: ReadonlyMap<number, Float32Array>,
  some: readonly number[],
  pauses: Pauses,
): Promise<RejectionModel> {
  const { width } = matrix;
  const means: Weight = { shape: [classes, width], data: new Float32Array(classes * width) };
  const photos = new Array<number>(classes).fill(0);
  for (const photo of some) photos[labels[photo] as number] = (photos[labels[photo] as number] ?? 0) + 1;
  const meanOf = (label: number) => means.data.subarray(label * width, (label + 1) * width);
  for (const photo of some) {
    const label = labels[photo] as number;
    const [unit, mean] = [units.get(photo) as Float32Array, meanOf(label)];
    for (let at = 0; at < width; at++) {
      mean[at] = (mean[at] as number) + (unit[at] as number) / (photos[label] as number);
    }
  }
  const rests = some.map((photo) => {
    const [unit, mean] = [units.get(photo) as Float32Array, meanOf(labels[photo] as number)];
    return unit.map((value, at) => value - (mean[at] as number));
  });
  const most = Math.max(1, Math.min(DIRECTIONS, Math.floor(MOST_NUMBERS / width)));
  return { means, photos, directions: await shortenedDirections(rests, width, most, pauses) };
}

/** The directions of the shrunk covariance, each as long as the root of what it differs from all others by, in 0..1. */
async function shortenedDirections(
  rests: readonly Float32Array[],
  width: number,
  most: number,
  pauses: Pauses,
): Promise<Weight> {
  const count = rests.length;
  const { directions, sums, products } = await leadingDirections(rests, most, pauses);
  const { shrinkage, mean } = shrinkageOf(products, width);
  const variance = (sum: number) => ((1 - shrinkage) * sum) / count + shrinkage * mean;
  const total = products.reduce((sum, row, at) => sum + (row[at] as number), 0);
  const kept = sums.reduce((sum, each) => sum + each, 0);
  const elsewhere = ((1 - shrinkage) * Math.max(0, total - kept)) / count / (width - sums.length) + shrinkage * mean;
  const data = new Float32Array(directions.length * width);
  for (const [at, direction] of directions.entries()) {
    const length = Math.sqrt(Math.max(0, 1 - elsewhere / variance(sums[at] as number)));
    data.set(
      direction.map((value) => value * length),
      at * width,
    );
  }
  return { shape: [directions.length, width], data };
}

/**
 * How much of the covariance is replaced by its mean variance, in all directions the same (Ledoit & Wolf 2004, as
 * scikit-learn has it with `assume_centered`).
 *
 * @param products of the photos' differences from their means, with each other
 */
function shrinkageOf(products: readonly Float64Array[], width: number): { shrinkage: number; mean: number } {
  const count = products.length;
  let [squares, fourths, trace] = [0, 0, 0];
  for (const [row, values] of products.entries()) {
    for (let column = 0; column < count; column++) squares += (values[column] as number) ** 2;
    const own = values[row] as number;
    trace += own;
    fourths += own ** 2;
  }
  const [norm, mean] = [squares / count ** 2, trace / count / width];
  const delta = norm - width * mean ** 2;
  const beta = Math.min((fourths / count - norm) / count, delta);
  return { shrinkage: beta > 0 ? beta / delta : 0, mean };
}
