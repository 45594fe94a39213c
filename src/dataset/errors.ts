import { CodedError } from "../errors/coded-error.ts";

export type DatasetFault =
  | { readonly code: "class/no-name" }
  | { readonly code: "class/reserved-name"; readonly name: string }
  | { readonly code: "class/name-taken"; readonly name: string };

/** A change that a dataset cannot take. */
export class DatasetError extends CodedError<DatasetFault> {
  override readonly name = "DatasetError";
}
