/** JPEG headers: ITU T.81 annex B for the segments, EXIF 2.32 for the orientation. */
import { FormatError } from "../errors.ts";
import type { Found, Tag } from "./header.ts";

const EXIF_TAG_ORIENTATION = 0x0112;
const SHORT = 3;
const LITTLE_ENDIAN = 0x4949;
const BIG_ENDIAN = 0x4d4d;

/** Walks the segments to the frame header. Of several EXIF segments the first counts, as in browsers. */
export function readJpeg(view: DataView, tag: Tag): Found {
  let orientation: number | null = null;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) damaged();
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === 0xe1 && orientation === null && tag(at + 4) === "Exif") {
      orientation = exifOrientation(view, at + 10, Math.min(end, view.byteLength));
    }
    // SOF0..SOF15, without DHT (C4), JPG (C8) and DAC (CC).
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const upright = orientation !== null && orientation > 4 ? { width: height, height: width } : { width, height };
      return { ...upright, orientation: orientation ?? 1, animated: false };
    }
    if (marker === 0xda || end < at + 4) damaged();
    at = end;
  }
}

/** 1..8, or 1 when the TIFF header at `start` holds none or is damaged: EXIF is optional, and the photo is taken as it is. */
function exifOrientation(view: DataView, start: number, end: number): number {
  if (start + 8 > end) return 1;
  const order = view.getUint16(start);
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) return 1;
  const little = order === LITTLE_ENDIAN;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > end) return 1;
    if (view.getUint16(entry, little) !== EXIF_TAG_ORIENTATION) continue;
    const value = view.getUint16(entry + 8, little);
    return view.getUint16(entry + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function damaged(): never {
  throw new FormatError({ code: "image/damaged", type: "jpeg" });
}
