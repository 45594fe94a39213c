import { CodedError } from "../errors/coded-error.ts";

export type DatasetFault =
  | { readonly code: "class/no-name" }
  | { readonly code: "class/reserved-name"; readonly name: string }
  | { readonly code: "class/name-taken"; readonly name: string }
  | ProjectVersionFault;

/** A project's state of a version that is newer than `readable`, the newest that this Headstart reads. */
export interface ProjectVersionFault {
  readonly code: "project/newer-version";
  readonly version: number;
  readonly readable: number;
}

/** A change that a dataset cannot take. */
export class DatasetError extends CodedError<Exclude<DatasetFault, ProjectVersionFault>> {
  override readonly name = "DatasetError";
}
