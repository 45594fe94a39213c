/** AVIF headers (ISO/IEC 23000-22, on ISO/IEC 23008-12): sizes lie in `ispe` properties, turns in `irot`. */
import { FormatError } from "../errors.ts";
import type { Found } from "./header.ts";

/** The properties come before the pictures. */
const SEARCHED_BYTES = 65_536;
const ISPE = 0x69737065;
const IROT = 0x69726f74;

/** A file may name more; what it is stands among the first. */
const MOST_BRANDS = 32;

/** Whether a file names AVIF first, or among what it is compatible with, as libavif asks (avifFileTypeIsCompatible). */
export function isAvif(bytes: Uint8Array): boolean {
  const brands = brandsOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return brands.includes("avif") || brands.includes("avis");
}

/** The major brand and the compatible ones of a file of ISO/IEC 14496-12; none for other files. */
function brandsOf(view: DataView): string[] {
  const tag = (at: number) => (at + 4 <= view.byteLength ? String.fromCharCode(...bytesAt(view, at)) : "");
  if (tag(4) !== "ftyp") return [];
  const end = Math.min(view.getUint32(0), view.byteLength, 16 + 4 * MOST_BRANDS);
  const brands = [tag(8)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(tag(at));
  return brands;
}

function bytesAt(view: DataView, at: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, 4);
}

/**
 * The largest picture in the file counts: others are its thumbnail or its tiles.
 * @throws FormatError when it is a film or no size is found
 */
export function readAvif(view: DataView): Found {
  const brands = brandsOf(view);
  if (brands[0] === "avis" || !brands.includes("avif")) throw new FormatError({ code: "image/animated" });
  const { turned, ...size } = largestPicture(view);
  if (size.width === 0) throw new FormatError({ code: "image/damaged", type: "avif" });
  // Turned by a quarter as with EXIF's 6 or 8; which of the two is for the browser to know.
  return turned
    ? { width: size.height, height: size.width, orientation: 6, animated: false }
    : { ...size, orientation: 1, animated: false };
}

/** Of a HEIC too: its size before it is turned, 0 × 0 without one, and whether it is turned by a quarter. */
export function largestPicture(view: DataView) {
  let size = { width: 0, height: 0 };
  let turned = false;
  for (let at = 0; at + 16 <= Math.min(view.byteLength, SEARCHED_BYTES); at++) {
    const box = view.getUint32(at);
    if (box === IROT) turned = view.getUint8(at + 4) % 2 === 1;
    if (box !== ISPE) continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (found.width * found.height > size.width * size.height) size = found;
  }
  return { ...size, turned };
}
