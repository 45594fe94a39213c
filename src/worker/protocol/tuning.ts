import type { ClassId } from "../../dataset/dataset.ts";
import type { MorePhotos } from "../../evaluation/more-photos.ts";
import type { SearchReport } from "../../evaluation/search-report.ts";
import type { Budget } from "../../training/search/budgets.ts";
import type { Trial } from "../../training/search/halving.ts";
import type { PreparingRequest } from "./photos.ts";
import type { KnownGroups, PreparingEvent } from "./runs.ts";

export interface TuneRequest extends PreparingRequest {
  /** What an earlier training found, so that the same photos are not compared again. */
  readonly known: KnownGroups | null;
  /** Seconds, from when the photos are prepared. */
  readonly budget: Budget;
  /** Base models whose weights are on this machine, besides the chosen one. */
  readonly otherBases: readonly string[];
}

export type TuneEvent =
  | PreparingEvent
  | ({ readonly kind: "groups" } & KnownGroups)
  /** From now on the budget runs. */
  | { readonly kind: "begun" }
  /** Photos are prepared for another base model. */
  | { readonly kind: "other-base"; readonly baseModelId: string }
  /** What is tried next, and what was found before it. */
  | { readonly kind: "trying"; readonly trial: Trial; readonly report: SearchReport };

export interface Tuned {
  readonly report: SearchReport;
  /** `time`: the budget was used up; `all`: everything was tried; `user`: it was stopped. */
  readonly end: "time" | "all" | "user";
  /** Base models that photos could not be prepared for in the time there was. */
  readonly tooSlow: readonly string[];
}

export interface MorePhotosRequest extends PreparingRequest {
  readonly known: KnownGroups | null;
}

export type MorePhotosEvent =
  | PreparingEvent
  | ({ readonly kind: "groups" } & KnownGroups)
  /** Classifiers tried, of all. */
  | { readonly kind: "part"; readonly done: number; readonly total: number };

export interface MorePhotosFound extends MorePhotos {
  /** The classes, in the order of `classes`. */
  readonly classIds: readonly ClassId[];
}

/** What cross-validation on training and validation photos tells: better settings, and whether more photos would help. */
export interface TuningDoor {
  /** Tries settings by cross-validation on training and validation photos. Looks at no test photo; changes nothing. */
  tune(request: TuneRequest, onEvent: (event: TuneEvent) => void, signal: AbortSignal): Promise<Tuned>;
  /** Ends a running search at once, with what it has found. */
  stopTuning(): Promise<void>;
  /** Trains on parts of the training and validation photos, to tell what more photos would do. Changes nothing. */
  tryParts(
    request: MorePhotosRequest,
    onEvent: (event: MorePhotosEvent) => void,
    signal: AbortSignal,
  ): Promise<MorePhotosFound>;
}
