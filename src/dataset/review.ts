/** What is still true of a look through a dataset after the dataset has changed. */
import type { AuditReport, Suspicion } from "./audit.ts";
import type { ClassId, Dataset, PhotoId, Sample } from "./dataset.ts";

/**
 * The suspicions that still hold, in the report's order. Left out are those of photos that were deleted, excluded or
 * cleared; of labels and outliers whose class has changed; and of leaks whose split has changed. Photos that were deleted or
 * excluded are also removed from `others`. For the old dataset, all suspicions hold again.
 *
 * @param then the dataset that was looked at
 */
export function openSuspicions({ suspicions }: AuditReport, then: Dataset, now: Dataset): Suspicion[] {
  const before = samplesById(then);
  const samples = samplesById(now);
  const classes = new Set(now.classes.map(({ id }) => id));
  const isHere = (photo: PhotoId) => samples.get(photo)?.excluded === false;
  const hasItsSplit = (photo: PhotoId) => samples.get(photo)?.fixedSplit === before.get(photo)?.fixedSplit;
  const hasItsClass = (photo: PhotoId) => samples.get(photo)?.classId === before.get(photo)?.classId;

  return suspicions.flatMap((suspicion) => {
    const { kind, photo, suggestion } = suspicion;
    if (!isHere(photo) || samples.get(photo)?.cleared.includes(kind)) return [];
    switch (kind) {
      case "label":
        return hasItsClass(photo) && suggestion && classes.has(suggestion.classId) ? [suspicion] : [];
      case "outlier":
        return hasItsClass(photo) ? [suspicion] : [];
      case "duplicate":
        return stillLike(suspicion, isHere);
      case "leak":
        return hasItsSplit(photo) ? stillLike(suspicion, (other) => isHere(other) && hasItsSplit(other)) : [];
      default:
        return [suspicion];
    }
  });
}

/** How many photos are new, deleted, in another class, or excluded or included since: a new look may find more about them. */
export function changedSince(then: Dataset, now: Dataset): number {
  const before = samplesById(then);
  const kept = now.samples.filter(({ photo }) => before.has(photo));
  const changed = kept.filter(({ photo, classId, excluded }) => {
    const old = before.get(photo);
    return old?.classId !== classId || old.excluded !== excluded;
  });
  return changed.length + (now.samples.length - kept.length) + (then.samples.length - kept.length);
}

/** Whether any photo of a dataset is still there: otherwise a look through the old dataset says nothing about the new one. */
export function sharesPhotos(then: Dataset, now: Dataset): boolean {
  const here = new Set(now.samples.map(({ photo }) => photo));
  return then.samples.some(({ photo }) => here.has(photo));
}

/** A photo's move to a class. */
export interface Move {
  readonly photo: PhotoId;
  readonly classId: ClassId;
}

/** The moves that the label suspicions suggest with at least this probability, 0..1. */
export function sureMoves(suspicions: readonly Suspicion[], threshold: number): Move[] {
  return suspicions.flatMap(({ kind, photo, suggestion }) =>
    kind === "label" && suggestion && suggestion.probability >= threshold
      ? [{ photo, classId: suggestion.classId }]
      : [],
  );
}

function stillLike(suspicion: Suspicion, isLike: (photo: PhotoId) => boolean): Suspicion[] {
  const others = suspicion.others.filter(isLike);
  if (others.length === suspicion.others.length) return [suspicion];
  return others.length ? [{ ...suspicion, others }] : [];
}

function samplesById({ samples }: Dataset): Map<PhotoId, Sample> {
  return new Map(samples.map((sample) => [sample.photo, sample]));
}
