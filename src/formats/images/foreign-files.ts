/** Files that people take for photos, told apart by what they begin with so that the page can say what to do. */
import { beginsLikeVideo } from "../../dataset/video-file.ts";
import type { ForeignCode } from "./errors.ts";
import { type ForeignPhoto, foreignPhoto } from "./foreign-photos.ts";

/** Beginnings, one character per byte. */
const BEGINNINGS: readonly (readonly [string, ForeignCode])[] = [
  ["\0\0\x01\0", "image/icon"],
  ["\0\0\x02\0", "image/icon"],
  ["\xff\x0a", "image/jpeg-xl"],
  ["\0\0\0\x0cJXL ", "image/jpeg-xl"],
  ["\0\0\0\x0cjP  ", "image/jpeg-2000"],
  ["8BPS", "image/photoshop"],
  ["%PDF", "image/pdf"],
  ["PK\x03\x04", "image/zip"],
  ["PK\x05\x06", "image/zip"],
];

const PHOTOS: Readonly<Record<ForeignPhoto, ForeignCode>> = {
  heic: "image/heic",
  tiff: "image/tiff",
  raw: "image/raw",
};

/** What text begins with, after comments and blanks. */
const MARKUP: readonly (readonly [RegExp, ForeignCode])[] = [
  [/^(<\?xml[^>]*>\s*)?<(svg[\s>]|!DOCTYPE svg)/i, "image/svg"],
  [/^<(!DOCTYPE html|html|head|body|script)[\s>]/i, "image/web-page"],
];

/** Bytes within which a drawing or page has begun. */
const SEARCHED_BYTES = 1024;

/** What the file is; null when it is nothing that is known here. */
export function foreignKind(bytes: Uint8Array): ForeignCode | null {
  const beginning = Array.from(bytes.subarray(0, SEARCHED_BYTES), (byte) => String.fromCharCode(byte)).join("");
  const photo = foreignPhoto(bytes);
  if (photo) return PHOTOS[photo];
  if (beginning.startsWith("ftyp", 4) || beginsLikeVideo(bytes)) return "image/video";
  const known = BEGINNINGS.find(([start]) => beginning.startsWith(start));
  if (known) return known[1];
  const markup = beginning
    .replace(/^\xef\xbb\xbf/, "")
    .replace(/<!--.*?-->/gs, "")
    .trim();
  return MARKUP.find(([pattern]) => pattern.test(markup))?.[1] ?? null;
}
