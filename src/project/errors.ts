import { CodedError } from "../errors/coded-error.ts";

export type ProjectFault =
  /** A newer Headstart kept it. */
  { readonly code: "project/newer-version"; readonly version: number; readonly known: number };

/** A project that this version of Headstart cannot read. */
export class ProjectError extends CodedError<ProjectFault> {
  override readonly name = "ProjectError";
}
