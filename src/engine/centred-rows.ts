/** Embeddings as directions from their mean. */
import type { EmbeddingMatrix } from "./embedding-rows.ts";

/** Rows that are made as they are needed, some at a time. */
export interface RowSource {
  readonly count: number;
  /** Numbers per row. */
  readonly width: number;
  /** The rows from `from` to before `to`, row-major, in an array of their own. */
  copy(from: number, to: number): Float32Array;
}

/**
 * Embeddings centred on their mean and scaled to length 1: after a ReLU all point much the same way, and only what sets
 * each apart from the mean tells them apart. An embedding that is the mean stays zero.
 */
export class CentredUnitRows implements RowSource {
  readonly count: number;
  readonly width: number;
  readonly #matrix: EmbeddingMatrix;
  readonly #rows: Int32Array;
  readonly #mean: Float64Array;
  /** What each row is multiplied by. */
  readonly #scales: Float64Array;

  /**
   * @param rows row numbers in the matrix
   * @param centre of those the row numbers whose mean is the centre; all when left out
   */
  constructor(matrix: EmbeddingMatrix, rows: Int32Array, centre: Int32Array = rows) {
    this.count = rows.length;
    this.width = matrix.width;
    this.#matrix = matrix;
    this.#rows = rows;
    this.#mean = meanOf(matrix, centre);
    this.#scales = Float64Array.from(rows, (at) => 1 / (distance(matrix.row(at), this.#mean) || 1));
  }

  copy(from: number, to: number): Float32Array {
    const { width } = this;
    const rows = this.#rows.subarray(from, to);
    const result = new Float32Array(rows.length * width);
    rows.forEach((at, place) => {
      const into = result.subarray(place * width, (place + 1) * width);
      centre(this.#matrix.row(at), this.#mean, this.#scales[from + place] ?? 0, into);
    });
    return result;
  }
}

/** Where most of the time goes: a check of each number would double it. All are of one length. */
function centre(row: Float32Array, mean: Float64Array, scale: number, into: Float32Array): void {
  for (let at = 0; at < into.length; at++) into[at] = ((row[at] as number) - (mean[at] as number)) * scale;
}

function meanOf(matrix: EmbeddingMatrix, rows: Int32Array): Float64Array {
  const sum = new Float64Array(matrix.width);
  for (const at of rows) {
    const row = matrix.row(at);
    for (let feature = 0; feature < row.length; feature++) sum[feature] = (sum[feature] ?? 0) + (row[feature] ?? 0);
  }
  return rows.length ? sum.map((value) => value / rows.length) : sum;
}

function distance(row: Float32Array, mean: Float64Array): number {
  let squares = 0;
  for (let feature = 0; feature < row.length; feature++) squares += ((row[feature] ?? 0) - (mean[feature] ?? 0)) ** 2;
  return Math.sqrt(squares);
}
