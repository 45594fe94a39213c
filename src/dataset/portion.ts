/** A part of some photos, as if fewer had been taken. */
import { bundlesOf } from "./bundles.ts";
import { type PhotoGroups, type Sample, UNSORTED } from "./dataset.ts";
import { grouped } from "./grouped.ts";
import { createRandom, shuffled } from "./random.ts";

/**
 * So large a share of each class, at least one photo, rounded up to whole groups and recordings. With the same seed a smaller
 * share is part of a larger one.
 *
 * @param share 0..1
 */
export function portionOf(
  samples: readonly Sample[],
  share: number,
  { groups, seed }: { readonly groups: PhotoGroups; readonly seed: number },
): readonly Sample[] {
  if (share >= 1) return samples;
  const bundles = shuffled(bundlesOf(samples, groups), createRandom(seed));
  const ofClasses = grouped(bundles, (bundle) => bundle[0]?.classId ?? UNSORTED);
  const taken = [...ofClasses.values()].flatMap((own) => {
    const wanted = share * own.reduce((sum, { length }) => sum + length, 0);
    let found = 0;
    return own.filter((bundle) => {
      if (found > 0 && found >= wanted) return false;
      found += bundle.length;
      return true;
    });
  });
  return taken.flat();
}
