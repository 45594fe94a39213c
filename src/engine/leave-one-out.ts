/** Ridge regression on classes, in its dual form, with what it says of each photo when that photo is left out. */
import { inverseFactor } from "./positive-definite.ts";
import type { Pauses } from "./turns.ts";

export interface Ridge {
  /** Products of the centred embeddings: a row for each photo. */
  readonly products: readonly Float64Array[];
  /** A class index per photo. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Of the penalty, > 0. */
  readonly strength: number;
  readonly pauses: Pauses;
}

export interface RidgeFit {
  readonly strength: number;
  /** By class: weights are the photos' embeddings times these, one for each photo, sum 0. */
  readonly duals: readonly Float64Array[];
  /** Scores of each photo by the fit without it, intercept included, `[photos × classes]`, row-major. */
  readonly leftOut: Float32Array;
  /** Mean squared difference of `leftOut` from the classes as one-hot vectors. */
  readonly error: number;
}

/**
 * Solves (K + λ·1)·A = Y − mean(Y). The hat matrix, with an intercept that is not penalised, is
 * H = 1 + 1·1ᵀ / n − λ·(K + λ·1)⁻¹, and a photo's leave-one-out residual its residual / (1 − hᵢᵢ), exactly
 * (Allen 1974; Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, equation 7.64).
 *
 * @throws AbortError
 */
export async function fitRidge({ products, labels, classes, strength, pauses }: Ridge): Promise<RidgeFit> {
  const photos = labels.length;
  const columns = await inverseFactor(products, strength, pauses);
  // 1 − hᵢᵢ, over λ. The residual over λ is the dual.
  const freedom = columns.map(
    (column) => column.reduce((sum, number) => sum + number * number, 0) - 1 / (photos * strength),
  );
  const duals: Float64Array[] = [];
  const leftOut = new Float32Array(photos * classes);
  let error = 0;
  for (let label = 0; label < classes; label++) {
    const share = shareOf(labels, label);
    const own = solve(
      columns,
      Float64Array.from(labels, (each) => (each === label ? 1 : 0) - share),
    );
    duals.push(own);
    for (let photo = 0; photo < photos; photo++) {
      const residual = (own[photo] as number) / Math.max(freedom[photo] as number, Number.MIN_VALUE);
      leftOut[photo * classes + label] = (labels[photo] === label ? 1 : 0) - residual;
      error += residual ** 2;
    }
  }
  return { strength, duals, leftOut, error: error / (photos * classes) };
}

/** 0..1 */
export function shareOf(labels: Int32Array, label: number): number {
  return labels.reduce((count, each) => count + (each === label ? 1 : 0), 0) / labels.length;
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
