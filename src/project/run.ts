/** A run: one training attempt, of which everything that looks back begins. */
import type { ClassId, PhotoId, Split } from "../dataset/dataset.ts";
import type { TestShortfall } from "../dataset/split.ts";
import { wilson } from "../evaluation/intervals.ts";
import type { Estimate } from "../evaluation/report.ts";
import type { Preprocessing } from "../network/model.ts";
import type { Curves } from "../training/curve-meaning.ts";
import type { TrainingOutcome } from "../training/history.ts";
import type { TrainingSettings } from "../training/settings.ts";

export type RunId = string;

/** What is known of a run without its photos and its classifier's weights. */
export interface Run {
  readonly id: RunId;
  /** 1 for the first of its project; left out by runs of before it was kept: see `runNumbers`. */
  readonly number?: number;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** From the first photo prepared to the last one tested, in milliseconds; null for runs of before this was measured. */
  readonly durationMs: number | null;
  /** In the order of the classifier's outputs; empty for runs of before classes were kept. */
  readonly classes: readonly RunClass[];
  /** With the seed. */
  readonly settings: TrainingSettings;
  /** The run whose classifier it began with; left out where it began with a new head. */
  readonly startedFrom?: RunId;
  readonly baseModel: RunBase;
  /** The backend that it ran on, as "wasm"; null for runs of before this was kept. */
  readonly backend: string | null;
  readonly outcome: TrainingOutcome;
  /** Photos that took part in each split; with cross-validation, `test` counts every photo that was tested in a fold. */
  readonly counts: Readonly<Record<Split, number>>;
  /** Classes that got fewer test photos than their share; left out by runs of before this was kept. */
  readonly testShortfalls?: readonly TestShortfall[];
  /** Photos that could not be read and took no part; left out by runs of before this was kept. */
  readonly unreadPhotos?: readonly PhotoId[];
  /** On the test photos; null without any. */
  readonly metrics: RunMetrics | null;
  /** null when its classifier is not kept. */
  readonly classifier: RunClassifier | null;
  /** Whether it stays when older runs make room for new ones. */
  readonly pinned: boolean;
  /** What its user wrote about it; left out as long as that is nothing. */
  readonly note?: string;
  /** When it was deleted; it can be restored until it is purged. */
  readonly deletedAt: string | null;
}

/** What is changed of a run once it is there: pinned, written about, deleted (`deletedAt`) or restored. */
export type RunChange = Partial<Pick<Run, "pinned" | "note" | "deletedAt">>;

/** Names are for showing: today's name of the class goes first, this one is for classes that are gone. */
export interface RunClass {
  readonly id: ClassId;
  readonly name: string;
}

export interface RunBase {
  /** null for runs of before it was kept. */
  readonly id: string | null;
  readonly name: string;
}

export interface RunMetrics {
  readonly accuracy: Estimate;
  readonly macroF1: Estimate | null;
}

/** Its classifier, without weights. */
export interface RunClassifier {
  /** The project's when it was trained. */
  readonly name: string;
  readonly inputSize: Pick<Preprocessing, "height" | "width">;
  readonly crop: Preprocessing["crop"];
  readonly parameters: number;
}

/** What is looked at to say what its loss curves mean. */
export function curvesOf({ outcome, settings, classes, counts }: Run): Curves {
  return { ...outcome, settings, classes: classes.length, validationPhotos: counts.validation };
}

/** On the validation photos, of the epoch that was kept; null without any. They decided when to stop: new photos usually do worse. */
export function validationOf({ outcome: { history, bestEpoch }, counts }: Run): Estimate | null {
  const best = history.find(({ epoch }) => epoch === bestEpoch);
  if (!best || counts.validation === 0) return null;
  return wilson(Math.round(best.validationAccuracy * counts.validation), counts.validation);
}

/** How many of its test photos a run got right; 0 without any. */
export function rightOf({ metrics, counts }: Pick<Run, "metrics" | "counts">): number {
  return Math.round((metrics?.accuracy.value ?? 0) * counts.test);
}

/** Runs that a project keeps; when there are more, the oldest unpinned ones go. */
export const MOST_RUNS = 50;

/** The runs to forget when there are too many, the oldest first. Deleted runs go before all others. */
export function runsToForget(runs: readonly Run[], most = MOST_RUNS): readonly Run[] {
  const excess = runs.length - most;
  if (excess <= 0) return [];
  const [newest] = runs.toSorted((a, b) => b.finishedAt.localeCompare(a.finishedAt));
  return runs
    .filter((run) => run !== newest && (!run.pinned || run.deletedAt !== null))
    .sort((a, b) => Number(b.deletedAt !== null) - Number(a.deletedAt !== null) || byAge(a, b))
    .slice(0, excess);
}

function byAge(a: Run, b: Run): number {
  return a.finishedAt.localeCompare(b.finishedAt);
}
