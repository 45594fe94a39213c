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
  UNSORTED,
} from "./dataset.ts";
import { grouped } from "./grouped.ts";
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
 * classes is learned from; the shares are still those of the whole class, so its other photos make up for it.
 */
export function splitSamples(
  dataset: Dataset,
  shares: SplitShares,
  groups: PhotoGroups = [],
): ReadonlyMap<PhotoId, Split> {
  return drawSplits(dataset, shares, groups).splits;
}

/** A class that gets fewer test photos than the test share asks for. */
export interface TestShortfall {
  readonly classId: ClassId;
  /** Photos that the share asks for. */
  readonly wanted: number;
  /** Photos that can be tested on, fewer than `wanted`. */
  readonly found: number;
  /**
   * `like-other-classes`: near-duplicates of other classes' photos are learned from. `one-bundle`: all that could be drawn
   * is one group or recording. `fixed`: all are fixed to training or validation.
   */
  readonly reason: "like-other-classes" | "one-bundle" | "fixed";
}

/**
 * The classes that get fewer test photos than their share, in the order of the classes. That groups of near-duplicates
 * cannot be taken in parts, which may cost a class a few test photos of many, is not counted.
 */
export function testShortfalls(dataset: Dataset, shares: SplitShares, groups: PhotoGroups): readonly TestShortfall[] {
  return drawSplits(dataset, shares, groups).shortfalls;
}

interface Drawn {
  readonly splits: ReadonlyMap<PhotoId, Split>;
  readonly shortfalls: readonly TestShortfall[];
}

function drawSplits(dataset: Dataset, shares: SplitShares, groups: PhotoGroups): Drawn {
  const splits = new Map<PhotoId, Split>();
  const assign = (split: Split, ...bundles: readonly Bundle[]) => {
    for (const bundle of bundles) for (const { photo } of bundle) splits.set(photo, split);
  };
  const samples = dataset.samples.filter(takesPart);
  const drawable = grouped(assignBound(samples, groups, assign), (bundle) => bundle[0]?.classId ?? UNSORTED);
  const byClass = grouped(samples, ({ classId }) => classId);
  const shortfalls = dataset.classes.flatMap(({ id, name }): TestShortfall[] => {
    const own = byClass.get(id) ?? [];
    const bundles = drawable.get(id) ?? [];
    const learned = own.filter(({ photo }) => splits.get(photo) === "train");
    const share = {
      validation: own.some(isFixedTo("validation")) ? 0 : shares.validationShare,
      test: own.some(isFixedTo("test")) ? 0 : shares.testShare,
    };
    const { train, validation, test } = draw({
      bundles,
      learned: learned.length,
      share,
      random: createRandom(shares.seed ^ hashSeed(name)),
    });
    assign("train", ...train);
    assign("validation", ...validation);
    assign("test", ...test);
    const wanted = counts(learned.length + photosIn(bundles), share).test;
    const found = own.filter(({ photo }) => splits.get(photo) === "test").length;
    const reason = found < wanted ? reasonOf(bundles, learned, found) : null;
    return reason ? [{ classId: id, wanted, found, reason }] : [];
  });
  return { splits, shortfalls };
}

/** Assigns the bundles whose split is not drawn; gives the others, each of one class. */
function assignBound(
  samples: readonly Sample[],
  groups: PhotoGroups,
  assign: (split: Split, bundle: Bundle) => void,
): Bundle[] {
  return bundlesOf(samples, groups).filter((bundle) => {
    if (bundle.some(isFixedTo("test"))) {
      const free = bundle.filter(({ fixedSplit }) => isFree(fixedSplit, "test"));
      assign("test", free);
    } else if (bundle.some(isFixedTo("validation"))) assign("validation", bundle);
    else if (new Set(bundle.map(({ classId }) => classId)).size > 1) assign("train", bundle);
    else return true;
    return false;
  });
}

/** @param learned photos of the class that are in bundles with other classes */
function reasonOf(bundles: readonly Bundle[], learned: Bundle, found: number): TestShortfall["reason"] | null {
  if (learned.some(({ fixedSplit }) => fixedSplit === null)) return "like-other-classes";
  if (learned.length > 0 || bundles.some(isLender)) return "fixed";
  return found === 0 ? "one-bundle" : null;
}

interface Draw {
  readonly bundles: readonly Bundle[];
  /** Photos of the class that are learned from already. */
  readonly learned: number;
  /** 0..1 of all of them. */
  readonly share: HeldOut;
  readonly random: () => number;
}

/** Photos of a class, or their share, that are not learned from. */
interface HeldOut {
  readonly validation: number;
  readonly test: number;
}

function draw({ bundles, learned, share, random }: Draw): Record<Split, readonly Bundle[]> {
  // Folders that say `train` still lend validation photos when there is no validation folder, but no test photos.
  const [lenders, free] = [bundles.filter(isLender), bundles.filter((bundle) => !isLender(bundle))];
  const photos = photosIn(bundles);
  const spare = learned > 0 ? 0 : 1;
  const whole = counts(learned + photos, { validation: share.validation, test: free.length ? share.test : 0 });
  const wanted = atMost(whole, photos - spare);
  const [test, rest] = take(shuffled(free, random), wanted.test, bundles.length - spare);
  const [validation, train] = take(
    [...rest, ...shuffled(lenders, random)],
    wanted.validation,
    bundles.length - test.length - spare,
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

/** How many of `total` photos validation and test get; one photo stays for training. */
function counts(total: number, share: HeldOut): HeldOut {
  const wanted = (part: number) => (part === 0 ? 0 : Math.max(1, Math.round(total * part)));
  return atMost({ validation: wanted(share.validation), test: wanted(share.test) }, total - 1);
}

/** Where it is more than `most` photos in all, the larger part gives way, validation where they are equal. */
function atMost({ validation, test }: HeldOut, most: number): HeldOut {
  while (validation + test > Math.max(0, most)) {
    if (test > validation) test -= 1;
    else validation -= 1;
  }
  return { validation, test };
}

function photosIn(bundles: readonly Bundle[]): number {
  return bundles.reduce((sum, { length }) => sum + length, 0);
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
