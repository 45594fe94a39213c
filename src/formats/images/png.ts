/** Pixels written as a PNG file (W3C, PNG Third Edition): 8 bits per channel, no filter, stored and not compressed. */
import { crc32 } from "../archives/crc32.ts";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Grey or RGB. */
  readonly channels: 1 | 3;
  /** `[height, width, channels]`, from the top row down. */
  readonly values: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GREY = 0;
const RGB = 2;
/** Of a stored block (RFC 1951, 3.2.4). */
const MOST_IN_BLOCK = 65_535;
/** The largest prime below 2¹⁶ (RFC 1950, 9). */
const ADLER = 65_521;
/** Sums of this many bytes stay below 2³². */
const ADLER_BYTES = 5552;

/**
 * The same pixels give the same bytes in every browser, which a browser's own compression would not, and a photo is known by
 * its bytes.
 * @throws RangeError when there are not as many values as the size says
 */
export function pngOf({ width, height, channels, values }: Pixels): Blob {
  const rowBytes = width * channels;
  if (width < 1 || height < 1 || values.length !== height * rowBytes) throw new RangeError("Pixels of another size");
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, channels === 1 ? GREY : RGB);
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let y = 0; y < height; y++) {
    rows.set(values.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", stored(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  return new Blob(parts, { type: "image/png" });
}

/** `[channels, height, width]` as `[height, width, channels]`. */
export function interleaved(planar: Uint8Array, channels: number): Uint8Array {
  if (channels === 1) return planar;
  const plane = planar.length / channels;
  const values = new Uint8Array(planar.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < plane; at++) values[at * channels + channel] = planar[channel * plane + at] ?? 0;
  }
  return values;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at++) bytes[4 + at] = type.charCodeAt(at);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** RFC 1950 around RFC 1951's stored blocks. */
function stored(data: Uint8Array): Uint8Array {
  const blocks = Math.ceil(data.length / MOST_IN_BLOCK);
  const bytes = new Uint8Array(2 + blocks * 5 + data.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x78, 0x01]);
  let to = 2;
  for (let from = 0; from < data.length; from += MOST_IN_BLOCK) {
    const block = data.subarray(from, from + MOST_IN_BLOCK);
    view.setUint8(to, from + block.length === data.length ? 1 : 0);
    view.setUint16(to + 1, block.length, true);
    view.setUint16(to + 3, ~block.length & 0xffff, true);
    bytes.set(block, to + 5);
    to += 5 + block.length;
  }
  view.setUint32(to, adler32(data));
  return bytes;
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let from = 0; from < data.length; from += ADLER_BYTES) {
    for (const byte of data.subarray(from, from + ADLER_BYTES)) {
      a += byte;
      b += a;
    }
    a %= ADLER;
    b %= ADLER;
  }
  return b * 65_536 + a;
}
