import type { ForeignPhoto } from "./foreign-photos.ts";
import type { ImageType } from "./header.ts";

/** Why a file is not taken as a photo. Sizes in pixels and bytes; the sentences call the file “it”. */
export type ImageFault =
  | { readonly code: "image/empty" }
  | { readonly code: "image/not-a-photo" }
  | { readonly code: "image/cut-short" }
  | { readonly code: "image/damaged"; readonly type: ImageType | ForeignPhoto }
  | { readonly code: "image/no-size" }
  | { readonly code: "image/animated" }
  | { readonly code: "image/too-many-bytes"; readonly bytes: number; readonly most: number }
  | {
      readonly code: "image/too-many-pixels";
      readonly width: number;
      readonly height: number;
      readonly megapixels: number;
    }
  | { readonly code: "image/side-too-long"; readonly width: number; readonly height: number; readonly most: number }
  /** A TIFF of a kind that is not read. @property variant what of it is not: its numbers, its colours or how it is packed */
  | { readonly code: "image/tiff-variant"; readonly variant: "numbers" | "colours" | "packing" }
  /** A camera's raw file in which no JPEG stands. */
  | { readonly code: "image/no-preview" }
  /** A burst or an animation. */
  | { readonly code: "image/heic-film" }
  | { readonly code: ForeignCode };

/** Files that people take for photos. */
export type ForeignCode =
  | "image/heic"
  | "image/video"
  | "image/tiff"
  | "image/raw"
  | "image/icon"
  | "image/jpeg-xl"
  | "image/jpeg-2000"
  | "image/photoshop"
  | "image/pdf"
  | "image/zip"
  | "image/svg"
  | "image/web-page";
