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
  /** How its probabilities were corrected; left out where they were not. */
  readonly calibration?: RunCalibration;
  /** When its classifier answers “none of these”; left out where it never does. */
  readonly rejection?: RunRejection;
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

/** Temperature scaling by the validation photos. */
export interface RunCalibration {
  /** What logits are divided by, > 0. */
  readonly temperature: number;
  /** How many validation photos there were. */
  readonly photos: number;
}

export interface RunRejection {
  /** The share of photos of its own classes that the threshold was set to turn away, 0..1. */
  readonly falseRejects: number;
  /** How many photos set it, by classifiers that had not seen them. */
  readonly heldOut: number;
  /** How many test photos there were, and how many of them it turns away. */
  readonly tested: number;
  readonly turnedAway: number;
}

/** Its classifier, without weights. */
export interface RunClassifier {
  /** The project's when it was trained. */
  readonly name: string;
  readonly inputSize: Pick<Preprocessing, "height" | "width">;
  readonly crop: Preprocessing["crop"];
  readonly parameters: number;
  /** Whether it answers “none of these”; left out where it never does. */
  readonly rejects?: true;
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

/** What a project keeps of runs; when there is more, the oldest unpinned ones go. */
export const RUN_LIMITS = {
  runs: 50,
  /**
   * Of weights that one run alone has, as those of a fine-tuned base model, in bytes. With the predictions of fifty runs of
   * ten thousand photos, about 7 MB, that stays under 40 MB beside the base model, which all runs share.
   */
  weights: 30_000_000,
};

/** The bytes of each large array of a classifier's weights, by what identifies the array. */
export type WeightSizes = ReadonlyMap<string, number>;

/**
 * The runs to forget when there are too many or their weights take too much room. Deleted runs go before all others, then
 * the oldest. For room only runs go that take more than a fair share of it, so that a few fine-tuned runs do not cost many
 * others. The newest run and pinned ones stay.
 *
 * @param weights of the runs that have any; what several runs share counts for none of them
 */
export function runsToForget(
  runs: readonly Run[],
  weights: ReadonlyMap<RunId, WeightSizes> = new Map(),
  limits = RUN_LIMITS,
): readonly Run[] {
  const [newest] = runs.toSorted((a, b) => b.finishedAt.localeCompare(a.finishedAt));
  const inOrder = runs
    .filter((run) => run !== newest && (!run.pinned || run.deletedAt !== null))
    .sort((a, b) => Number(b.deletedAt !== null) - Number(a.deletedAt !== null) || byAge(a, b));
  const forgotten = new Set(inOrder.slice(0, Math.max(0, runs.length - limits.runs)));
  const fairShare = limits.weights / limits.runs;
  for (;;) {
    const own = ownBytes(
      runs.filter((run) => !forgotten.has(run)),
      weights,
    );
    if (sum(own.values()) <= limits.weights) break;
    const next = inOrder.find((run) => (own.get(run.id) ?? 0) > fairShare);
    if (!next) break;
    forgotten.add(next);
  }
  return inOrder.filter((run) => forgotten.has(run));
}

/** How many bytes of weights each run has that no other has. */
function ownBytes(runs: readonly Run[], weights: ReadonlyMap<RunId, WeightSizes>): ReadonlyMap<RunId, number> {
  const users = new Map<string, number>();
  for (const { id } of runs) {
    for (const array of weights.get(id)?.keys() ?? []) users.set(array, (users.get(array) ?? 0) + 1);
  }
  return new Map(
    runs.map(({ id }) => {
      const alone = [...(weights.get(id) ?? [])].filter(([array]) => users.get(array) === 1);
      return [id, sum(alone.map(([, bytes]) => bytes))];
    }),
  );
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function byAge(a: Run, b: Run): number {
  return a.finishedAt.localeCompare(b.finishedAt);
}
