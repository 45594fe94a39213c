/** AVIF headers (ISO/IEC 23000-22, on ISO/IEC 23008-12): sizes lie in `ispe` properties, turns in `irot`. */
import { FormatError } from "../errors.ts";
import type { Found, Tag } from "./header.ts";

/** The properties come before the pictures. */
const SEARCHED_BYTES = 65_536;
const ISPE = 0x69737065;
const IROT = 0x69726f74;

/**
 * The largest picture in the file counts: others are its thumbnail or its tiles.
 * @throws FormatError when it is a film or no size is found
 */
export function readAvif(view: DataView, tag: Tag): Found {
  if (tag(8) === "avis") throw new FormatError({ code: "image/animated" });
  let size = { width: 0, height: 0 };
  let turned = false;
  for (let at = 0; at + 16 <= Math.min(view.byteLength, SEARCHED_BYTES); at++) {
    const box = view.getUint32(at);
    if (box === IROT) turned = view.getUint8(at + 4) % 2 === 1;
    if (box !== ISPE) continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (found.width * found.height > size.width * size.height) size = found;
  }
  if (size.width === 0) throw new FormatError({ code: "image/damaged", type: "avif" });
  // Turned by a quarter as with EXIF's 6 or 8; which of the two is for the browser to know.
  return turned
    ? { width: size.height, height: size.width, orientation: 6, animated: false }
    : { ...size, orientation: 1, animated: false };
}
