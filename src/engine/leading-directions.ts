/** Where photos differ most. Plain data: no TensorFlow.js here. */
import { createRandom } from "../dataset/random.ts";
import { dotProducts, dotTo } from "./dot-products.ts";
import type { Pauses } from "./turns.ts";

export interface LeadingDirections {
  /** Of length 1 and at right angles, the one with the largest sum first. */
  readonly directions: readonly Float64Array[];
  /** Of the rows' squared products with each direction. */
  readonly sums: readonly number[];
}

/** More directions than wanted are followed: the last ones come out less exactly. */
const SPARE = 8;
const ROUNDS = 12;
/** Sums of this share of the largest are rounding. */
const ROUNDING = 1e-9;

/**
 * The principal directions of some rows, by subspace iteration on their products (Golub & Van Loan, Matrix Computations,
 * 8.2.4, with the eigenvalues of the projected matrix, 8.4.1): the rows are few, their numbers many.
 *
 * @param rows all as long, at least one
 * @param products of the rows with each other, a symmetric matrix
 * @throws AbortError
 */
export async function leadingDirections(
  rows: readonly Float64Array[],
  products: readonly Float64Array[],
  most: number,
  pauses: Pauses,
): Promise<LeadingDirections> {
  const side = rows.length;
  const count = Math.min(side, most + SPARE);
  // Like no direction in particular, and the same each time. Evenly spread numbers would be at right angles to too much.
  const random = createRandom(1);
  let basis = orthonormal(
    Array.from({ length: count }, () => Float64Array.from({ length: side }, () => random() - 0.5)),
  );
  for (let round = 0; round < ROUNDS; round++) {
    basis = orthonormal(imagesOf(basis, products));
    await pauses.after(side * count * (side + count));
  }
  const images = imagesOf(basis, products);
  const small = basis.map((vector) => Float64Array.from(images, (image) => dot(vector, image)));
  const { values, vectors } = eigenOf(small);
  const order = values.map((_, at) => at).sort((a, b) => (values[b] as number) - (values[a] as number));
  const largest = values[order[0] ?? 0] ?? 0;
  const kept = order.slice(0, most).filter((at) => (values[at] as number) > ROUNDING * largest);
  const directions: Float64Array[] = [];
  for (const at of kept) {
    const shares = combine(
      basis,
      vectors.map((row) => row[at] as number),
      side,
    );
    const direction = new Float64Array(rows[0]?.length ?? 0);
    const length = Math.sqrt(values[at] as number);
    for (const [row, share] of shares.entries()) addTo(direction, rows[row] as Float64Array, share / length);
    directions.push(direction);
    await pauses.after(side * direction.length);
  }
  return { directions, sums: kept.map((at) => values[at] as number) };
}

/** Rows whose products are worked out together. */
const TOGETHER = 8;

/** Of rows with each other: a symmetric matrix. @throws AbortError */
export async function productsOf(rows: readonly Float64Array[], pauses: Pauses): Promise<Float64Array[]> {
  const products = rows.map(() => new Float64Array(rows.length));
  for (let from = 0; from < rows.length; from += TOGETHER) {
    const below = rows.slice(from);
    const some = dotProducts(below, rows.slice(from, from + TOGETHER), wholeRowsOf(rows));
    for (const [at, column] of some.entries()) {
      for (const [row, product] of column.entries()) {
        (products[from + row] as Float64Array)[from + at] = product;
        (products[from + at] as Float64Array)[from + row] = product;
      }
    }
    await pauses.after(below.length * some.length * (rows[0]?.length ?? 0));
  }
  return products;
}

/** A symmetric matrix times each vector. */
function imagesOf(vectors: readonly Float64Array[], matrix: readonly Float64Array[]): Float64Array[] {
  return dotProducts(matrix, vectors, wholeRowsOf(matrix)).map((image) => image.slice());
}

function wholeRowsOf(rows: readonly Float64Array[]): () => readonly [number, number] {
  const range = [0, rows[0]?.length ?? 0] as const;
  return () => range;
}

/** Gram-Schmidt, twice, which is enough; what depends on the others is left out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    const before = Math.sqrt(dot(rest, rest));
    for (let pass = 0; pass < 2; pass++) for (const each of basis) addTo(rest, each, -dot(rest, each));
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-10 * before) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

const SWEEPS = 12;

/** Of a small symmetric matrix, by Jacobi's rotations (Golub & Van Loan, 8.5.2). `vectors` are its rows; a vector is a column. */
function eigenOf(matrix: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } {
  const a = matrix.map((row) => row.slice());
  const vectors = a.map((_, at) => Float64Array.from(a, (__, other) => (at === other ? 1 : 0)));
  const of = (rows: readonly Float64Array[], row: number, column: number) =>
    (rows[row] as Float64Array)[column] as number;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < a.length; p++) {
      for (let q = p + 1; q < a.length; q++) {
        const off = of(a, p, q);
        if (off === 0) continue;
        const tau = (of(a, q, q) - of(a, p, p)) / (2 * off);
        const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        const sine = tangent * cosine;
        turnColumns(a, p, q, cosine, sine);
        turnRows(a, p, q, cosine, sine);
        turnColumns(vectors, p, q, cosine, sine);
      }
    }
  }
  return { values: a.map((row, at) => row[at] as number), vectors };
}

function turnColumns(rows: readonly Float64Array[], p: number, q: number, cosine: number, sine: number): void {
  for (const row of rows) {
    const [first, second] = [row[p] as number, row[q] as number];
    row[p] = cosine * first - sine * second;
    row[q] = sine * first + cosine * second;
  }
}

function turnRows(rows: readonly Float64Array[], p: number, q: number, cosine: number, sine: number): void {
  const [one, other] = [rows[p] as Float64Array, rows[q] as Float64Array];
  for (let at = 0; at < one.length; at++) {
    const [first, second] = [one[at] as number, other[at] as number];
    one[at] = cosine * first - sine * second;
    other[at] = sine * first + cosine * second;
  }
}

function combine(basis: readonly Float64Array[], shares: readonly number[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const [at, share] of shares.entries()) addTo(sum, basis[at] as Float64Array, share);
  return sum;
}

function addTo(sum: Float64Array, values: Float64Array, share: number): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + share * (values[at] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  return dotTo(a, b, 0, a.length);
}
