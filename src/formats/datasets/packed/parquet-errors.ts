/** What can be wrong with a Parquet file. `file` is its name. */
export type ParquetFault =
  | { readonly code: "parquet/damaged"; readonly file: string }
  /** No column holds photos. */
  | { readonly code: "parquet/no-photos"; readonly file: string }
  /** It names where photos are on the web and does not hold them. */
  | { readonly code: "parquet/addresses"; readonly file: string }
  | { readonly code: "parquet/codec"; readonly file: string; readonly codec: string }
  /** Bytes of the photos that are written together, unpacked. */
  | { readonly code: "parquet/row-group"; readonly file: string; readonly bytes: number; readonly most: number }
  | { readonly code: "parquet/too-many-rows"; readonly file: string; readonly rows: number; readonly most: number }
  /** One row, counted from 0. */
  | { readonly code: "parquet/empty-row"; readonly file: string; readonly row: number };
