import type { AuditReport } from "../../dataset/audit.ts";
import type { Dataset, PhotoId, Sample } from "../../dataset/dataset.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import type { WorkerFault } from "./faults.ts";
import type { PreparingEvent } from "./runs.ts";

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
  /** Hidden files, `__MACOSX`, `Thumbs.db` and the like: left out without a message for each. */
  readonly ignored: number;
}

/** Of the built-in sample set, in the person's language. */
export interface SampleClassNames {
  readonly cups: string;
  readonly leaves: string;
  readonly stars: string;
}

/** Photos, and what they are prepared for. */
export interface PreparingRequest {
  readonly dataset: Dataset;
  readonly baseModelId: string;
  readonly settings: TrainingSettings;
}

/** The base model whose input is made of each photo's one decoding, so that preparing need not decode it again. */
export interface ChosenInput {
  readonly baseModelId: string;
  readonly inputSize: number | null;
}

export type AuditEvent =
  | PreparingEvent
  /** Folds fitted, of all. */
  | { readonly kind: "auditing"; readonly done: number; readonly total: number };

/** Photos on their way in, and what is found among them. */
export interface PhotosDoor {
  /** Reads folders, zips and single photos, keeps the photos' bytes and thumbnails. One bad file never stops the others. */
  importFiles(
    files: readonly IncomingFile[],
    onEvent: (progress: ImportProgress) => void,
    signal: AbortSignal,
    input?: ChosenInput,
  ): Promise<ImportResult>;
  /** Draws the built-in labelled sample set, without any file or network. */
  drawSamples(
    classNames: SampleClassNames,
    onEvent: (progress: ImportProgress) => void,
    signal: AbortSignal,
    input?: ChosenInput,
  ): Promise<ImportResult>;
  /** One camera frame as a photo. The bitmap is transferred. @param burst names the recording that it belongs to */
  importFrame(frame: ImageBitmap, fileName: string, burst: string, input?: ChosenInput): Promise<ImportedPhoto>;
  /** JPEGs or WebPs of at most 192 pixels on their long sides, in the order asked for; null for a photo that is not kept. */
  thumbnails(photos: readonly PhotoId[]): Promise<readonly (Blob | null)[]>;
  /** The photo's original bytes. */
  photo(photo: PhotoId): Promise<Blob>;
  /** Embeds and compares the photos that take part, so that what needs that later finds it done. Ends early when the signal aborts. */
  prepareAhead(request: PreparingRequest, onEvent: (event: PreparingEvent) => void, signal: AbortSignal): Promise<void>;
  /** Looks for labels, duplicates and photos that are worth a look. Prepares the photos that need it; changes nothing. */
  audit(request: PreparingRequest, onEvent: (event: AuditEvent) => void, signal: AbortSignal): Promise<AuditReport>;
}
