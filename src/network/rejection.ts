/** When a classifier answers “none of these”: its photos' embeddings in few numbers, and how far from them is too far. */
import { detachHead } from "./detach.ts";
import { upTo } from "./graph.ts";
import type { Network, Weight } from "./network.ts";

/** Plain data, a part of a classifier. */
export interface Rejection {
  /** The classifier's first dense layer after its base model; what goes into it is the embedding. */
  readonly layer: string;
  /** Of the embeddings of each class, brought to length 1: `[classes, features]`. */
  readonly means: Weight;
  /** Where the photos of one class differ most, shortened to what those differences do not count: `[directions, features]`. */
  readonly directions: Weight;
  /** How many photos each mean is of. */
  readonly photos: readonly number[];
  /** Of the strangeness; a photo above it is none of the classes. */
  readonly threshold: number;
  /** The share of photos of its own classes that the threshold was set to turn away, 0..1. */
  readonly falseRejects: number;
}

/** What tells how strange an embedding is. */
export type RejectionModel = Pick<Rejection, "means" | "directions" | "photos">;

/**
 * How far embeddings are from the nearest class: the squared Mahalanobis distance to its mean (Lee et al. 2018, equation 2),
 * on embeddings of length 1, all classes having one covariance. The covariance is that of `directions` and the same along
 * all others; in units of those others the distance does not depend on how few photos it was estimated from. A new photo's
 * squared distance to the mean of n photos is 1 + 1 / n times that to the true mean, which is divided out.
 *
 * @returns takes an embedding `[features]` of any length, and gives 0 or more
 */
export function strangenessBy({ means, directions, photos }: RejectionModel): (embedding: Float32Array) => number {
  const [count = 0, features = 0] = directions.shape;
  const mean = (label: number) => means.data.subarray(label * features, (label + 1) * features);
  const direction = (at: number) => directions.data.subarray(at * features, (at + 1) * features);
  const all = Array.from({ length: count }, (_, at) => direction(at));
  const classes = photos.flatMap((counted, label) => {
    if (counted === 0) return [];
    const own = mean(label);
    return [{ own, square: dot(own, own), along: all.map((each) => dot(own, each)), spread: 1 + 1 / counted }];
  });
  return (embedding) => {
    const unit = ofLengthOne(embedding);
    const square = dot(unit, unit);
    const along = all.map((each) => dot(unit, each));
    const distances = classes.map((each) => {
      const plain = square - 2 * dot(unit, each.own) + each.square;
      const uncounted = each.along.reduce((sum, own, at) => sum + ((along[at] as number) - own) ** 2, 0);
      return (plain - uncounted) / each.spread;
    });
    return Math.max(
      0,
      distances.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY),
    );
  };
}

/** Tells of embeddings whether their photos are none of the classes. */
export function unknownBy(rejection: Rejection): (embedding: Float32Array) => boolean {
  const strangeness = strangenessBy(rejection);
  return (embedding) => strangeness(embedding) > rejection.threshold;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** An embedding of zeros stays as it is. */
export function ofLengthOne(embedding: Float32Array): Float32Array {
  let square = 0;
  for (let at = 0; at < embedding.length; at++) square += (embedding[at] as number) ** 2;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 1;
  return embedding.map((value) => value * scale);
}

/** A classifier's network before and after its embedding; null where it has no such layer. */
export function splitAtEmbedding(network: Network, layer: string): { base: Network; head: Network } | null {
  const dense = network.nodes.find(({ name, op }) => name === layer && op === "MatMul");
  const [embedding] = dense?.inputs ?? [];
  return embedding === undefined ? null : detachHead(network, upTo(network, embedding));
}

/** Whether the numbers fit the classifier: as many classes, and embeddings as long as its layer takes. */
export function fitsNetwork(
  { layer, means, directions, photos }: Pick<Rejection, "layer"> & RejectionModel,
  network: Network,
  classes: number,
): boolean {
  const dense = network.nodes.find(({ name }) => name === layer);
  const features = dense?.op === "MatMul" ? dense.weights.kernel.shape[0] : undefined;
  const [count = 0] = directions.shape;
  return (
    features !== undefined &&
    photos.length === classes &&
    `${means.shape}` === `${[classes, features]}` &&
    `${directions.shape}` === `${[count, features]}` &&
    means.data.length === classes * features &&
    directions.data.length === count * features
  );
}
