/** Sorting photos that have no class: their order, their suggestions, and accepting many suggestions at once. */
import type { AuditPrediction } from "./audit.ts";
import { type ClassId, type Dataset, type PhotoId, type Sample, UNSORTED } from "./dataset.ts";
import { grouped } from "./grouped.ts";
import type { Move } from "./review.ts";

/** `unsure`: the least certain suggestions first; `sure`: the most certain first; `given`: as the photos came. */
export type SortOrder = "unsure" | "sure" | "given";

export interface Waiting {
  readonly sample: Sample;
  /** The class that it looks like, with its probability, 0..1; null when no prediction is known. */
  readonly suggestion: { readonly classId: ClassId; readonly probability: number } | null;
}

/**
 * The photos that wait to be sorted. Least certain first is the least-confidence sampling of active learning (Lewis & Gale
 * 1994): with two classes the same order as by margin or entropy. Photos without a suggestion come last, or as they came.
 */
export function waitingPhotos(dataset: Dataset, predictions: readonly AuditPrediction[], order: SortOrder): Waiting[] {
  const classes = new Set(dataset.classes.map(({ id }) => id));
  const known = new Map(predictions.filter(({ classId }) => classes.has(classId)).map((each) => [each.photo, each]));
  const waiting = dataset.samples
    .filter(({ classId, excluded }) => classId === UNSORTED && !excluded)
    .map((sample): Waiting => {
      const found = known.get(sample.photo);
      return { sample, suggestion: found ? { classId: found.classId, probability: found.probability } : null };
    });
  if (order === "given") return waiting;
  const sign = order === "sure" ? -1 : 1;
  const rank = ({ suggestion }: Waiting) => (suggestion ? sign * suggestion.probability : Number.POSITIVE_INFINITY);
  return waiting.toSorted((a, b) => compare(rank(a), rank(b)));
}

/** The photos by the class that each looks like, null for none: in the classes' order, none last. */
export function bySuggestion(waiting: readonly Waiting[], dataset: Dataset): [ClassId | null, Waiting[]][] {
  const found = grouped(waiting, ({ suggestion }) => suggestion?.classId ?? null);
  return [...dataset.classes.map(({ id }) => id), null].flatMap((id): [ClassId | null, Waiting[]][] => {
    const photos = found.get(id);
    return photos ? [[id, photos]] : [];
  });
}

/**
 * Whether a sweep accepts the suggestion of a photo: it has at least this probability, 0..1.
 * For photos in `flipped`, which were chosen by hand, it is the other way round.
 */
export function isSwept({ sample, suggestion }: Waiting, threshold: number, flipped: ReadonlySet<PhotoId>): boolean {
  return suggestion !== null && suggestion.probability >= threshold !== flipped.has(sample.photo);
}

/** The moves of a sweep. */
export function sweep(waiting: readonly Waiting[], threshold: number, flipped: ReadonlySet<PhotoId>): Move[] {
  return waiting
    .filter((each) => isSwept(each, threshold, flipped))
    .flatMap(({ sample, suggestion }) => (suggestion ? [{ photo: sample.photo, classId: suggestion.classId }] : []));
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
