/** Symmetric positive definite matrices in double precision. Plain data: no TensorFlow.js here. */
import type { Pauses } from "./turns.ts";

/** Rows worked out together: each number that is read is used so often. */
const TILE = 4;

/**
 * M, where (A + ridge · 1)⁻¹ = Mᵀ·M: the inverse of the Cholesky factor (Golub & Van Loan, Matrix Computations, 4.2). It is
 * lower triangular; given are its columns, each with zeros above the diagonal.
 *
 * @param matrix A, its rows; of each the numbers up to the diagonal are read
 * @throws RangeError when the sum is not positive definite; AbortError
 */
export async function inverseFactor(
  matrix: readonly Float64Array[],
  ridge: number,
  pauses: Pauses,
): Promise<Float64Array[]> {
  return inverseOf(await factorOf(matrix, ridge, pauses), pauses);
}

/** L, its rows, where L·Lᵀ = A + ridge · 1. */
async function factorOf(matrix: readonly Float64Array[], ridge: number, pauses: Pauses): Promise<Float64Array[]> {
  const side = matrix.length;
  const rows = Array.from({ length: side }, () => new Float64Array(side));
  for (let from = 0; from < side; from += TILE) {
    const tile = rows.slice(from, from + TILE);
    for (let column = 0; column < from; column++) {
      const other = rows[column] as Float64Array;
      const sums = dots(tile, other, 0, column);
      for (const [at, row] of tile.entries()) {
        const own = (matrix[from + at] as Float64Array)[column] as number;
        row[column] = (own - (sums[at] as number)) / (other[column] as number);
      }
    }
    for (const [at, row] of tile.entries()) {
      const own = matrix[from + at] as Float64Array;
      for (let column = from; column < from + at; column++) {
        const other = rows[column] as Float64Array;
        row[column] = ((own[column] as number) - dots([row], other, 0, column)[0]) / (other[column] as number);
      }
      const square = (own[from + at] as number) + ridge - dots([row], row, 0, from + at)[0];
      if (!(square > 0)) throw new RangeError(`not positive definite at ${from + at}`);
      row[from + at] = Math.sqrt(square);
    }
    await pauses.after((TILE * from * from) / 2);
  }
  return rows;
}

/** The columns of the inverse of a lower triangular matrix. @param rows its rows */
async function inverseOf(rows: readonly Float64Array[], pauses: Pauses): Promise<Float64Array[]> {
  const side = rows.length;
  const columns = rows.map(() => new Float64Array(side));
  for (let from = 0; from < side; from += TILE) {
    const tile = columns.slice(from, from + TILE);
    for (let row = from; row < side; row++) {
      const numbers = rows[row] as Float64Array;
      const sums = dots(tile, numbers, from, row);
      for (const [at, column] of tile.entries()) {
        if (row < from + at) continue;
        column[row] = ((row === from + at ? 1 : 0) - (sums[at] as number)) / (numbers[row] as number);
      }
    }
    await pauses.after((TILE * (side - from) ** 2) / 2);
  }
  return columns;
}

/** Σ a[i]·b[i] from one place to before another, for each `a` of at most four. Most of the time goes here. */
function dots(
  some: readonly Float64Array[],
  b: Float64Array,
  from: number,
  to: number,
): readonly [number, number, number, number] {
  const [first = b, second = first, third = first, fourth = first] = some;
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let at = from; at < to; at++) {
    const number = b[at] as number;
    one += (first[at] as number) * number;
    two += (second[at] as number) * number;
    three += (third[at] as number) * number;
    four += (fourth[at] as number) * number;
  }
  return [one, two, three, four];
}
