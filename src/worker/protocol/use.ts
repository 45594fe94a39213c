import type { PhotoId } from "../../dataset/dataset.ts";
import type { Answer } from "../../engine/classify.ts";
import type { ExportFormat } from "../../network/exports.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import type { BaseModelEntry, DownloadProgress } from "./base-models.ts";
import type { WorkerFault } from "./faults.ts";
import type { IncomingFile } from "./photos.ts";

export interface SavedClassifier {
  readonly id: string;
  readonly summary: ClassifierSummary;
  readonly savedAt: string;
  readonly bytes: number;
}

export type { Answer } from "../../engine/classify.ts";

export interface FilePrediction {
  readonly path: string;
  /** What is said of it, or why there is nothing to say. */
  readonly outcome: Answer | { readonly fault: WorkerFault };
}

export interface ExportedFile {
  readonly fileName: string;
  readonly blob: Blob;
}

/** How the classifier in use is to be taken away. */
export interface ExportRequest {
  readonly format: ExportFormat;
  /** In the order of the classifier's outputs: as its classes are called today. */
  readonly classNames: readonly string[];
  /** Whether the model's file is enough, where the format has one. */
  readonly alone: boolean;
  /** Photos of the project that may lie in the zip as samples; drawn ones take their place where there are none. */
  readonly photos: readonly PhotoId[];
}

export interface ExportedClassifier extends ExportedFile {
  /**
   * Largest difference of probabilities that the file showed for the samples when it was read back; null for a format that
   * is not read here.
   */
  readonly difference: number | null;
}

/** What a dropped model file turned out to be. */
export type OpenedFile =
  | { readonly kind: "classifier"; readonly summary: ClassifierSummary }
  | { readonly kind: "base-model"; readonly entry: BaseModelEntry };

/** The classifier in use, and the saved ones. */
export interface UseDoor {
  classifyFiles(
    files: readonly IncomingFile[],
    onEvent: (prediction: FilePrediction) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Readies the classifier in use, so that its first photo is as fast as the others. */
  warmUpClassifier(): Promise<void>;
  /** What is said of one camera frame. The bitmap is transferred. */
  classifyFrame(frame: ImageBitmap, mirrored: boolean): Promise<Answer>;

  exportClassifier(request: ExportRequest): Promise<ExportedClassifier>;
  saveClassifier(name: string, classNames: readonly string[]): Promise<SavedClassifier>;
  listClassifiers(): Promise<readonly SavedClassifier[]>;
  openClassifier(id: string): Promise<ClassifierSummary>;
  /** It can be restored until Headstart is next opened. */
  deleteClassifier(id: string): Promise<void>;
  restoreClassifier(id: string): Promise<void>;
  openFiles(
    files: readonly IncomingFile[],
    onEvent: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedFile>;
}
