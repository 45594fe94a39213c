/** Ridge regression on classes, in its dual form, with what it says of each photo when that photo is left out. */
import { inverseFactor } from "./positive-definite.ts";
import type { Pauses } from "./turns.ts";

export interface Ridge {
  /** Products of the weighted, centred embeddings: a row for each photo, see `centredProducts`. */
  readonly products: readonly Float64Array[];
  /** A class index per photo. */
  readonly labels: Int32Array;
  /** How much each photo counts, > 0, as many in sum as there are photos. */
  readonly weights: Float64Array;
  readonly classes: number;
  /** Of the penalty, > 0. */
  readonly strength: number;
  readonly pauses: Pauses;
}

export interface RidgeFit {
  readonly strength: number;
  /** By class: coefficients are the photos' embeddings times these, one for each photo, sum 0. */
  readonly duals: readonly Float64Array[];
  /** Scores of each photo by the fit without it, intercept included, `[photos × classes]`, row-major. */
  readonly leftOut: Float32Array;
  /** Mean squared difference of `leftOut` from the classes as one-hot vectors. */
  readonly error: number;
}

/**
 * With R the square roots of the photos' weights, solves (K + λ·1)·A = R·(Y − mean(Y)). The hat matrix of R·Y, with an
 * intercept that is not penalised, is H = 1 + R·Rᵀ / n − λ·(K + λ·1)⁻¹, and a photo's leave-one-out residual its residual /
 * (1 − hᵢᵢ), exactly, the others' weights staying as they are (Allen 1974; Hastie, Tibshirani & Friedman, The Elements of
 * Statistical Learning, equation 7.64).
 *
 * @throws AbortError
 */
export async function fitRidge(ridge: Ridge): Promise<RidgeFit> {
  const { products, labels, weights, classes, strength, pauses } = ridge;
  const photos = labels.length;
  const columns = await inverseFactor(products, strength, pauses);
  const roots = weights.map(Math.sqrt);
  // 1 − hᵢᵢ, over λ. The residual over λ is what is solved for.
  const freedom = columns.map((column, photo) => {
    const squares = column.reduce((sum, number) => sum + number * number, 0);
    return Math.max(squares - (weights[photo] as number) / (photos * strength), Number.MIN_VALUE);
  });
  const duals: Float64Array[] = [];
  const leftOut = new Float32Array(photos * classes);
  let error = 0;
  for (let label = 0; label < classes; label++) {
    const share = shareOf(labels, label, weights);
    const targets = roots.map((root, photo) => root * ((labels[photo] === label ? 1 : 0) - share));
    const solved = solve(columns, targets);
    duals.push(solved.map((number, photo) => number * (roots[photo] as number)));
    for (const [photo, number] of solved.entries()) {
      const residual = number / (freedom[photo] as number);
      leftOut[photo * classes + label] = (labels[photo] === label ? 1 : 0) - residual / (roots[photo] as number);
      error += residual ** 2;
    }
  }
  return { strength, duals, leftOut, error: error / (photos * classes) };
}

/** Products of embeddings once their weighted mean is taken away, times the square roots of both weights. */
export function centredProducts(products: readonly Float64Array[], weights: Float64Array): Float64Array[] {
  const mean = (numbers: Float64Array) =>
    numbers.reduce((sum, number, at) => sum + number * (weights[at] as number), 0) / numbers.length;
  const means = Float64Array.from(products, mean);
  const overall = mean(means);
  const roots = weights.map(Math.sqrt);
  return products.map((row, at) =>
    row.map((product, other) => {
      const centred = product - (means[at] as number) - (means[other] as number) + overall;
      return centred * (roots[at] as number) * (roots[other] as number);
    }),
  );
}

/** Of the photos, each as much as it counts: 0..1 */
export function shareOf(labels: Int32Array, label: number, weights: Float64Array): number {
  return weights.reduce((sum, weight, photo) => sum + (labels[photo] === label ? weight : 0), 0) / labels.length;
}

/** Mᵀ·M·target. @param columns of M, lower triangular */
function solve(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const halfway = new Float64Array(target.length);
  for (const [at, column] of columns.entries()) {
    const factor = target[at] as number;
    for (let row = at; row < column.length; row++) {
      halfway[row] = (halfway[row] as number) + factor * (column[row] as number);
    }
  }
  return Float64Array.from(columns, (column, at) => {
    let sum = 0;
    for (let row = at; row < column.length; row++) sum += (column[row] as number) * (halfway[row] as number);
    return sum;
  });
}
