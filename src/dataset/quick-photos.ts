/** The photos that the quick guess learns from. */
import { type ClassId, type Dataset, type PhotoId, type Sample, takesPart } from "./dataset.ts";
import { grouped } from "./grouped.ts";

/** A photo with the class that it is learned as. */
export interface QuickPhoto {
  readonly photo: PhotoId;
  readonly classId: ClassId;
}

/** As many photos make a class. */
const FEWEST = 3;

/**
 * Photos of the classes that have enough, the first of each class first, then the second of each, and so on: the sooner
 * all classes are known, the sooner there is an answer. Empty without two such classes.
 *
 * Photos that are excluded, unsorted or fixed to testing are not learned from. Of more than `most`, small classes give all,
 * and the others as many as there is room for: those with the smallest ids, which are hashes and so as good as drawn, and
 * the same again when photos are added.
 */
export function quickPhotos({ classes, samples }: Dataset, most: number): QuickPhoto[] {
  const learnable = samples.filter((sample) => takesPart(sample) && sample.fixedSplit !== "test");
  const byClass = grouped(enoughOf(learnable), ({ classId }) => classId);
  const quota = quotaOf(
    [...byClass.values()].map(({ length }) => length),
    most,
  );
  const chosen = classes.map(({ id }) => {
    const photos = byClass.get(id) ?? [];
    return photos.length > quota ? photos.toSorted(byId).slice(0, quota) : photos;
  });
  return inTurns(chosen).map(({ photo, classId }) => ({ photo, classId }));
}

/** The photos of classes that have enough of them; none without two such classes. */
export function enoughOf<Photo extends QuickPhoto>(photos: readonly Photo[]): Photo[] {
  const byClass = grouped(photos, ({ classId }) => classId);
  const large = [...byClass.values()].filter(({ length }) => length >= FEWEST).length;
  return large < 2 ? [] : photos.filter(({ classId }) => (byClass.get(classId)?.length ?? 0) >= FEWEST);
}

/** Photos that a class may have at most, so that all together have no more than `most`; `FEWEST` at least. */
function quotaOf(sizes: readonly number[], most: number): number {
  let room = most;
  const ascending = sizes.toSorted((a, b) => a - b);
  for (const [at, size] of ascending.entries()) {
    const share = Math.floor(room / (ascending.length - at));
    if (size > share) return Math.max(FEWEST, share);
    room -= size;
  }
  return most;
}

function inTurns(lists: readonly (readonly Sample[])[]): Sample[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}

function byId(one: Sample, other: Sample): number {
  return one.photo < other.photo ? -1 : 1;
}
