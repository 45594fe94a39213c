/** Lower triangular matrices in double precision. Plain data: no TensorFlow.js here. */
import { dotProducts, dotTo } from "./dot-products.ts";
import type { Pauses } from "./turns.ts";

/** Rows worked out together: each number that is read is used so often. */
const TILE = 4;

/** A square matrix with zeros above its diagonal, and its transpose. */
export class LowerTriangle {
  readonly side: number;
  readonly #rows: readonly Float64Array[];
  readonly #columns: readonly Float64Array[];

  /** @param rows each as long as there are rows; they are this object's from now on */
  constructor(rows: readonly Float64Array[]) {
    this.side = rows.length;
    this.#rows = rows;
    this.#columns = rows.map((_, column) => Float64Array.from(rows, (row) => row[column] as number));
  }

  /** L·v of each vector. @param vectors of at least as many numbers as there are rows */
  times(vectors: readonly Float64Array[]): Float64Array[] {
    return dotProducts(this.#rows, vectors, (_, to) => [0, to]);
  }

  /** Lᵀ·v of each vector. */
  transposedTimes(vectors: readonly Float64Array[]): Float64Array[] {
    return dotProducts(this.#columns, vectors, (from) => [from, this.side]);
  }

  /** Solves Lᵀ·x = v in place; where the diagonal has a zero, so has x. */
  transposedSolve(vector: Float64Array): void {
    const { side } = this;
    for (let row = side - 1; row >= 0; row--) {
      const numbers = this.#columns[row] as Float64Array;
      const pivot = numbers[row] as number;
      vector[row] = pivot > 0 ? ((vector[row] as number) - dotTo(numbers, vector, row + 1, side)) / pivot : 0;
    }
  }
}

/**
 * L, where L·Lᵀ = A (Golub & Van Loan, Matrix Computations, 4.2). A may be of less than full rank: a column of
 * zeros where of a row's square no more than `nothing` is left.
 *
 * @param matrix A, its rows; of each the numbers up to the diagonal are read
 * @throws AbortError
 */
export async function triangularFactor(
  matrix: readonly Float64Array[],
  nothing: number,
  pauses: Pauses,
): Promise<LowerTriangle> {
  const side = matrix.length;
  const rows = Array.from({ length: side }, () => new Float64Array(side));
  for (let from = 0; from < side; from += TILE) {
    const tile = rows.slice(from, from + TILE);
    for (let column = 0; column < from; column++) divide(tile, matrix, rows[column] as Float64Array, from, column);
    for (const [at, row] of tile.entries()) {
      const own = matrix[from + at] as Float64Array;
      for (let column = from; column < from + at; column++) {
        const other = rows[column] as Float64Array;
        const pivot = other[column] as number;
        row[column] = pivot > 0 ? ((own[column] as number) - dotTo(row, other, 0, column)) / pivot : 0;
      }
      const square = (own[from + at] as number) - dotTo(row, row, 0, from + at);
      row[from + at] = square > nothing ? Math.sqrt(square) : 0;
    }
    await pauses.after((TILE * from * from) / 2);
  }
  return new LowerTriangle(rows);
}

/** One column of at most four rows of a Cholesky factor. */
function divide(
  tile: readonly Float64Array[],
  matrix: readonly Float64Array[],
  other: Float64Array,
  from: number,
  column: number,
): void {
  const pivot = other[column] as number;
  if (pivot === 0) return;
  const [first = other, second = first, third = first, fourth = first] = tile;
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let at = 0; at < column; at++) {
    const number = other[at] as number;
    one += (first[at] as number) * number;
    two += (second[at] as number) * number;
    three += (third[at] as number) * number;
    four += (fourth[at] as number) * number;
  }
  const sums = [one, two, three, four];
  for (let at = 0; at < tile.length; at++) {
    const own = (matrix[from + at] as Float64Array)[column] as number;
    (tile[at] as Float64Array)[column] = (own - (sums[at] as number)) / pivot;
  }
}
