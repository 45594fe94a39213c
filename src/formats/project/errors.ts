import type { FieldProblem } from "../field-problem.ts";

/** What can be wrong with a project file. `file` is its name, `path` that of a file in it. */
export type ProjectFileFault =
  | { readonly code: "project-file/not-a-project"; readonly file: string }
  /** Versions of the project's state, see `migrateProject`. */
  | { readonly code: "project-file/newer"; readonly file: string; readonly version: number; readonly newest: number }
  | ({ readonly code: "project-file/field"; readonly file: string; readonly path: string } & FieldProblem)
  | { readonly code: "project-file/missing"; readonly file: string; readonly path: string }
  | { readonly code: "project-file/changed"; readonly file: string; readonly path: string }
  /** A run's classifier has other classes than the run; `path` is the run's. */
  | { readonly code: "project-file/classifier-unlike-run"; readonly file: string; readonly path: string }
  | { readonly code: "project-file/unknown-class"; readonly photo: string };
