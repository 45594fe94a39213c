/** Which photos of a batch the table shows, and in which order. */
import type { BatchPhoto } from "../../store/batch.ts";

/** Shares that a confidence may be asked to lie in, from `low` to below `high`. */
export const CONFIDENCES = {
  any: { low: 0, high: Number.POSITIVE_INFINITY },
  below50: { low: 0, high: 0.5 },
  below70: { low: 0, high: 0.7 },
  below90: { low: 0, high: 0.9 },
  from90: { low: 0.9, high: Number.POSITIVE_INFINITY },
} as const;
export type Confidence = keyof typeof CONFIDENCES;

export interface BatchFilter {
  /** Place of the class that a photo is called; null for every class, and for photos without an answer. */
  readonly place: number | "unknown" | null;
  readonly confidence: Confidence;
  /** Only photos that are called another class than their own. */
  readonly misjudged: boolean;
}

export const EVERYTHING: BatchFilter = { place: null, confidence: "any", misjudged: false };

export type SortColumn = "file" | "predicted" | "confidence" | "own";

export interface BatchOrder {
  readonly column: SortColumn;
  readonly descending: boolean;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** The most probable class of a photo; null where it has no answer. */
export function predictionOf({ outcome }: BatchPhoto): { readonly place: number; readonly probability: number } | null {
  return "best" in outcome ? (outcome.best[0] ?? null) : null;
}

/** Whether a photo is called none of the classes. */
export function isUnknown({ outcome }: BatchPhoto): boolean {
  return "best" in outcome && outcome.isUnknown;
}

/** Whether a photo is called another class than its own, as far as that is known. */
export function isMisjudged(photo: BatchPhoto): boolean {
  const predicted = predictionOf(photo);
  return predicted !== null && photo.actual !== null && photo.actual !== predicted.place;
}

/** @param names of the classes, as they are called today */
export function shownRows(
  photos: readonly BatchPhoto[],
  { place, confidence, misjudged }: BatchFilter,
  { column, descending }: BatchOrder,
  names: readonly string[],
): BatchPhoto[] {
  const { low, high } = CONFIDENCES[confidence];
  const shown = photos.filter((photo) => {
    const predicted = predictionOf(photo);
    if (place === "unknown" ? !isUnknown(photo) : place !== null && predicted?.place !== place) return false;
    if (confidence !== "any" && !(predicted && predicted.probability >= low && predicted.probability < high))
      return false;
    return !misjudged || isMisjudged(photo);
  });
  const compare = comparison(column, names);
  const sign = descending ? -1 : 1;
  // Equal ones stay in the order of the files, whichever was classified first.
  return shown.sort((a, b) => sign * compare(a, b) || a.id - b.id);
}

function comparison(column: SortColumn, names: readonly string[]): (a: BatchPhoto, b: BatchPhoto) => number {
  const predicted = (photo: BatchPhoto) => names[predictionOf(photo)?.place ?? -1] ?? "";
  const own = ({ actual, className }: BatchPhoto) => (actual === null ? (className ?? "") : (names[actual] ?? ""));
  const confidence = (photo: BatchPhoto) => predictionOf(photo)?.probability ?? -1;
  if (column === "confidence") return (a, b) => confidence(a) - confidence(b);
  const text = column === "file" ? ({ path }: BatchPhoto) => path : column === "own" ? own : predicted;
  return (a, b) => collator.compare(text(a), text(b));
}
