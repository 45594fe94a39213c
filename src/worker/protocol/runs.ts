import type { Dataset, PhotoGroups } from "../../dataset/dataset.ts";
import type { FineTuningCheckpoint, HeadCheckpoint } from "../../engine/checkpoint.ts";
import type { Measures } from "../../evaluation/measures.ts";
import type { EvaluationReport, Prediction } from "../../evaluation/report.ts";
import type { OneAgainstRest } from "../../evaluation/scores.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import type { RunPair } from "../../project/compare-runs.ts";
import type { Run, RunChange, RunId } from "../../project/run.ts";
import type { MeasuredOn } from "../../project/run-photos.ts";
import type { TakenPhotos } from "../../project/since-run.ts";
import type { EpochResult } from "../../training/history.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import type { SkippedFile } from "./photos.ts";

/** Near-duplicates, and what they were found among. */
export interface KnownGroups {
  readonly groups: PhotoGroups;
  /** Photos, their classes and what made their embeddings, by a digest. */
  readonly comparedAs: string;
}

export interface TrainRequest {
  /** The run's, which it has too when the training was broken off after the run was kept and before the page heard of it. */
  readonly runId: RunId;
  /** The run's, see `Run`. */
  readonly number: number;
  readonly dataset: Dataset;
  readonly baseModelId: string;
  readonly settings: TrainingSettings;
  /** Names the trained classifier. */
  readonly projectName: string;
  /** What an earlier training found, so that the same photos are not compared again. */
  readonly known: KnownGroups | null;
  /** The run whose classifier it begins with, of the same base model, classes and shape of head; null for a new head. */
  readonly startFrom: RunId | null;
  /** Whether each photo is in the split that it is fixed to, so that nothing is drawn and near-duplicates are not kept together: to repeat a run. */
  readonly asFixed: boolean;
  /** Where a training that was broken off goes on; null for a new one. */
  readonly resume: BrokenOffTraining | null;
}

/** How far a fit is after an epoch. */
export interface TrainingCheckpoint {
  readonly epoch: number;
  readonly fit: HeadCheckpoint | FineTuningCheckpoint;
  /** Time that went into the training so far, in milliseconds. */
  readonly spentMs: number;
}

/** How far a training was. The page hands it back when the worker has died. */
export interface BrokenOffTraining extends Pick<TrainingCheckpoint, "spentMs"> {
  /** What cross-validation has said, fold by fold. */
  readonly folds: readonly (readonly Prediction[])[];
  /** null before the first epoch. */
  readonly fit: TrainingCheckpoint["fit"] | null;
}

export interface PreparingProgress {
  readonly kind: "preparing";
  readonly done: number;
  readonly total: number;
  /** Seconds; null until it can be told. */
  readonly secondsLeft: number | null;
  /** Time from photo to photo, in milliseconds; null until it can be told. */
  readonly msPerPhoto: number | null;
}

export type TrainEvent =
  | PreparingProgress
  | { readonly kind: "preparing-skipped"; readonly skipped: readonly SkippedFile[] }
  /** Near-duplicates, found before the photos are split: they stay together. */
  | ({ readonly kind: "groups" } & KnownGroups)
  /** A fold of cross-validation begins, of `folds`. */
  | { readonly kind: "fold"; readonly fold: number; readonly folds: number }
  /** What the classifier of a fold says of its photos, told once. */
  | { readonly kind: "fold-over"; readonly predictions: readonly Prediction[]; readonly spentMs: number }
  /** After the best epoch was found: an epoch, 1-based, of the fit to training and validation photos together. */
  | { readonly kind: "again"; readonly epoch: number; readonly epochs: number }
  /** The head is fitted, in `headEpochs`; the epochs that follow, up to `lastEpoch`, fine-tune the base. */
  | { readonly kind: "fine-tuning"; readonly headEpochs: number; readonly lastEpoch: number }
  | { readonly kind: "epoch"; readonly result: EpochResult; readonly bestEpoch: number; readonly sinceBest: number }
  /** Told after each epoch, before the epoch itself. Its history is only of the epochs since the one before: all of it each time would take longer than a short epoch. */
  | { readonly kind: "checkpoint"; readonly checkpoint: TrainingCheckpoint };

export type PreparingEvent = Extract<TrainEvent, { kind: "preparing" | "preparing-skipped" }>;

export interface Trained {
  readonly run: Run;
  /** Now the classifier in use. */
  readonly classifier: ClassifierSummary;
  /** The oldest unpinned runs, which made room for it. */
  readonly forgotten: readonly RunId[];
}

/** What a run said of its test or its validation photos. */
export interface MeasuredRun {
  readonly report: EvaluationReport;
  readonly measures: Measures;
}

/** Training, and what it left. */
export interface RunsDoor {
  /**
   * Prepares the photos that need it, fits, stops early, evaluates on the test photos. The run and its classifier are kept
   * together or not at all; the classifier becomes the one in use.
   */
  train(request: TrainRequest, onEvent: (event: TrainEvent) => void, signal: AbortSignal): Promise<Trained>;
  /** Ends a running training after the epoch under way and keeps the best so far. */
  stopTraining(): Promise<void>;
  /** What a run's probabilities say on its test photos; null where nothing is kept of them. */
  evaluateRun(id: RunId): Promise<EvaluationReport | null>;
  /** All metrics of a run; null where nothing is kept of these photos. Takes seconds for a thousand classes. */
  measureRun(id: RunId, on: MeasuredOn): Promise<MeasuredRun | null>;
  /** What a run's curves of one class are made of; null where that is not kept. @param label index of the class */
  classScores(id: RunId, on: MeasuredOn, label: number): Promise<OneAgainstRest | null>;
  /** Whether the test scores of some runs differ by more than chance, pair by pair. */
  compareRuns(ids: readonly RunId[]): Promise<readonly RunPair[]>;
  /** The photos that took part in a run; null where they are not kept. */
  photosOfRun(id: RunId): Promise<TakenPhotos | null>;
  /** Takes a run's classifier into use. Rejects with `run/no-classifier` when it is not kept. */
  activateRun(id: RunId): Promise<ClassifierSummary>;
  /** Pins, writes about, deletes (`deletedAt`) or restores a run. */
  changeRun(id: RunId, change: RunChange): Promise<Run>;
}
