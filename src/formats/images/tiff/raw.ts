/** The JPEG that cameras put into their raw files, for viewers that do not develop them. */
import { FormatError } from "../../errors.ts";
import { isRawBeginning } from "../foreign-photos.ts";
import { inspectImage } from "../header.ts";
import { type Directory, readDirectories, TAG } from "./directories.ts";
import { COMPRESSION } from "./unpack.ts";

/** Values of a sensor: a filter's colours side by side (TIFF/EP), or all of each pixel's before they are developed (DNG 1.6). */
const SENSOR_PHOTOMETRICS = [32_803, 34_892];
/** “JpgFromRaw” of Panasonic's RW2. */
const PANASONIC_JPEG = 0x2e;

/** Whether a TIFF is what a camera's sensor saw. */
export function isRaw(bytes: Uint8Array, directories: readonly Directory[]): boolean {
  // Canon's CR2 has its own mark behind the TIFF's.
  if (isRawBeginning(bytes) || (bytes[8] === 0x43 && bytes[9] === 0x52)) return true;
  return directories.some((each) => each.has(TAG.dngVersion) || isSensor(each));
}

/**
 * The largest JPEG of a raw file, turned as the file says; its bytes are left as they are but for that.
 * @throws FormatError when there is none
 */
export function rawPreview(bytes: Uint8Array): Uint8Array {
  const directories = startsWith(bytes, "FUJI") ? [] : readDirectories(bytes);
  let largest: { readonly jpeg: Uint8Array; readonly pixels: number; readonly upright: boolean } | null = null;
  for (const jpeg of [...fujiJpeg(bytes), ...directories.flatMap((each) => [...jpegsIn(bytes, each)])]) {
    const header = jpegHeader(jpeg);
    if (!header) continue;
    const pixels = header.width * header.height;
    if (pixels > (largest?.pixels ?? 0)) largest = { jpeg, pixels, upright: header.orientation === 1 };
  }
  if (!largest) throw new FormatError({ code: "image/no-preview" });
  const orientation = directories[0]?.number(TAG.orientation, 1) ?? 1;
  const turn = largest.upright && orientation > 1 && orientation <= 8;
  return turn ? withOrientation(largest.jpeg, orientation) : largest.jpeg;
}

function isSensor(directory: Directory): boolean {
  return SENSOR_PHOTOMETRICS.includes(directory.number(TAG.photometric, 0));
}

function* jpegsIn(bytes: Uint8Array, directory: Directory): Generator<Uint8Array> {
  const { number, numbers } = directory;
  const panasonic = directory.bytes(PANASONIC_JPEG);
  if (panasonic) yield panasonic;
  if (isSensor(directory)) return;
  if (directory.has(TAG.jpegOffset)) yield part(bytes, number(TAG.jpegOffset, 0), number(TAG.jpegBytes, 0));
  const isJpeg = [COMPRESSION.oldJpeg, COMPRESSION.jpeg].includes(number(TAG.compression, 0));
  if (isJpeg && numbers(TAG.stripOffsets).length === 1) {
    yield part(bytes, number(TAG.stripOffsets, 0), number(TAG.stripByteCounts, 0));
  }
}

/** Fujifilm's RAF: where its JPEG stands is said at byte 84, in the higher bytes first. */
function fujiJpeg(bytes: Uint8Array): Uint8Array[] {
  if (!startsWith(bytes, "FUJI")) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [part(bytes, view.getUint32(84), view.getUint32(88))];
}

function part(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  return bytes.subarray(offset, offset + length);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, text.length)) === text;
}

/** null when it is none that browsers decode: sensors' values may be packed as a lossless JPEG. */
function jpegHeader(jpeg: Uint8Array) {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return null;
  try {
    return isLossless(jpeg) ? null : inspectImage(jpeg);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/** Whether its first frame header is SOF3 (ITU T.81 table B.1). */
function isLossless(jpeg: Uint8Array): boolean {
  for (let at = 2; at + 4 < jpeg.length && jpeg[at] === 0xff; ) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return marker === 0xc3;
    at += 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0));
  }
  return false;
}

/** EXIF data with the orientation alone, in front of all others: the first ones count. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const exif = [0xff, 0xe1, 0, 34, ...Array.from("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", toByte)];
  const turned = [...exif, orientation, 0, 0, 0, 0, 0, 0];
  const whole = new Uint8Array(jpeg.length + turned.length);
  whole.set(jpeg.subarray(0, 2));
  whole.set(turned, 2);
  whole.set(jpeg.subarray(2), 2 + turned.length);
  return whole;
}

function toByte(character: string): number {
  return character.charCodeAt(0);
}
