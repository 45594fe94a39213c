import type { PhotoId } from "../../dataset/dataset.ts";
import type { HeatMap } from "../../evaluation/heat-map.ts";
import type { Region } from "../../network/input-region.ts";

/** Which places of a photo count for a class. */
export interface Explanation {
  /** In class order. */
  readonly probabilities: readonly number[];
  /** Whether the photo is none of the classes; always false for a classifier that does not tell. */
  readonly isUnknown: boolean;
  /** Place of the class that the map is for. */
  readonly place: number;
  readonly map: HeatMap;
  /** Of the photo, upright, in pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** The part of the photo that the map covers, in its pixels. */
  readonly region: Region;
}

/** Why the classifier in use says what it says. */
export interface ExplainDoor {
  /** Of a photo that is kept or of one that is not, for its most probable class. @throws CodedError when it cannot be read */
  explainPhoto(photo: PhotoId | Blob): Promise<Explanation>;
  /** Of a camera frame. The bitmap is transferred. */
  explainFrame(frame: ImageBitmap, mirrored: boolean): Promise<Explanation>;
}
