/** JPEG headers: ITU T.81 annex B. */
import { FormatError } from "../errors.ts";
import { exifOrientation, uprightSize } from "./exif.ts";
import type { Found, Tag } from "./header.ts";

/** A second SOI, EOI and SOS: the frame header should have come before. */
const AFTER_THE_HEADER = new Set([0xd8, 0xd9, 0xda]);
/** TEM and RST0..RST7 stand alone: no length follows them. */
const STANDALONE = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7]);

/**
 * Walks the segments to the frame header. Of several EXIF segments the first counts, as in browsers. Stray bytes between
 * segments are passed over, as libjpeg does (`next_marker` in jdmarker.c).
 */
export function readJpeg(view: DataView, tag: Tag): Found {
  let orientation: number | null = null;
  for (let at = 2; ; ) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0;
    if (marker === 0 || marker === 0xff) {
      at += 1;
      continue;
    }
    if (STANDALONE.has(marker)) {
      at += 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === 0xe1 && orientation === null && tag(at + 4) === "Exif") {
      orientation = exifOrientation(view, at + 10, Math.min(end, view.byteLength));
    }
    // SOF0..SOF15, without DHT (C4), JPG (C8) and DAC (CC).
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const turned = orientation ?? 1;
      return { ...uprightSize(width, height, turned), orientation: turned, animated: false };
    }
    if (AFTER_THE_HEADER.has(marker) || end < at + 4) damaged();
    at = end;
  }
}

function damaged(): never {
  throw new FormatError({ code: "image/damaged", type: "jpeg" });
}
