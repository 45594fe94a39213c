/** Cross-validation's parts. */
import { bundlesOf } from "./bundles.ts";
import type { ClassId, PhotoGroups, PhotoId, Sample } from "./dataset.ts";
import { createRandom, shuffled } from "./random.ts";

/**
 * A fold, 0 to `folds` − 1, for every sample: each class spread evenly over the folds, photos of one group or recording in
 * one fold. The same samples and seed give the same folds in any order.
 */
export function foldsOf(
  samples: readonly Sample[],
  folds: number,
  seed: number,
  groups: PhotoGroups = [],
): ReadonlyMap<PhotoId, number> {
  const result = new Map<PhotoId, number>();
  const loads = Array.from({ length: folds }, () => new Map<ClassId, number>());
  const totals = new Array<number>(folds).fill(0);
  // The largest first, while there is still room to balance them.
  const bundles = shuffled(bundlesOf(samples, groups), createRandom(seed)).sort((a, b) => b.length - a.length);
  for (const bundle of bundles) {
    const classIds = new Set(bundle.map(({ classId }) => classId));
    const load = (fold: number) => [...classIds].reduce((sum, id) => sum + (loads[fold]?.get(id) ?? 0), 0);
    const fold = loads.reduce((best, _, at) => {
      const gain = load(at) - load(best) || (totals[at] ?? 0) - (totals[best] ?? 0);
      return gain < 0 ? at : best;
    }, 0);
    for (const { photo, classId } of bundle) {
      result.set(photo, fold);
      loads[fold]?.set(classId, (loads[fold].get(classId) ?? 0) + 1);
    }
    totals[fold] = (totals[fold] ?? 0) + bundle.length;
  }
  return result;
}
