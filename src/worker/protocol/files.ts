import type { PhotoSetLayout } from "../../formats/datasets/photo-set.ts";
import type { ReportDocument } from "../../formats/report/document.ts";
import type { ProjectState, ProjectSummary } from "../../project/project.ts";
import type { IncomingFile, SkippedFile } from "./photos.ts";
import type { ExportedFile } from "./use.ts";

export type { PhotoSetLayout } from "../../formats/datasets/photo-set.ts";
export type * from "../../formats/report/document.ts";

/** How far a project file or a photo set is, in photos. */
export interface FileProgress {
  readonly done: number;
  readonly total: number;
}

export interface SavedFile extends ExportedFile {
  /** Photos that could not be read and are not in it. */
  readonly leftOut: readonly SkippedFile[];
}

export interface OpenedProjectFile {
  /** The new project; it is not opened. */
  readonly project: ProjectSummary;
  /** Damaged photos and models, which are not in it. */
  readonly skipped: readonly SkippedFile[];
}

/** A project file, another tool's labelled photos, or anything else. */
export type RecognisedFile = "project" | "photos" | "other";

/** As a page to read, or as numbers for programs. */
export type ReportFormat = "html" | "json";

/** Whole projects, photo sets and reports as files. */
export interface FilesDoor {
  /** Says by its content what a file is. */
  recogniseFile(file: IncomingFile): Promise<RecognisedFile>;
  /** The open project, its photos, runs and models in one zip. */
  saveProjectFile(
    project: ProjectState,
    onEvent: (progress: FileProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedFile>;
  /** The photos alone, with tables of their classes and splits. */
  savePhotoSet(
    project: ProjectState,
    layout: PhotoSetLayout,
    onEvent: (progress: FileProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedFile>;
  /** A report in one file. @param name what the file is called after */
  writeReport(name: string, report: ReportDocument, format: ReportFormat): Promise<ExportedFile>;
  /** Makes a new project of a project file: whole, or not at all. Rejects with a `FormatError` when it is none. */
  openProjectFile(
    file: IncomingFile,
    onEvent: (progress: FileProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedProjectFile>;
}
