/** What a look through a dataset found. Nothing is changed by it. */
import type { ClassId, PhotoGroups, PhotoId, SuspicionKind } from "./dataset.ts";

/** One reason to look at one photo. */
export interface Suspicion {
  readonly kind: SuspicionKind;
  readonly photo: PhotoId;
  /** How much it is worth a look, 0..1; comparable between kinds. */
  readonly score: number;
  /** `label`: the class that it looks like, with its probability; null for other kinds. */
  readonly suggestion: { readonly classId: ClassId; readonly probability: number } | null;
  /** `duplicate` and `leak`: the photos that it is like, the likest first; empty for other kinds. */
  readonly others: readonly PhotoId[];
}

/** What a model that never saw a photo's label says of it. */
export interface AuditPrediction {
  readonly photo: PhotoId;
  /** The most probable class. */
  readonly classId: ClassId;
  /** 0..1 */
  readonly probability: number;
}

export interface AuditReport {
  /** The most suspicious first. */
  readonly suspicions: readonly Suspicion[];
  readonly groups: PhotoGroups;
  /** Every photo that could be read, unsorted ones too. Empty without two classes to tell apart. */
  readonly predictions: readonly AuditPrediction[];
}
