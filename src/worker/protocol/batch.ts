import type { PhotoId } from "../../dataset/dataset.ts";
import type { ResultLine } from "../../formats/results-table.ts";
import type { WorkerFault } from "./faults.ts";
import type { IncomingFile, ReadingChoice, Unpacking } from "./photos.ts";
import type { ExportedFile } from "./use.ts";

export type { ResultLine } from "../../formats/results-table.ts";

export interface ScoredClass {
  /** The class's place among the classifier's. */
  readonly place: number;
  /** 0..1 */
  readonly probability: number;
}

/** What a classifier says of a photo. */
export interface BatchAnswer {
  /** The id that it would have in a data set. */
  readonly photo: PhotoId;
  /** The most probable classes, best first; at most `BATCH_TOP`. */
  readonly best: readonly ScoredClass[];
  /** Whether it is none of the classes; always false for a classifier that does not tell. */
  readonly isUnknown: boolean;
}

export interface ClassifiedPhoto {
  /** Names it within its batch; in the order of the files. */
  readonly id: number;
  /** Among the folders, or within its archive. */
  readonly path: string;
  readonly fileName: string;
  /** Name of the class that its folder, its name or a table gives it; null without. */
  readonly className: string | null;
  readonly outcome: BatchAnswer | { readonly fault: WorkerFault };
}

export interface BatchProgress {
  /** Photos classified since the last event. */
  readonly photos: readonly ClassifiedPhoto[];
  /** Files looked at, of `total` known so far. */
  readonly done: number;
  readonly total: number;
  /** Where a file is being unpacked before what it holds is known. */
  readonly unpacking?: Unpacking;
}

/** Many photos at once, by the classifier in use. */
export interface BatchDoor {
  /**
   * Classifies all photos in folders, archives and data sets, read as they are imported; none of them is kept.
   * @param batch names it, for `batchPhoto`; the one before is forgotten
   * @returns how many files were left out for being no photos
   */
  classifyBatch(
    batch: string,
    files: readonly IncomingFile[],
    choice: ReadingChoice,
    onEvent: (progress: BatchProgress) => void,
    signal: AbortSignal,
  ): Promise<number>;
  /** The bytes of a photo of the latest batch, read again. @throws WorkerError `file/unreadable` when it is forgotten */
  batchPhoto(batch: string, id: number): Promise<Blob>;
  /** A table of results as comma-separated values. */
  resultsFile(lines: readonly ResultLine[]): Promise<ExportedFile>;
}
