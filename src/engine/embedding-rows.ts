/** Embeddings by their rows. Plain data: no TensorFlow.js here. */

/** Embeddings somewhere, a row per (photo, view). */
export interface EmbeddingMatrix {
  /** Numbers per row. */
  readonly width: number;
  /** A view of the row's numbers, not a copy; do not change it. */
  row(at: number): Float32Array;
}

/** Some rows of it with their classes. */
export interface LabelledRows {
  readonly matrix: EmbeddingMatrix;
  /** Row numbers in the matrix. */
  readonly rows: Int32Array;
  /** A class index per row. */
  readonly labels: Int32Array;
}

/** A matrix over numbers that lie one row after another. @param values `[rows × width]`, row-major */
export function matrixOf(values: Float32Array, width: number): EmbeddingMatrix {
  return { width, row: (at) => values.subarray(at * width, (at + 1) * width) };
}

/**
 * Some rows one after another: `[rows × width]`, or `[rows × (width + 1)]` with a one at the end of each.
 * @param rows row numbers in the matrix
 */
export function gatherRows(matrix: EmbeddingMatrix, rows: Int32Array, endsInOne = false): Float32Array {
  const { width } = matrix;
  const step = endsInOne ? width + 1 : width;
  const gathered = new Float32Array(rows.length * step);
  for (let at = 0; at < rows.length; at++) {
    gathered.set(matrix.row(rows[at] as number), at * step);
    if (endsInOne) gathered[at * step + width] = 1;
  }
  return gathered;
}

/** 0, 1, 2 … */
export function inOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => at);
}
