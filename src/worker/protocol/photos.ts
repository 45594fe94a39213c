import type { AuditReport } from "../../dataset/audit.ts";
import type { Dataset, PhotoId, Sample } from "../../dataset/dataset.ts";
import type { Remark, Understood } from "../../formats/datasets/tree.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import type { Converted } from "../converting.ts";
import type { WorkerFault } from "./faults.ts";
import type { PreparingEvent } from "./runs.ts";

export type { CodePage } from "../../formats/archives/code-pages.ts";
export type { Remark, Understood } from "../../formats/datasets/tree.ts";
export type { Converted } from "../converting.ts";

/** Files as the page received them. `path` has the folders, separated by `/`; a bare file's path is its name. */
export interface IncomingFile {
  readonly path: string;
  readonly blob: Blob;
}

/** How what was dropped is read. */
export interface ReadingChoice {
  /** For each question its answer: which of the offers, 0 being the first. The first is taken where nothing is said. */
  readonly chosen?: Readonly<Record<string, number>>;
  /** Whether photos outside of any folder go to a class that was chosen, whatever they are called. */
  readonly looseHaveAPlace?: boolean;
  /** Names the files that were dropped together, so that what is unpacked to ask is not unpacked again to import. */
  readonly drop?: string;
}

/** A file that is being unpacked, in bytes of what is packed. */
export interface Unpacking {
  readonly file: string;
  readonly done: number;
  readonly total: number;
}

/** Photos of a class, by split. */
export interface ClassCounts {
  readonly name: string;
  readonly photos: number;
  /** Fixed to a split; the splits of all others are drawn. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** One way to read a tree of files. */
export interface ReadingOffer {
  readonly understood: Understood;
  readonly remarks: readonly Remark[];
  /** The largest first. */
  readonly classes: readonly ClassCounts[];
  /** Photos without a class. */
  readonly unsorted: number;
  readonly examples: readonly ExamplePhoto[];
}

export interface ExamplePhoto {
  readonly path: string;
  /** null without one. */
  readonly className: string | null;
  /** null where the file cannot be shown. */
  readonly photo: Blob | null;
}

/** What only a person can say: which of several readings is meant. */
export interface ReadingQuestion {
  /** Names it in the answer. */
  readonly key: string;
  /** The archive; null for files and folders that were dropped. */
  readonly archive: string | null;
  readonly offers: readonly ReadingOffer[];
}

/** How a tree of files was read. */
export interface UnderstoodTree {
  readonly understood: Understood;
  readonly remarks: readonly Remark[];
  readonly classes: number;
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
  /** Where a file is being unpacked before what it holds is known. */
  readonly unpacking?: Unpacking;
}

export interface ImportResult {
  readonly stored: number;
  readonly skipped: readonly SkippedFile[];
  /** Hidden files, `__MACOSX`, `Thumbs.db` and the like: left out without a message for each. */
  readonly ignored: number;
  /** Photos that browsers do not decode and that came in as JPEGs or PNGs, by what they were. */
  readonly converted: Readonly<Partial<Record<Converted, number>>>;
  /** How each tree of files was read. */
  readonly understood: readonly UnderstoodTree[];
}

/** Of the built-in sample set, in the person's language. */
export interface SampleClassNames {
  readonly cups: string;
  readonly leaves: string;
  readonly stars: string;
}

/** What a frame becomes a photo with. */
export interface FrameFacts {
  readonly fileName: string;
  /** Names the recording that it belongs to. */
  readonly burst: string;
  /** Whether it is kept as in a mirror. */
  readonly mirrored: boolean;
  /** Pixels, to which a larger one is shrunk. */
  readonly longestSide?: number;
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
    how?: { readonly choice?: ReadingChoice | undefined; readonly input?: ChosenInput | undefined },
  ): Promise<ImportResult>;
  /**
   * What has to be known before files can be imported. Looks at names and tables only, and at a few example photos. What it
   * unpacks of a drop is kept until `forgetDrop`.
   */
  questionsOn(
    files: readonly IncomingFile[],
    choice: ReadingChoice,
    onEvent: (unpacking: Unpacking) => void,
    signal: AbortSignal,
  ): Promise<readonly ReadingQuestion[]>;
  /** Lets go of what was unpacked of a drop. */
  forgetDrop(drop: string): Promise<void>;
  /** Draws the built-in labelled sample set, without any file or network. */
  drawSamples(
    classNames: SampleClassNames,
    onEvent: (progress: ImportProgress) => void,
    signal: AbortSignal,
    input?: ChosenInput,
  ): Promise<ImportResult>;
  /** One frame of a camera or a video as a photo. It is transferred. */
  importFrame(frame: ImageBitmap | VideoFrame, of: FrameFacts, input?: ChosenInput): Promise<ImportedPhoto>;
  /** JPEGs or WebPs of at most 192 pixels on their long sides, in the order asked for; null for a photo that is not kept. */
  thumbnails(photos: readonly PhotoId[]): Promise<readonly (Blob | null)[]>;
  /** The photo's original bytes. */
  photo(photo: PhotoId): Promise<Blob>;
  /** Embeds and compares the photos that take part, so that what needs that later finds it done. Ends early when the signal aborts. */
  prepareAhead(request: PreparingRequest, onEvent: (event: PreparingEvent) => void, signal: AbortSignal): Promise<void>;
  /** Looks for labels, duplicates and photos that are worth a look. Prepares the photos that need it; changes nothing. */
  audit(request: PreparingRequest, onEvent: (event: AuditEvent) => void, signal: AbortSignal): Promise<AuditReport>;
}
