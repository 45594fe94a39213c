import { CodedError } from "../errors/coded-error.ts";
import type { TarFault, ZipFault } from "./archives/errors.ts";
import type { PackedFault } from "./datasets/errors.ts";
import type { ParquetFault } from "./datasets/packed/parquet-errors.ts";
import type { ImageFault } from "./images/errors.ts";
import type { ModelFault } from "./models/errors.ts";
import type { ProjectFileFault } from "./project/errors.ts";

export type FormatFault =
  | ZipFault
  | TarFault
  | ParquetFault
  | ImageFault
  | ModelFault
  | ProjectFileFault
  | PackedFault
  | { readonly code: "teachable-machine/sounds" };

/** A file that cannot be read or written as asked. */
export class FormatError extends CodedError<FormatFault> {
  override readonly name = "FormatError";
}
