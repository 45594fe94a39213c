/** Few photos as logistic regression uses them, by numbers that are as few. Plain data: no TensorFlow.js here. */
import { type DesignMatrix, unscaled } from "./design-matrix.ts";
import { type EmbeddingMatrix, inOrder, matrixOf } from "./embedding-rows.ts";
import { linearGradient, linearLogits } from "./linear-layer.ts";
import { copyCentred, type StandardScale } from "./standard-scale.ts";
import type { Pauses } from "./turns.ts";

/** Rows worked out together: each number that is read is used so often. */
const TILE = 4;
/** Of the largest square, what rounding leaves of a photo that lies in the span of those before it. */
const NOTHING = 1e-9;

/**
 * With a penalty on their squares, weights lie in the span of the photos. X = L·Qᵀ, where L·Lᵀ = X·Xᵀ is the Cholesky
 * factorisation of the photos' products and Q has orthonormal columns: weights by L's numbers are as long as by the
 * embeddings', and photos fewer than an embedding's numbers are told apart as well by the rows of L.
 */
export class SpanDesign implements DesignMatrix {
  readonly width: number;
  readonly #matrix: EmbeddingMatrix;
  readonly #rows: Int32Array;
  readonly #standard: StandardScale;
  /** `[photos × photos]`, row-major, lower triangular. */
  readonly #factor: Float32Array;
  readonly #photos: { readonly matrix: EmbeddingMatrix; readonly rows: Int32Array };

  private constructor(matrix: EmbeddingMatrix, rows: Int32Array, standard: StandardScale, factor: Float32Array) {
    this.width = rows.length;
    this.#matrix = matrix;
    this.#rows = rows;
    this.#standard = standard;
    this.#factor = factor;
    this.#photos = { matrix: matrixOf(factor, rows.length), rows: inOrder(rows.length) };
  }

  /** @param rows row numbers in the matrix @throws AbortError */
  static async of(
    matrix: EmbeddingMatrix,
    rows: Int32Array,
    standard: StandardScale,
    pauses: Pauses,
  ): Promise<SpanDesign> {
    const products = await centredProducts(matrix, rows, standard, pauses);
    return new SpanDesign(matrix, rows, standard, await factorOf(products, pauses));
  }

  async logits(weights: Float64Array): Promise<Float64Array> {
    return linearLogits(Float32Array.from(weights), this.#photos);
  }

  async gradient(errors: Float64Array): Promise<Float64Array> {
    return linearGradient(this.#photos, errors);
  }

  /** For centred and scaled embeddings: Xᵀ·L⁻ᵀ times these. */
  embeddingWeights(weights: Float64Array): Float64Array {
    const { width } = this;
    const features = this.#matrix.width;
    const classes = weights.length / (width + 1);
    const result = new Float64Array(classes * (features + 1));
    for (let each = 0; each < classes; each++) {
      const own = weights.subarray(each * (width + 1), (each + 1) * (width + 1));
      const into = result.subarray(each * (features + 1), (each + 1) * (features + 1));
      const shares = this.#backSubstitute(own);
      for (const [photo, row] of this.#rows.entries()) {
        addCentred(into, this.#matrix.row(row), this.#standard, shares[photo] as number);
      }
      into[features] = own[width] as number;
    }
    return unscaled(result, this.#standard);
  }

  dispose(): void {
    // Nothing of it lies on the device.
  }

  /** Solves Lᵀ·shares = weights; a photo within the span of those before it gets none. */
  #backSubstitute(weights: Float64Array): Float64Array {
    const { width } = this;
    const left = weights.slice(0, width);
    for (let photo = width - 1; photo >= 0; photo--) {
      const row = this.#factor.subarray(photo * width, (photo + 1) * width);
      const pivot = row[photo] as number;
      const share = pivot > 0 ? (left[photo] as number) / pivot : 0;
      left[photo] = share;
      if (share === 0) continue;
      for (let at = 0; at < photo; at++) left[at] = (left[at] as number) - share * (row[at] as number);
    }
    return left;
  }
}

function addCentred(to: Float64Array, row: Float32Array, { mean, scale }: StandardScale, factor: number): void {
  const scaled = factor * scale;
  for (let at = 0; at < row.length; at++) {
    to[at] = (to[at] as number) + scaled * ((row[at] as number) - (mean[at] as number));
  }
}

/** Products of all pairs, up to the diagonal: a row for each photo. */
async function centredProducts(
  matrix: EmbeddingMatrix,
  rows: Int32Array,
  standard: StandardScale,
  pauses: Pauses,
): Promise<Float64Array[]> {
  const count = rows.length;
  const centred = matrixOf(new Float32Array(count * matrix.width), matrix.width);
  for (const [photo, row] of rows.entries()) copyCentred(centred.row(photo), matrix.row(row), standard);
  const products = Array.from({ length: count }, (_, photo) => new Float64Array(photo + 1));
  for (let from = 0; from < count; from += TILE) {
    const to = Math.min(from + TILE, count);
    const tile = Array.from({ length: to - from }, (_, at) => centred.row(from + at));
    for (let other = 0; other < to; other++) {
      const sums = dots(tile, centred.row(other), matrix.width);
      for (let photo = Math.max(from, other); photo < to; photo++) {
        (products[photo] as Float64Array)[other] = sums[photo - from] as number;
      }
    }
    await pauses.after(TILE * to * matrix.width);
  }
  return products;
}

/** L, `[photos × photos]`, row-major, of a matrix that is positive semidefinite: a column of zeros where nothing is left. */
async function factorOf(products: readonly Float64Array[], pauses: Pauses): Promise<Float32Array> {
  const side = products.length;
  const rows = products.map((row) => Float64Array.from(row));
  const largest = products.reduce((most, row, at) => Math.max(most, row[at] as number), 0);
  for (const [at, row] of rows.entries()) {
    for (let column = 0; column < at; column++) {
      const other = rows[column] as Float64Array;
      const pivot = other[column] as number;
      row[column] = pivot > 0 ? ((row[column] as number) - dotTo(row, other, column)) / pivot : 0;
    }
    const square = (row[at] as number) - dotTo(row, row, at);
    row[at] = square > NOTHING * largest ? Math.sqrt(square) : 0;
    await pauses.after((at * at) / 2);
  }
  const factor = new Float32Array(side * side);
  for (const [at, row] of rows.entries()) factor.set(row, at * side);
  return factor;
}

/** Most of the time goes here and below. */
function dotTo(a: Float64Array, b: Float64Array, to: number): number {
  let [even, odd] = [0, 0];
  let at = 0;
  for (; at + 1 < to; at += 2) {
    even += (a[at] as number) * (b[at] as number);
    odd += (a[at + 1] as number) * (b[at + 1] as number);
  }
  return at < to ? even + odd + (a[at] as number) * (b[at] as number) : even + odd;
}

/** Of some rows, at most four, with another. */
function dots(some: readonly Float32Array[], other: Float32Array, width: number): [number, number, number, number] {
  const [a = other, b = other, c = other, d = other] = some;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < width; at++) {
    const number = other[at] as number;
    first += (a[at] as number) * number;
    second += (b[at] as number) * number;
    third += (c[at] as number) * number;
    fourth += (d[at] as number) * number;
  }
  return [first, second, third, fourth];
}
