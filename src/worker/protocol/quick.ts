import type { ClassId, PhotoId } from "../../dataset/dataset.ts";
import type { QuickPhoto } from "../../dataset/quick-photos.ts";
import type { TrainingSettings } from "../../training/settings.ts";

/** What to learn from for answers while photos are still being collected. */
export interface QuickRequest {
  /** The sooner a photo comes, the sooner it is embedded; see `quickPhotos`. */
  readonly learn: readonly QuickPhoto[];
  /** A photo to say something of, whether or not it is learned from; null for none. */
  readonly about: PhotoId | null;
  readonly baseModelId: string;
  readonly settings: TrainingSettings;
}

/** How sure the quick head is of each class. */
export interface QuickAnswer {
  readonly classIds: readonly ClassId[];
  /** Of each of these classes, sum 1. */
  readonly probabilities: readonly number[];
}

export interface QuickStep {
  /** Photos that have no embedding yet, of those to learn from. */
  readonly left: number;
  /** Photos that were embedded in this step, and how long the base model took for them. */
  readonly embedded: { readonly photos: number; readonly ms: number };
  /** Whether there is a quick head now. */
  readonly answers: boolean;
  /** What it says of the photo asked about; null where it says nothing. */
  readonly about: QuickAnswer | null;
}

/** Answers while photos are still being collected, by a head that is not tested and not kept. */
export interface QuickDoor {
  /**
   * Embeds the next few photos that need it and fits the quick head to those that are embedded, where they are enough.
   * To be asked again while photos are left.
   */
  learnQuickly(request: QuickRequest, signal: AbortSignal): Promise<QuickStep>;
  /** What the quick head says of a camera frame; null while there is none. The bitmap is transferred. */
  guessFrame(frame: ImageBitmap, mirrored: boolean): Promise<QuickAnswer | null>;
  /**
   * What the quick head says of a photo; null while there is none, or when the photo cannot be read. Of one that it learned
   * from, what it would say had it not.
   */
  guessPhoto(photo: PhotoId): Promise<QuickAnswer | null>;
}
