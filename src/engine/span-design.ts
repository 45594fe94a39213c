/** Few photos as logistic regression uses them, by numbers that are as few. Plain data: no TensorFlow.js here. */
import { type DesignMatrix, unscaled } from "./design-matrix.ts";
import { dotProducts } from "./dot-products.ts";
import type { EmbeddingMatrix } from "./embedding-rows.ts";
import type { StandardScale } from "./standard-scale.ts";
import { type LowerTriangle, triangularFactor } from "./triangular.ts";
import type { Pauses } from "./turns.ts";

/** Rows worked out together: each number that is read is used so often. */
const TILE = 4;
/** Of the largest square, what rounding leaves of a photo that lies in the span of those before it. */
const NOTHING = { double: 1e-9, single: 1e-6 };

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
  /** `[photos × photos]` */
  readonly #factor: LowerTriangle;

  private constructor(
    { matrix, rows, standard }: { matrix: EmbeddingMatrix; rows: Int32Array; standard: StandardScale },
    factor: LowerTriangle,
  ) {
    this.width = rows.length;
    this.#matrix = matrix;
    this.#rows = rows;
    this.#standard = standard;
    this.#factor = factor;
  }

  /**
   * @param rows row numbers in the matrix
   * @param given the centred and scaled photos' products where they are at hand, in single precision: `[photos × photos]`
   * @throws AbortError
   */
  static async of(
    matrix: EmbeddingMatrix,
    rows: Int32Array,
    standard: StandardScale,
    pauses: Pauses,
    given: Float32Array | null = null,
  ): Promise<SpanDesign> {
    const products = given
      ? Array.from(rows, (_, at) => Float64Array.from(given.subarray(at * rows.length, (at + 1) * rows.length)))
      : await centredProducts(matrix, rows, standard, pauses);
    const largest = products.reduce((most, row, at) => Math.max(most, row[at] as number), 0);
    const factor = await triangularFactor(products, NOTHING[given ? "single" : "double"] * largest, pauses);
    return new SpanDesign({ matrix, rows, standard }, factor);
  }

  /** Less that of the last class: with two classes it is half the work. */
  async logits(weights: Float64Array): Promise<Float64Array> {
    const { width } = this;
    const classes = weights.length / (width + 1);
    const last = weights.subarray((classes - 1) * (width + 1));
    const relative = Array.from({ length: classes - 1 }, (_, each) =>
      weights.subarray(each * (width + 1), (each + 1) * (width + 1)).map((weight, at) => weight - (last[at] as number)),
    );
    const logits = new Float64Array(width * classes);
    for (const [each, products] of this.#factor.times(relative).entries()) {
      const bias = (relative[each] as Float64Array)[width] as number;
      for (let photo = 0; photo < width; photo++) {
        logits[photo * classes + each] = (products[photo] as number) + bias;
      }
    }
    return logits;
  }

  async gradient(errors: Float64Array): Promise<Float64Array> {
    const { width } = this;
    const classes = errors.length / width;
    const byClass = Array.from({ length: classes - 1 }, (_, each) =>
      Float64Array.from({ length: width }, (__, photo) => errors[photo * classes + each] as number),
    );
    const gradient = new Float64Array(classes * (width + 1));
    for (const [each, products] of this.#factor.transposedTimes(byClass).entries()) {
      const own = gradient.subarray(each * (width + 1), (each + 1) * (width + 1));
      own.set(products);
      own[width] = (byClass[each] as Float64Array).reduce((sum, error) => sum + error, 0);
    }
    fillLast(gradient, width + 1);
    return gradient;
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
      const shares = own.slice(0, width);
      this.#factor.transposedSolve(shares);
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
}

/** What the classes have in common changes nothing: the last one's numbers are what the others' lack to a sum of 0. */
function fillLast(numbers: Float64Array, width: number): void {
  const last = numbers.subarray(numbers.length - width).fill(0);
  for (let at = 0; at < numbers.length - width; at++) {
    last[at % width] = (last[at % width] as number) - (numbers[at] as number);
  }
}

function addCentred(to: Float64Array, row: Float32Array, { mean, scale }: StandardScale, factor: number): void {
  const scaled = factor * scale;
  for (let at = 0; at < row.length; at++) {
    to[at] = (to[at] as number) + scaled * ((row[at] as number) - (mean[at] as number));
  }
}

/** Products of all pairs: a row for each photo, up to the diagonal and a little further. */
async function centredProducts(
  matrix: EmbeddingMatrix,
  rows: Int32Array,
  standard: StandardScale,
  pauses: Pauses,
): Promise<Float64Array[]> {
  const count = rows.length;
  const centred = Array.from(rows, (row) => centredCopy(matrix.row(row), standard));
  const products: Float64Array[] = [];
  for (let from = 0; from < count; from += TILE) {
    const to = Math.min(from + TILE, count);
    const some = dotProducts(centred.slice(0, to), centred.slice(from, to), () => [0, matrix.width]);
    products.push(...some);
    await pauses.after(TILE * to * matrix.width);
  }
  return products;
}

function centredCopy(row: Float32Array, { mean, scale }: StandardScale): Float64Array {
  return mean.map((each, at) => ((row[at] as number) - each) * scale);
}
