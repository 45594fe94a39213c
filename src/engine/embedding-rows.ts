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
