/** What an image file says of itself in its header, read without decoding it. */
import { FormatError } from "../errors.ts";
import { isAvif, readAvif } from "./avif.ts";
import { exifOrientation, uprightSize } from "./exif.ts";
import { foreignKind } from "./foreign-files.ts";
import { readJpeg } from "./jpeg.ts";

export interface ImageHeader {
  readonly type: ImageType;
  /** Pixels, upright: a JPEG that its EXIF orientation turns by 90° has them swapped. */
  readonly width: number;
  readonly height: number;
  /** EXIF's, 1..8; 1 is upright. */
  readonly orientation: number;
  readonly animated: boolean;
}

export type ImageType = "jpeg" | "png" | "gif" | "webp" | "bmp" | "avif";

/** A few bytes of the file as text, four unless told. */
export type Tag = (at: number, length?: number) => string;

const MAX_MEGAPIXELS = 100;
/** Browsers draw nothing that is wider or higher. */
const MAX_SIDE = 32_767;
const MAX_BYTES = 200e6;

/**
 * Looks whether a file is a photo that the app takes.
 *
 * @throws FormatError when it is empty, no image, animated or larger than 100 megapixels
 */
export function checkPhoto(bytes: Uint8Array): ImageHeader {
  const header = inspectImage(bytes);
  const { width, height } = header;
  if (width < 1 || height < 1) throw new FormatError({ code: "image/no-size" });
  if (width * height > MAX_MEGAPIXELS * 1e6) {
    throw new FormatError({ code: "image/too-many-pixels", width, height, megapixels: MAX_MEGAPIXELS });
  }
  if (Math.max(width, height) > MAX_SIDE) {
    throw new FormatError({ code: "image/side-too-long", width, height, most: MAX_SIDE });
  }
  if (header.animated) throw new FormatError({ code: "image/animated" });
  return header;
}

/** Looks at a file before it is read into memory. @throws FormatError when it is too large for a photo */
export function checkPhotoSize(bytes: number): void {
  if (bytes > MAX_BYTES) throw new FormatError({ code: "image/too-many-bytes", bytes, most: MAX_BYTES });
}

/**
 * What a file is by the bytes that it begins with, of which 16 are enough for all but an AVIF whose first brand is another;
 * null when it is no image that is known here.
 */
export function imageType(bytes: Uint8Array): ImageType | null {
  const tag = tagsOf(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpeg";
  if (tag(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (tag(0, 4) === "GIF8") return "gif";
  if (tag(0) === "RIFF" && tag(8) === "WEBP") return "webp";
  if (tag(0, 2) === "BM") return "bmp";
  if (isAvif(bytes)) return "avif";
  return null;
}

/** @throws FormatError when the bytes are no image that is known here, or end within their header */
export function inspectImage(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw new FormatError({ code: "image/empty" });
  const type = imageType(bytes);
  if (type === null) throw new FormatError({ code: foreignKind(bytes) ?? "image/not-a-photo" });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = { jpeg: readJpeg, png: readPng, gif: readGif, webp: readWebp, bmp: readBmp, avif: readAvif }[type];
  try {
    return { type, ...read(view, tagsOf(bytes)) };
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError({ code: "image/cut-short" });
    throw error;
  }
}

function tagsOf(bytes: Uint8Array): Tag {
  return (at, length = 4) => String.fromCharCode(...bytes.subarray(at, at + length));
}

/** What a reader finds. */
export type Found = Omit<ImageHeader, "type">;

const UPRIGHT = { orientation: 1, animated: false };
const IHDR = 0x49484452;
const IDAT = 0x49444154;
const ACTL = 0x6163544c;
const EXIF = 0x65584966;

/** PNG 3: the animation control chunk and the EXIF data that browsers heed, if any, come before the image data. */
function readPng(view: DataView): Found {
  if (view.getUint32(12) !== IHDR) throw new FormatError({ code: "image/damaged", type: "png" });
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  let animated = false;
  let orientation = 1;
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const chunk = view.getUint32(at + 4);
    if (chunk === IDAT) break;
    if (chunk === ACTL) animated = view.getUint32(at + 8) > 1;
    if (chunk === EXIF) {
      orientation = exifOrientation(view, at + 8, Math.min(at + 8 + view.getUint32(at), view.byteLength));
    }
  }
  return { ...uprightSize(width, height, orientation), orientation, animated };
}

/** GIF89a: counts image descriptors, up to two. A frame may be larger than the screen that the header states. */
function readGif(view: DataView): Found {
  let [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const colourTable = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const skipBlocks = (at: number) => {
    let next = at;
    while (view.getUint8(next) !== 0) next += 1 + view.getUint8(next);
    return next + 1;
  };
  let frames = 0;
  let at = 13 + colourTable(view.getUint8(10));
  while (frames < 2 && at < view.byteLength && view.getUint8(at) !== 0x3b) {
    const block = view.getUint8(at);
    if (block === 0x2c) {
      frames += 1;
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at = skipBlocks(at + 10 + colourTable(view.getUint8(at + 9)) + 1);
    } else if (block === 0x21) {
      at = skipBlocks(at + 2);
    } else {
      break;
    }
  }
  if (frames === 0) throw new FormatError({ code: "image/damaged", type: "gif" });
  return { ...UPRIGHT, width, height, animated: frames > 1 };
}

/** RFC 9649. */
function readWebp(view: DataView, tag: Tag): Found {
  const kind = tag(12);
  if (kind === "VP8X") {
    const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
    const animated = (view.getUint8(20) & 2) !== 0;
    return { ...UPRIGHT, width: uint24(24) + 1, height: uint24(27) + 1, animated };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { ...UPRIGHT, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return { ...UPRIGHT, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** Microsoft's BITMAPINFOHEADER and its successors, or OS/2's BITMAPCOREHEADER with sizes of 16 bits. */
function readBmp(view: DataView): Found {
  if (view.getUint32(14, true) === 12) {
    return { ...UPRIGHT, width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  // A negative height means that the top row comes first.
  return { ...UPRIGHT, width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}
