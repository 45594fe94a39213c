/** Whether more photos would help: classifiers that learn from parts of the photos, tried on photos that they have not seen. */
import type { ClassId, Sample } from "../../dataset/dataset.ts";
import { foldsOf } from "../../dataset/folds.ts";
import { portionOf } from "../../dataset/portion.ts";
import { predictedClass } from "../../evaluation/confusion.ts";
import { type MorePhotos, morePhotos, type PartTried } from "../../evaluation/more-photos.ts";
import { FEW_PHOTOS, FOLDS } from "../../training/search/budgets.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import { type HeldOut, predictHeldOut } from "../training/cross-validation.ts";
import type { SearchPhotos } from "./ground.ts";

export interface PartsRun extends Pick<HeldOut, "features" | "gather"> {
  readonly photos: Pick<SearchPhotos, "dataset" | "groups" | "labels">;
  readonly settings: TrainingSettings;
  /** Called after each classifier. */
  onPart(done: number, total: number): void;
  readonly signal: AbortSignal;
}

/** Of the photos that are learned from. */
const SHARES = [0.25, 0.5, 0.75, 1] as const;
/** Divisions of few photos: one says little. */
const DIVISIONS_OF_FEW = 3;

/** @throws EngineError when the loss is no number or the GPU is lost; AbortError when the signal aborts */
export async function tryParts(run: PartsRun): Promise<MorePhotos> {
  const { photos, settings, signal } = run;
  const { groups, labels } = photos;
  const { samples } = photos.dataset;
  const divisions = samples.length < FEW_PHOTOS ? DIVISIONS_OF_FEW : 1;
  const total = divisions * FOLDS * SHARES.length;
  const parts: PartTried[] = [];
  for (let fold = 0; fold < divisions * FOLDS; fold++) {
    const seed = settings.seed + Math.floor(fold / FOLDS);
    const folds = foldsOf(samples, FOLDS, seed, groups);
    const held = samples.filter(({ photo }) => folds.get(photo) === fold % FOLDS);
    const others = samples.filter(({ photo }) => folds.get(photo) !== fold % FOLDS);
    // Of very few photos, some folds have none.
    if (held.length === 0 || others.length === 0) continue;
    for (const share of SHARES) {
      run.onPart(parts.length, total);
      const learned = portionOf(others, share, { groups, seed });
      const predictions = await predictHeldOut({
        ...{ ...run, ...photos, settings, classes: labels.size, seed: settings.seed + fold, signal },
        ...{ learned, held },
      });
      const wrong = predictions.filter(({ actual, probabilities }) => predictedClass(probabilities) !== actual);
      parts.push({
        ...{ share, fold, learned: countsOf(learned, labels) },
        tested: tally(predictions, labels.size),
        mistakes: tally(wrong, labels.size),
      });
    }
  }
  return morePhotos(parts, countsOf(samples, labels), settings.seed);
}

function countsOf(samples: readonly Sample[], labels: ReadonlyMap<ClassId, number>): number[] {
  return tally(
    samples.map(({ classId }) => ({ actual: labels.get(classId) ?? -1 })),
    labels.size,
  );
}

function tally(photos: readonly { readonly actual: number }[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { actual } of photos) counts[actual] = (counts[actual] ?? 0) + 1;
  return counts;
}
