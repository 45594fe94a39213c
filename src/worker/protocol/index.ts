/**
 * The one door between the page and everything that computes.
 *
 * `Headstart` says what can be asked; the worker implements it and the page's client implements it too.
 * Long calls take `onEvent`, called as things happen, and an `AbortSignal`; an aborted call rejects with an `AbortError`.
 */
import type { AuditReport } from "../../dataset/audit.ts";
import type { Dataset, PhotoGroups, PhotoId, Sample } from "../../dataset/dataset.ts";
import type { BackendName, EngineStatus } from "../../engine/backend.ts";
import type { Estimate, EvaluationReport } from "../../evaluation/report.ts";
import type { BaseModelCard } from "../../network/model.ts";
import type { ProjectChange, ProjectId, ProjectSummary } from "../../storage/project-records.ts";
import type { EpochResult, TrainingOutcome } from "../../training/history.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import type { WorkerFault } from "./faults.ts";

export type { BackendName, EngineStatus } from "../../engine/backend.ts";
export type { ProjectChange, ProjectId, ProjectSummary } from "../../storage/project-records.ts";

/** Files as the page received them. `path` has the folders, separated by `/`; a bare file's path is its name. */
export interface IncomingFile {
  readonly path: string;
  readonly blob: Blob;
}

export interface ImportedPhoto {
  readonly sample: Omit<Sample, "classId">;
  /** Name of the class that its folder names; null for a loose photo. */
  readonly className: string | null;
}

export interface SkippedFile {
  readonly path: string;
  readonly fault: WorkerFault;
}

export interface ImportProgress {
  /** Photos stored since the last event. */
  readonly photos: readonly ImportedPhoto[];
  /** Files looked at, of `total` known so far. */
  readonly done: number;
  readonly total: number;
}

export interface ImportResult {
  readonly stored: number;
  readonly skipped: readonly SkippedFile[];
  /** Hidden files, `__MACOSX`, `Thumbs.db` and the like: left out without a word each. */
  readonly ignored: number;
}

/** A base model in the list to choose from. */
export interface BaseModelEntry {
  /** The card's id when `card` is known; the catalogue's id before it was loaded. */
  readonly id: string;
  readonly name: string;
  /** null until its weights are on this machine. */
  readonly card: BaseModelCard | null;
  /** Where it can be fetched, for a catalogue entry; null for others. */
  readonly download: {
    readonly url: string;
    readonly host: string;
    readonly bytes: number;
    /** Side of the photos it sees, in pixels. */
    readonly inputSize: number;
    readonly parameters: number;
    readonly multiplyAdds: number;
    /** Where the Keras project publishes its weights. */
    readonly kerasUrl: string;
  } | null;
  readonly recommended: boolean;
  /** Whether it ships with the app and so cannot be deleted. */
  readonly builtIn: boolean;
  readonly note: string;
}

export interface DownloadProgress {
  readonly bytes: number;
  /** null when the host does not say. */
  readonly totalBytes: number | null;
}

export interface TrainRequest {
  readonly dataset: Dataset;
  readonly baseModelId: string;
  readonly settings: TrainingSettings;
  /** Names the trained classifier. */
  readonly projectName: string;
}

export type TrainEvent =
  | {
      readonly kind: "preparing";
      readonly done: number;
      readonly total: number;
      /** Seconds; null until it can be told. */
      readonly secondsLeft: number | null;
    }
  | { readonly kind: "preparing-skipped"; readonly skipped: readonly SkippedFile[] }
  /** Near-duplicates, found before the photos are split: they stay together. */
  | { readonly kind: "groups"; readonly groups: PhotoGroups }
  /** A fold of cross-validation begins, of `folds`. */
  | { readonly kind: "fold"; readonly fold: number; readonly folds: number }
  /** The head is fitted; the epochs that follow, up to `lastEpoch`, fine-tune the base. */
  | { readonly kind: "fine-tuning"; readonly lastEpoch: number }
  | { readonly kind: "epoch"; readonly result: EpochResult; readonly bestEpoch: number; readonly sinceBest: number };

export type PreparingEvent = Extract<TrainEvent, { kind: "preparing" | "preparing-skipped" }>;

export interface AuditRequest {
  readonly dataset: Dataset;
  readonly baseModelId: string;
  readonly settings: TrainingSettings;
}

export type AuditEvent =
  | PreparingEvent
  /** Folds fitted, of all. */
  | { readonly kind: "auditing"; readonly done: number; readonly total: number };

export interface TrainedSummary {
  readonly outcome: TrainingOutcome;
  readonly report: EvaluationReport;
  readonly classifier: ClassifierSummary;
  /** Photos used in each split. */
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
}

/** The classifier in use, without its weights. */
export interface ClassifierSummary {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly baseModelName: string | null;
  readonly inputSize: { readonly height: number; readonly width: number };
  readonly crop: "center" | "squash";
  readonly parameters: number;
  /** ISO 8601, or null when the file did not say. */
  readonly trainedAt: string | null;
}

export interface SavedClassifier {
  readonly id: string;
  readonly summary: ClassifierSummary;
  readonly savedAt: string;
  readonly bytes: number;
}

export interface FilePrediction {
  readonly path: string;
  /** Probabilities in class order, or why there are none. */
  readonly outcome: { readonly probabilities: readonly number[] } | { readonly fault: WorkerFault };
}

export type ExportFormat = "teachable-machine" | "tfjs";

export interface ExportedFile {
  readonly fileName: string;
  readonly blob: Blob;
}

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

/** What a dropped model file turned out to be. */
export type OpenedFile =
  | { readonly kind: "classifier"; readonly summary: ClassifierSummary }
  | { readonly kind: "base-model"; readonly entry: BaseModelEntry };

/** What survives a reload, apart from photos, embeddings and models. */
export interface ProjectState {
  readonly name: string;
  readonly dataset: Dataset;
  /** Near-duplicates, as far as they are known. */
  readonly groups: PhotoGroups;
  readonly settings: TrainingSettings;
  readonly baseModelId: string | null;
  /** The last run, if its classifier is the one in use. */
  readonly lastRun: LastRun | null;
  /** Runs so far, the newest first. */
  readonly runs: readonly RunRecord[];
}

/** What is remembered of a run when others have come after it. */
export interface RunRecord {
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly baseModelName: string;
  readonly settings: TrainingSettings;
  readonly counts: TrainedSummary["counts"];
  /** null without test photos. */
  readonly accuracy: Estimate | null;
  readonly macroF1: Estimate | null;
  readonly outcome: Omit<TrainingOutcome, "history">;
}

export interface LastRun {
  readonly summary: TrainedSummary;
  readonly settings: TrainingSettings;
  readonly baseModelName: string;
  readonly finishedAt: string;
}

export interface Headstart {
  engineStatus(): Promise<EngineStatus>;
  /** `"auto"` goes back to the automatic choice. Rejects when the backend does not start; the one in use stays. */
  chooseBackend(backend: BackendName | "auto"): Promise<EngineStatus>;

  /** All projects, deleted ones too, the last changed first. */
  listProjects(): Promise<readonly ProjectSummary[]>;
  /** Keeps a new project whole; it is not opened. */
  createProject(project: ProjectState): Promise<ProjectSummary>;
  /**
   * Opens a project, so that it can be saved, and takes its classifier into use. A tab that had it open before can write no more.
   * Rejects with a `StorageError` when it is gone.
   */
  openProject(id: ProjectId): Promise<{ project: ProjectState; classifier: ClassifierSummary | null }>;
  /** Opens the project that the page has open already, in a worker that was started anew. */
  resumeProject(id: ProjectId): Promise<void>;
  /** Keeps a change of the open project. Rejects with a `ProjectTakenError` when another tab has opened it since. */
  saveProject(id: ProjectId, change: ProjectChange<ProjectState>): Promise<void>;
  /** The photos are shared. The copy is not opened. */
  copyProject(id: ProjectId, name: string): Promise<ProjectSummary>;
  /** Renames, deletes or restores a project that nobody has open. */
  changeProject(id: ProjectId, change: Partial<Pick<ProjectSummary, "name" | "deletedAt">>): Promise<void>;
  /** Forgets a project for good. */
  purgeProject(id: ProjectId): Promise<void>;
  /** Purges deleted projects and photos that no project uses. Only for when no other tab is open and nothing is being added. */
  collectGarbage(): Promise<void>;

  /** Reads folders, zips and single photos, keeps the photos' bytes and thumbnails. One bad file never stops the others. */
  importFiles(
    files: readonly IncomingFile[],
    onEvent: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<ImportResult>;
  /** Draws the built-in labelled sample set, without any file or network. */
  drawSamples(onEvent: (progress: ImportProgress) => void, signal: AbortSignal): Promise<ImportResult>;
  /** One camera frame as a photo. The bitmap is transferred. @param burst names the recording that it belongs to */
  importFrame(frame: ImageBitmap, fileName: string, burst: string): Promise<ImportedPhoto>;
  /** A JPEG or WebP of at most 192 pixels on its long side. */
  thumbnail(photo: PhotoId): Promise<Blob>;
  /** Several thumbnails at once, in the order asked for; null for a photo that is not kept. */
  thumbnails(photos: readonly PhotoId[]): Promise<readonly (Blob | null)[]>;
  /** The photo's original bytes. */
  photo(photo: PhotoId): Promise<Blob>;

  listBaseModels(): Promise<readonly BaseModelEntry[]>;
  /** Model files given together, a folder's files or a zip. */
  addBaseModel(files: readonly IncomingFile[]): Promise<BaseModelEntry>;
  fetchBaseModel(
    source: { readonly catalogueId: string } | { readonly url: string },
    onEvent: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<BaseModelEntry>;
  deleteBaseModel(id: string): Promise<void>;

  /** Readies the base model, or with null the classifier in use, so that its first photo is as fast as the others. */
  warmUp(base: { readonly id: string; readonly settings: TrainingSettings } | null): Promise<void>;

  /** Prepares the photos that need it, trains a head, stops early, evaluates on the test photos. The result becomes the classifier in use. */
  train(request: TrainRequest, onEvent: (event: TrainEvent) => void, signal: AbortSignal): Promise<TrainedSummary>;
  /** Ends a running training after the epoch under way and keeps the best so far. */
  stopTraining(): Promise<void>;
  /** Looks for labels, duplicates and photos that are worth a look. Prepares the photos that need it; changes nothing. */
  audit(request: AuditRequest, onEvent: (event: AuditEvent) => void, signal: AbortSignal): Promise<AuditReport>;

  classifyFiles(
    files: readonly IncomingFile[],
    onEvent: (prediction: FilePrediction) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Probabilities of one camera frame, in class order. The bitmap is transferred. */
  classifyFrame(frame: ImageBitmap, mirrored: boolean): Promise<readonly number[]>;

  exportClassifier(format: ExportFormat): Promise<ExportedFile>;
  saveClassifier(name: string): Promise<SavedClassifier>;
  listClassifiers(): Promise<readonly SavedClassifier[]>;
  openClassifier(id: string): Promise<ClassifierSummary>;
  deleteClassifier(id: string): Promise<void>;
  openFiles(files: readonly IncomingFile[]): Promise<OpenedFile>;

  /** Says by its content what a file is. */
  recogniseFile(file: IncomingFile): Promise<RecognisedFile>;
  /** The project, its photos and models in one zip. */
  saveProjectFile(
    project: ProjectState,
    onEvent: (progress: FileProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedFile>;
  /** The photos alone, in folders by split and class, with a table of their labels. */
  savePhotoSet(
    project: ProjectState,
    onEvent: (progress: FileProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedFile>;
  /** Makes a new project of a project file: whole, or not at all. Rejects when it is none. */
  openProjectFile(
    file: IncomingFile,
    onEvent: (progress: FileProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedProjectFile>;
}
