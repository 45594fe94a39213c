/** Which photos training learns from, which stop it, and which it never sees. */
import type { Dataset, PhotoId, Sample, Split } from "./dataset.ts";
import { createRandom, hashSeed, shuffled } from "./random.ts";

export interface SplitShares {
  /** 0..1 of each class. */
  readonly validationShare: number;
  readonly testShare: number;
  readonly seed: number;
}

/**
 * A split for every photo.
 *
 * What the folders fixed stays. The rest is drawn class by class, so that every split has the classes in the same
 * proportions, and from the seed and the class's name, so that the same photos fall the same way in any order and a new
 * class moves no photo of another. A split that folders filled in any class is not drawn in that class again.
 * With three photos or more, every split with a share gets at least one; training is never left empty.
 */
export function splitSamples(dataset: Dataset, shares: SplitShares): ReadonlyMap<PhotoId, Split> {
  const splits = new Map<PhotoId, Split>();
  for (const { id, name } of dataset.classes) {
    const samples = dataset.samples.filter(({ classId }) => classId === id);
    for (const [photo, split] of splitClass(samples, shares, hashSeed(name))) splits.set(photo, split);
  }
  return splits;
}

function splitClass(samples: readonly Sample[], shares: SplitShares, classSeed: number): [PhotoId, Split][] {
  const fixed = samples.flatMap(({ photo, fixedSplit }): [PhotoId, Split][] =>
    fixedSplit === "validation" || fixedSplit === "test" ? [[photo, fixedSplit]] : [],
  );
  const has = (split: Split) => fixed.some(([, each]) => each === split);
  // Folders that say `train` still lend validation photos when there is no validation folder, but no test photos.
  const lenders = samples.filter(({ fixedSplit }) => fixedSplit === "train").map(({ photo }) => photo);
  const free = samples.filter(({ fixedSplit }) => fixedSplit === null).map(({ photo }) => photo);
  const random = createRandom(shares.seed ^ classSeed);
  const order = (photos: readonly PhotoId[]) => shuffled(photos.toSorted(), random);

  const drawable = lenders.length + free.length;
  const [validation, test] = counts(drawable, {
    validation: has("validation") ? 0 : shares.validationShare,
    test: has("test") || free.length === 0 ? 0 : shares.testShare,
  });
  const shuffledFree = order(free);
  const testPhotos = shuffledFree.slice(0, test);
  const rest = [...shuffledFree.slice(testPhotos.length), ...order(lenders)];
  return [
    ...fixed,
    ...testPhotos.map((photo): [PhotoId, Split] => [photo, "test"]),
    ...rest.map((photo, at): [PhotoId, Split] => [photo, at < validation ? "validation" : "train"]),
  ];
}

/** How many of `total` photos validation and test get. */
function counts(total: number, share: { validation: number; test: number }): [number, number] {
  const wanted = (part: number) => (part === 0 ? 0 : Math.max(1, Math.round(total * part)));
  let validation = wanted(share.validation);
  let test = wanted(share.test);
  // One photo must stay for training; the larger part gives way, validation where they are equal.
  while (validation + test > 0 && validation + test >= total) {
    if (test > validation) test -= 1;
    else if (validation > 0) validation -= 1;
    else test -= 1;
  }
  return [validation, test];
}
