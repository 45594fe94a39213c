import type { UsualFeeding } from "../../network/feedings.ts";
import type { BaseModelCredits } from "../../network/measurements.ts";
import type { BaseModelCard } from "../../network/model.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import type { IncomingFile } from "./photos.ts";

/** What is known of how good a base model is; the page has a sentence for each. */
export type BaseModelNote =
  | "built-in"
  | "best-value"
  | "older-family"
  | "in-between"
  | "more-accurate"
  | "wider"
  | "widest"
  | "textbook"
  | "heavy"
  | "heavy-larger-photos";

export type BaseModelOrigin =
  | { readonly kind: "built-in" }
  | { readonly kind: "file" }
  /** It came along with a project. */
  | { readonly kind: "project-file" }
  | { readonly kind: "host"; readonly host: string };

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
    /** Side of the photos that it takes, in pixels. */
    readonly inputSize: number;
    readonly parameters: number;
    readonly multiplyAdds: number;
    /** Where the Keras project publishes its weights. */
    readonly kerasUrl: string;
  } | null;
  readonly recommended: boolean;
  /** Whether it ships with the app and so cannot be deleted. */
  readonly builtIn: boolean;
  readonly origin: BaseModelOrigin;
  /** null when nothing is known. */
  readonly note: BaseModelNote | null;
  /** Who made it and how good it was found to be; null where its files do not say. */
  readonly credits: BaseModelCredits | null;
}

export interface DownloadProgress {
  readonly bytes: number;
  /** null when the host does not say. */
  readonly totalBytes: number | null;
}

/** An entry of the catalogue, or an address. */
export type DownloadSource = { readonly catalogueId: string } | { readonly url: string };

/** Pre-trained networks to build on. */
export interface BaseModelsDoor {
  listBaseModels(): Promise<readonly BaseModelEntry[]>;
  /** Model files given together, a folder's files or a zip. */
  addBaseModel(
    files: readonly IncomingFile[],
    onEvent: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<BaseModelEntry>;
  fetchBaseModel(
    source: DownloadSource,
    onEvent: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<BaseModelEntry>;
  /** For pixels fed otherwise, where its files do not say how. The one that it is made from stays, unless it is the same. */
  refeedBaseModel(id: string, feeding: UsualFeeding): Promise<BaseModelEntry>;
  /** It can be restored until Headstart is next opened. */
  deleteBaseModel(id: string): Promise<void>;
  restoreBaseModel(id: string): Promise<void>;
  /** Readies a base model, so that its first photo is as fast as the others. */
  warmUpBaseModel(base: { readonly id: string; readonly settings: TrainingSettings }): Promise<void>;
}
