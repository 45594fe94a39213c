/** What an image file says of itself in its header, read without decoding it. */
import { FormatError } from "./errors.ts";

export interface ImageHeader {
  readonly type: "jpeg" | "png" | "gif" | "webp" | "bmp" | "avif";
  /** Pixels, upright: a JPEG that its EXIF orientation turns by 90° has them swapped. */
  readonly width: number;
  readonly height: number;
  /** EXIF's, 1..8; 1 is upright. */
  readonly orientation: number;
  readonly animated: boolean;
}

const MAX_MEGAPIXELS = 100;
const KNOWN = "Use JPEG, PNG, WebP, GIF, BMP or AVIF.";

/**
 * Looks whether a file is a photo that the app takes.
 *
 * @throws FormatError with the reason as a sentence, when it is empty, no image, animated or larger than 100 megapixels
 */
export function checkPhoto(bytes: Uint8Array): ImageHeader {
  const header = inspectImage(bytes);
  if (header.width < 1 || header.height < 1) throw new FormatError("It is damaged: it has no size.");
  if (header.width * header.height > MAX_MEGAPIXELS * 1e6) {
    throw new FormatError(
      `It is ${header.width} × ${header.height} pixels, over ${MAX_MEGAPIXELS} megapixels. Save a smaller copy.`,
    );
  }
  if (header.animated) throw new FormatError("It is animated. Save one frame of it as a JPEG or PNG.");
  return header;
}

/** @throws FormatError when the bytes are no image that is known here, or end within their header */
export function inspectImage(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw new FormatError("It is empty.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number, length = 4) => String.fromCharCode(...bytes.subarray(at, at + length));
  try {
    if (view.byteLength > 2 && view.getUint16(0) === 0xffd8) return readJpeg(view, tag);
    if (tag(1, 3) === "PNG") return readPng(view, tag);
    if (tag(0, 3) === "GIF") return readGif(view);
    if (tag(0) === "RIFF" && tag(8) === "WEBP") return readWebp(view, tag);
    if (tag(0, 2) === "BM") return readBmp(view);
    if (tag(4) === "ftyp") return readIsoMedia(view, tag);
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError("It is cut short. Copy or download it again.");
    throw error;
  }
  throw new FormatError(`It is not a photo. ${KNOWN}`);
}

type Tag = (at: number, length?: number) => string;

/** ITU T.81 annex B: walks the segments to the frame header; EXIF 2.3 for the orientation. */
function readJpeg(view: DataView, tag: Tag): ImageHeader {
  let orientation = 1;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) throw new FormatError("It is a damaged JPEG. Save or copy it again.");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && tag(at + 4) === "Exif") orientation = exifOrientation(view, at + 10);
    // SOF0..SOF15, without DHT (C4), JPG (C8) and DAC (CC).
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const upright = orientation < 5 ? { width, height } : { width: height, height: width };
      return { type: "jpeg", ...upright, orientation, animated: false };
    }
    if (marker === 0xda || length < 2) throw new FormatError("It is a damaged JPEG. Save or copy it again.");
    at += 2 + length;
  }
}

/** 1..8, or 1 when the TIFF header at `start` holds none or is damaged. */
function exifOrientation(view: DataView, start: number): number {
  try {
    const little = view.getUint16(start) === 0x4949;
    const directory = start + view.getUint32(start + 4, little);
    const entries = view.getUint16(directory, little);
    for (let entry = directory + 2; entry < directory + 2 + entries * 12; entry += 12) {
      if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little);
    }
  } catch {
    // EXIF is a courtesy: a photo without a readable one is taken as it is.
  }
  return 1;
}

/** PNG 3: the animation control chunk, if any, comes before the image data. */
function readPng(view: DataView, tag: Tag): ImageHeader {
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let animated = false;
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const chunk = tag(at + 4);
    if (chunk === "acTL") animated = view.getUint32(at + 8) > 1;
    if (chunk === "IDAT" || chunk === "acTL") break;
  }
  return { type: "png", ...size, orientation: 1, animated };
}

/** GIF89a: counts image descriptors, up to two. */
function readGif(view: DataView): ImageHeader {
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
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
      at = skipBlocks(at + 10 + colourTable(view.getUint8(at + 9)) + 1);
    } else if (block === 0x21) {
      at = skipBlocks(at + 2);
    } else {
      throw new FormatError("It is a damaged GIF. Save it again as a PNG.");
    }
  }
  return { type: "gif", ...size, orientation: 1, animated: frames > 1 };
}

/** RFC 9649. */
function readWebp(view: DataView, tag: Tag): ImageHeader {
  const kind = tag(12);
  if (kind === "VP8X") {
    const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
    const animated = (view.getUint8(20) & 2) !== 0;
    return { type: "webp", width: uint24(24) + 1, height: uint24(27) + 1, orientation: 1, animated };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return {
      type: "webp",
      width: (bits & 0x3fff) + 1,
      height: ((bits >> 14) & 0x3fff) + 1,
      orientation: 1,
      animated: false,
    };
  }
  const [width, height] = [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  return { type: "webp", width, height, orientation: 1, animated: false };
}

function readBmp(view: DataView): ImageHeader {
  return {
    type: "bmp",
    width: view.getInt32(18, true),
    height: Math.abs(view.getInt32(22, true)),
    orientation: 1,
    animated: false,
  };
}

/** ISO/IEC 23008-12: AVIF, with its size in the `ispe` property. HEIC shares the container and is refused by name. */
function readIsoMedia(view: DataView, tag: Tag): ImageHeader {
  const brand = tag(8);
  if (brand === "avis") throw new FormatError("It is animated. Save one frame of it as a JPEG or PNG.");
  if (brand === "avif") {
    for (let at = 0; at + 16 < Math.min(view.byteLength, 65_536); at++) {
      if (view.getUint32(at) !== 0x69737065) continue;
      return {
        type: "avif",
        width: view.getUint32(at + 8),
        height: view.getUint32(at + 12),
        orientation: 1,
        animated: false,
      };
    }
  }
  if (/^(heic|heix|hevc|hevx|mif1|msf1)$/.test(brand)) {
    throw new FormatError("It is a HEIC photo, which browsers cannot read. Save or export it as a JPEG.");
  }
  throw new FormatError(`It is a video or another medium, not a photo. ${KNOWN}`);
}
