/** Learns when to answer “none of these” from the photos of the classes alone. Plain data: no TensorFlow.js here. */
import type { Weight } from "../network/network.ts";
import { ofLengthOne, type RejectionModel, strangenessBy } from "../network/rejection.ts";
import type { LabelledRows } from "./embedding-rows.ts";
import { leadingDirections, productsOf } from "./leading-directions.ts";
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
const MOST_PHOTOS = 200;
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
  const counted = someOf(fitting).map((photo, place): Known => {
    const unit = ofLengthOne(photos.matrix.row(photos.rows[photo] as number));
    return { place, unit, label: photos.labels[photo] as number, fold: folds[photo] as number };
  });
  const products = await productsOf(
    counted.map(({ unit }) => new Float64Array(unit)),
    pauses,
  );
  const learn = (some: readonly Known[]) => modelOf(fitting, some, products, pauses);
  const heldOut: number[] = [];
  let last: RejectionModel | null = null;
  for (let fold = 0; fold < foldCount; fold++) {
    const model = await learn(counted.filter((photo) => photo.fold !== fold));
    last = model;
    const strangeness = strangenessBy(model);
    for (const photo of counted) {
      // Of its class, others have to be there.
      if (photo.fold !== fold || !model.photos[photo.label]) continue;
      heldOut.push(strangeness(photo.unit));
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

/** A photo that is learned from. */
interface Known {
  /** Among all of them. */
  readonly place: number;
  /** Its embedding, of length 1. */
  readonly unit: Float32Array;
  readonly label: number;
  /** The fold that it is held out in; negative for none. */
  readonly fold: number;
}

/** @param products of all photos that are counted, with each other */
async function modelOf(
  { photos: { matrix }, classes }: RejectionFitting,
  some: readonly Known[],
  products: readonly Float64Array[],
  pauses: Pauses,
): Promise<RejectionModel> {
  const { width } = matrix;
  // In double precision, so that what differs from a mean has the products that are worked out below.
  const means = new Float64Array(classes * width);
  const photos = new Array<number>(classes).fill(0);
  for (const { label } of some) photos[label] = (photos[label] ?? 0) + 1;
  const meanOf = (label: number) => means.subarray(label * width, (label + 1) * width);
  for (const { unit, label } of some) {
    const [mean, share] = [meanOf(label), 1 / (photos[label] as number)];
    for (let at = 0; at < width; at++) mean[at] = (mean[at] as number) + share * (unit[at] as number);
  }
  const rests = some.map(({ unit, label }) => {
    const mean = meanOf(label);
    // Several times as fast as `from` with a function.
    const rest = new Float64Array(unit);
    for (let at = 0; at < width; at++) rest[at] = (rest[at] as number) - (mean[at] as number);
    return rest;
  });
  const most = Math.max(1, Math.min(DIRECTIONS, Math.floor(MOST_NUMBERS / width)));
  const directions = await shortenedDirections(rests, restProducts(some, products, photos), most, pauses);
  return { means: { shape: [classes, width], data: new Float32Array(means) }, photos, directions };
}

/**
 * Products of photos' differences from their classes' means, from products of the photos themselves:
 * (x − x̄)·(y − ȳ) = x·y − x·ȳ − x̄·y + x̄·ȳ.
 *
 * @param photos of each class
 */
function restProducts(
  some: readonly Known[],
  products: readonly Float64Array[],
  photos: readonly number[],
): Float64Array[] {
  const own = some.map(({ place }) =>
    Float64Array.from(some, (other) => (products[place] as Float64Array)[other.place] as number),
  );
  /** Of a row's numbers, one per photo, for each class. */
  const averages = (values: (at: number) => number) => {
    const sums = new Float64Array(photos.length);
    for (const [at, { label }] of some.entries())
      sums[label] = (sums[label] as number) + values(at) / (photos[label] as number);
    return sums;
  };
  const withMeans = own.map((row) => averages((at) => row[at] as number));
  const ofMeans = photos.map((_, label) => averages((at) => (withMeans[at] as Float64Array)[label] as number));
  return own.map((row, at) => {
    const { label } = some[at] as Known;
    return row.map((product, other) => {
      const { label: otherLabel } = some[other] as Known;
      const [first, second] = [withMeans[at] as Float64Array, withMeans[other] as Float64Array];
      const between = (ofMeans[label] as Float64Array)[otherLabel] as number;
      return product - (first[otherLabel] as number) - (second[label] as number) + between;
    });
  });
}

/** The directions of the shrunk covariance, each as long as the root of what it differs from all others by, in 0..1. */
async function shortenedDirections(
  rests: readonly Float64Array[],
  products: readonly Float64Array[],
  most: number,
  pauses: Pauses,
): Promise<Weight> {
  const [count, width] = [rests.length, rests[0]?.length ?? 0];
  const { directions, sums } = await leadingDirections(rests, products, most, pauses);
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
