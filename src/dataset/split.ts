/** Which photos training learns from, which stop it, and which it never sees. */
import { bundlesOf } from "./bundles.ts";
import {
  type ClassId,
  type Dataset,
  type PhotoGroups,
  type PhotoId,
  type Sample,
  type Split,
  takesPart,
} from "./dataset.ts";
import { createRandom, hashSeed, shuffled } from "./random.ts";

export interface SplitShares {
  /** 0..1 of each class. */
  readonly validationShare: number;
  readonly testShare: number;
  readonly seed: number;
}

/** Photos that stay together. */
type Bundle = readonly Sample[];

/**
 * A split for every photo that takes part.
 *
 * What folders or people fixed stays. The rest is drawn class by class, so that every split has the classes in the same
 * proportions, and from the seed and the class's name, so that the same photos fall the same way in any order and a new
 * class moves no photo of another. A split that was fixed for any photo of a class is not drawn in that class again.
 * With three photos or more, every split with a share gets at least one; training is never left empty.
 *
 * Photos of one group or recording never straddle: they follow the one that is fixed to test, or else to validation, and
 * those that are fixed elsewhere take no part, for which they are left out of the result. A group with photos of several
 * classes is learned from.
 */
export function splitSamples(
  dataset: Dataset,
  shares: SplitShares,
  groups: PhotoGroups = [],
): ReadonlyMap<PhotoId, Split> {
  const splits = new Map<PhotoId, Split>();
  const assign = (split: Split, ...bundles: readonly Bundle[]) => {
    for (const bundle of bundles) for (const { photo } of bundle) splits.set(photo, split);
  };
  const drawable = new Map<ClassId, Bundle[]>(dataset.classes.map(({ id }) => [id, []]));
  const samples = dataset.samples.filter(takesPart);
  for (const bundle of bundlesOf(samples, groups)) {
    if (bundle.some(isFixedTo("test")))
      assign(
        "test",
        bundle.filter(({ fixedSplit }) => isFree(fixedSplit, "test")),
      );
    else if (bundle.some(isFixedTo("validation"))) assign("validation", bundle);
    else if (new Set(bundle.map(({ classId }) => classId)).size > 1) assign("train", bundle);
    else drawable.get(bundle[0]?.classId ?? "")?.push(bundle);
  }
  for (const { id, name } of dataset.classes) {
    const own = samples.filter(({ classId }) => classId === id);
    const wants = {
      validation: own.some(isFixedTo("validation")) ? 0 : shares.validationShare,
      test: own.some(isFixedTo("test")) ? 0 : shares.testShare,
    };
    const { train, validation, test } = draw(drawable.get(id) ?? [], wants, createRandom(shares.seed ^ hashSeed(name)));
    assign("train", ...train);
    assign("validation", ...validation);
    assign("test", ...test);
  }
  return splits;
}

function draw(
  bundles: readonly Bundle[],
  share: { validation: number; test: number },
  random: () => number,
): Record<Split, readonly Bundle[]> {
  // Folders that say `train` still lend validation photos when there is no validation folder, but no test photos.
  const [lenders, free] = [bundles.filter(isLender), bundles.filter((bundle) => !isLender(bundle))];
  const photos = bundles.reduce((sum, { length }) => sum + length, 0);
  const wanted = counts(photos, { validation: share.validation, test: free.length ? share.test : 0 });
  const [test, rest] = take(shuffled(free, random), wanted.test, bundles.length - 1);
  const [validation, train] = take(
    [...rest, ...shuffled(lenders, random)],
    wanted.validation,
    bundles.length - test.length - 1,
  );
  return { train, validation, test };
}

/** Bundles with together at most `photos` photos, but at least one bundle where any are wanted; and those that are left. */
function take(bundles: readonly Bundle[], photos: number, most: number): [Bundle[], Bundle[]] {
  const taken = new Set<Bundle>();
  let missing = photos;
  for (const bundle of bundles) {
    if (taken.size >= most || bundle.length > missing) continue;
    taken.add(bundle);
    missing -= bundle.length;
  }
  const [smallest] = bundles.toSorted((a, b) => a.length - b.length);
  if (photos > 0 && most > 0 && taken.size === 0 && smallest) taken.add(smallest);
  return [bundles.filter((bundle) => taken.has(bundle)), bundles.filter((bundle) => !taken.has(bundle))];
}

/** How many of `total` photos validation and test get. */
function counts(total: number, share: { validation: number; test: number }): { validation: number; test: number } {
  const wanted = (part: number) => (part === 0 ? 0 : Math.max(1, Math.round(total * part)));
  let validation = wanted(share.validation);
  let test = wanted(share.test);
  // One photo must stay for training; the larger part gives way, validation where they are equal.
  while (validation + test > 0 && validation + test >= total) {
    if (test > validation) test -= 1;
    else if (validation > 0) validation -= 1;
    else test -= 1;
  }
  return { validation, test };
}

function isLender(bundle: Bundle): boolean {
  return bundle.some(isFixedTo("train"));
}

function isFixedTo(split: Split): (sample: Sample) => boolean {
  return ({ fixedSplit }) => fixedSplit === split;
}

function isFree(fixed: Split | null, split: Split): boolean {
  return fixed === null || fixed === split;
}
