/** A classifier head in an instant, for answers while photos are still being collected. Plain data: no TensorFlow.js here. */
import { softmax } from "../evaluation/calibrate.ts";
import { sharpnessOf } from "../evaluation/sharpness.ts";
import { centredProducts, fitRidge, type RidgeFit, shareOf } from "./leave-one-out.ts";
import { type Likeness, lengthOne } from "./likeness.ts";
import { Pauses } from "./turns.ts";

/** Scores of an embedding x are x / |x| · coefficients + intercepts; probabilities are softmax(sharpness · scores). */
export interface QuickHead {
  /** `[features × classes]`, row-major. */
  readonly coefficients: Float64Array;
  /** One per class. */
  readonly intercepts: Float64Array;
  /** > 0: the inverse of the temperature. */
  readonly sharpness: number;
}

export interface QuickFit {
  readonly head: QuickHead;
  /** Of the ridge penalty, for embeddings of length 1. */
  readonly strength: number;
  /** Scores of each photo by the regression without it, `[photos × classes]`, row-major; the classes' shares count it. */
  readonly leftOut: Float32Array;
}

export interface QuickFitting {
  /** Of the matrix that the rows are of. */
  readonly likeness: Likeness;
  /** Row numbers of the photos, each once. */
  readonly rows: Int32Array;
  /** A class index per photo; of each class at least one. */
  readonly labels: Int32Array;
  /** Two or more. */
  readonly classes: number;
  readonly signal: AbortSignal;
}

/** Strengths that may be taken: the mean square of the centred embeddings times ten to the power of each. */
const EXPONENTS = [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2] as const;
/** Where the search for the best of them begins. */
const FIRST = 4;

/**
 * Ridge regression on the classes as one-hot vectors (Hoerl & Kennard 1970), with an intercept that is not penalised, in
 * its dual form (Saunders, Gammerman & Vovk 1998): the weights lie in the span of the photos, which are few. Embeddings
 * are brought to length 1 and centred, and all classes weigh the same. The strength is the one with the least squared error of leave-one-out predictions,
 * which are exact (`fitRidge`). Probabilities come from them by temperature scaling (`sharpnessOf`).
 *
 * @throws AbortError when the signal aborts
 */
export async function fitQuickHead(fitting: QuickFitting): Promise<QuickFit> {
  const { likeness, rows, labels, classes, signal } = fitting;
  const pauses = new Pauses(signal);
  const weights = weightsOf(labels, classes);
  const products = centredProducts(await likeness.of(rows, pauses), weights);
  const meanSquare = products.reduce((sum, row, at) => sum + (row[at] as number), 0) / rows.length || 1;
  const tried = new Map<number, RidgeFit>();
  const fitAt = async (place: number): Promise<RidgeFit> => {
    const strength = meanSquare * 10 ** (EXPONENTS[place] as number);
    const found = tried.get(place) ?? (await fitRidge({ products, labels, weights, classes, strength, pauses }));
    tried.set(place, found);
    return found;
  };
  const { strength, duals, leftOut } = await fitAt(await bestPlace(async (place) => (await fitAt(place)).error));
  const coefficients = coefficientsOf(fitting, duals);
  const intercepts = interceptsOf(fitting, weights, coefficients);
  const scores = withShares(leftOut, labels, weights, classes);
  const sharpness = sharpnessOf(scores, labels, weights, classes);
  return { head: { coefficients, intercepts, sharpness }, strength, leftOut: scores };
}

/** Probabilities, in class order. @param embedding as long as those that the head was fitted on */
export function answerQuickly({ coefficients, intercepts, sharpness }: QuickHead, embedding: Float32Array): number[] {
  const classes = intercepts.length;
  const scale = lengthOne(embedding);
  const scores = Float32Array.from(intercepts, (intercept, label) => {
    let sum = 0;
    for (let at = 0; at < embedding.length; at++)
      sum += (embedding[at] as number) * (coefficients[at * classes + label] as number);
    return intercept + scale * sum;
  });
  return softmax(scores, sharpness);
}

/** Probabilities of a photo that the head was fitted on, by its scores without it. @param photo its place among those */
export function answerLeftOut({ head, leftOut }: QuickFit, photo: number): number[] {
  const classes = head.intercepts.length;
  return softmax(leftOut.subarray(photo * classes, (photo + 1) * classes), head.sharpness);
}

/** Of a curve with one valley, the lowest place: in steps of two places, then of one. */
async function bestPlace(errorAt: (place: number) => Promise<number>): Promise<number> {
  let best = FIRST;
  for (const step of [2, 1]) {
    for (const direction of [-step, step]) {
      for (let next = best + direction; next >= 0 && next < EXPONENTS.length; next += direction) {
        if ((await errorAt(next)) >= (await errorAt(best))) break;
        best = next;
      }
    }
  }
  return best;
}

/** All classes count the same, however many photos they have: one that is just being begun is not drowned by the others. */
function weightsOf(labels: Int32Array, classes: number): Float64Array {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return Float64Array.from(labels, (label) => labels.length / (classes * (counts[label] as number)));
}

/**
 * How many photos a class has is chosen by who collects them, and no news of a photo. Without one of three, its class would
 * seem rarer by a third: scores left out get the classes' shares back as they are with the photo.
 */
function withShares(leftOut: Float32Array, labels: Int32Array, weights: Float64Array, classes: number): Float32Array {
  const shares = Array.from({ length: classes }, (_, label) => shareOf(labels, label, weights));
  return leftOut.map((score, at) => {
    const label = at % classes;
    const photo = Math.floor(at / classes);
    const share = shares[label] as number;
    const weight = weights[photo] as number;
    const own = labels[photo] === label ? weight : 0;
    return score + share - (share * labels.length - own) / (labels.length - weight);
  });
}

/** `[features × classes]`: the photos' embeddings times their duals. */
function coefficientsOf({ likeness, rows, classes }: QuickFitting, duals: readonly Float64Array[]): Float64Array {
  const coefficients = new Float64Array(likeness.width * classes);
  const ofClass = new Float64Array(likeness.width);
  for (let label = 0; label < classes; label++) {
    ofClass.fill(0);
    rows.forEach((row, photo) => {
      likeness.addTo(ofClass, row, (duals[label] as Float64Array)[photo] as number);
    });
    ofClass.forEach((coefficient, feature) => {
      coefficients[feature * classes + label] = coefficient;
    });
  }
  return coefficients;
}

/** What makes the mean embedding's scores the shares of the classes. */
function interceptsOf(
  { likeness, rows, labels, classes }: QuickFitting,
  weights: Float64Array,
  coefficients: Float64Array,
): Float64Array {
  const mean = new Float64Array(likeness.width);
  rows.forEach((row, photo) => {
    likeness.addTo(mean, row, (weights[photo] as number) / rows.length);
  });
  return Float64Array.from({ length: classes }, (_, label) => {
    let score = 0;
    for (let at = 0; at < mean.length; at++) {
      score += (mean[at] as number) * (coefficients[at * classes + label] as number);
    }
    return shareOf(labels, label, weights) - score;
  });
}
