/** Files that people take for photos, named by what they begin with so that the message can say what to do. */

const HEIC = "It is a HEIC photo, which browsers cannot read. Save or export it as a JPEG.";
const MEDIUM = "It is a video or another medium, not a photo. Use JPEG, PNG, WebP, GIF, BMP or AVIF.";
const TIFF = "It is a TIFF or a camera's raw file, which browsers cannot read. Save it as a JPEG or PNG.";
const ICON = "It is an icon, not a photo. Save it as a PNG.";
const JPEG_XL = "It is a JPEG XL photo, which few browsers can read. Save it as a JPEG or PNG.";
const ZIP = "It is a zip, not a photo. Add it by itself, or unpack it and add what it holds.";
const SVG = "It is an SVG drawing, not a photo: it may run programs, so it is not opened. Save it as a PNG.";
const PAGE = "It is a web page, not a photo. Download the picture itself.";

/** Beginnings, a character a byte. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ["II*\0", TIFF],
  ["MM\0*", TIFF],
  ["II+\0", TIFF],
  ["MM\0+", TIFF],
  ["\0\0\x01\0", ICON],
  ["\0\0\x02\0", ICON],
  ["\xff\x0a", JPEG_XL],
  ["\0\0\0\x0cJXL ", JPEG_XL],
  ["\0\0\0\x0cjP  ", "It is a JPEG 2000 photo, which browsers cannot read. Save it as a JPEG or PNG."],
  ["8BPS", "It is a Photoshop file. Save it as a JPEG or PNG."],
  ["%PDF", "It is a PDF, not a photo. Save its pictures as JPEG or PNG."],
  ["PK\x03\x04", ZIP],
  ["PK\x05\x06", ZIP],
];

/** What text begins with, after comments and blanks. */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/^(<\?xml[^>]*>\s*)?<(svg[\s>]|!DOCTYPE svg)/i, SVG],
  [/^<(!DOCTYPE html|html|head|body|script)[\s>]/i, PAGE],
];

/** Bytes within which a drawing or page has begun. */
const SEARCHED_BYTES = 1024;

/** What the file is and what to do, as sentences; null when it is nothing that is known here. */
export function foreignKind(bytes: Uint8Array): string | null {
  const beginning = Array.from(bytes.subarray(0, SEARCHED_BYTES), (byte) => String.fromCharCode(byte)).join("");
  if (beginning.startsWith("ftyp", 4)) {
    return /^(hei[cxms]|hev[cx]|mif1|msf1)/.test(beginning.slice(8)) ? HEIC : MEDIUM;
  }
  const known = BEGINNINGS.find(([start]) => beginning.startsWith(start));
  if (known) return known[1];
  const markup = beginning
    .replace(/^\xef\xbb\xbf/, "")
    .replace(/<!--.*?-->/gs, "")
    .trim();
  return MARKUP.find(([pattern]) => pattern.test(markup))?.[1] ?? null;
}
