/** A TIFF's strips or tiles as numbers, one after another. */
import { FormatError } from "../../errors.ts";
import { inspectImage } from "../header.ts";
import { type Layout, PHOTOMETRIC } from "./layout.ts";
import { COMPRESSION, unpackBlock } from "./unpack.ts";

/** Decodes a JPEG. @returns RGBA, row-major */
export type DecodeJpeg = (jpeg: Uint8Array) => Promise<{ readonly width: number; readonly data: Uint8ClampedArray }>;

/** A part of the picture. */
export interface Block {
  readonly x: number;
  readonly y: number;
  /** As much of it as lies within the picture. */
  readonly width: number;
  readonly height: number;
  /** Pixels from one row to the next. */
  readonly stride: number;
  /** Values of a pixel. */
  readonly samples: number;
  /** The values of each pixel side by side. */
  readonly values: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** Where a block stands, and which it is. */
type Area = Pick<Block, "x" | "y" | "width" | "height"> & { readonly index: number };

/**
 * All blocks, from the top.
 * @throws FormatError when one is damaged or cut short
 */
export async function* blocksOf(bytes: Uint8Array, layout: Layout, decodeJpeg: DecodeJpeg): AsyncGenerator<Block> {
  const { width, height, blockWidth, blockHeight } = layout;
  let index = 0;
  for (let y = 0; y < height; y += blockHeight) {
    for (let x = 0; x < width; x += blockWidth) {
      const area = { x, y, index, width: Math.min(blockWidth, width - x), height: Math.min(blockHeight, height - y) };
      yield layout.compression === COMPRESSION.jpeg
        ? await readJpegBlock(bytes, layout, area, decodeJpeg)
        : await readBlock(bytes, layout, area);
      index += 1;
    }
  }
}

async function readBlock(bytes: Uint8Array, layout: Layout, area: Area): Promise<Block> {
  const { samples, planar, blockWidth } = layout;
  const place = { x: area.x, y: area.y, width: area.width, height: area.height, stride: blockWidth, samples };
  if (!planar) return { ...place, values: await readValues(bytes, layout, area, area.index, samples) };
  const perPlane = Math.ceil(layout.width / blockWidth) * Math.ceil(layout.height / layout.blockHeight);
  const count = blockWidth * area.height;
  const values = layout.bits === 16 ? new Uint16Array(count * samples) : new Uint8Array(count * samples);
  for (let sample = 0; sample < samples; sample++) {
    const plane = await readValues(bytes, layout, area, area.index + sample * perPlane, 1);
    for (let at = 0; at < count; at++) values[at * samples + sample] = plane[at] ?? 0;
  }
  return { ...place, values };
}

async function readValues(bytes: Uint8Array, layout: Layout, { height }: Area, index: number, samples: number) {
  const { bits, blockWidth, compression, differences } = layout;
  const perRow = blockWidth * samples;
  const packed = packedBlock(bytes, layout, index);
  const unpacked = await unpackBlock(packed, compression, Math.ceil((perRow * bits) / 8) * height);
  const values =
    bits === 16 ? widened(unpacked, bytes[0] === 0x49) : bits === 8 ? unpacked : spread(unpacked, bits, perRow, height);
  if (differences) addUp(values, perRow, samples);
  return values;
}

function packedBlock(bytes: Uint8Array, { offsets, byteCounts }: Layout, index: number): Uint8Array {
  const [offset = 0, count = 0] = [offsets[index], byteCounts[index]];
  if (offset + count > bytes.length) throw new FormatError({ code: "image/cut-short" });
  return bytes.subarray(offset, offset + count);
}

function widened(bytes: Uint8Array, little: boolean): Uint16Array {
  const [low, high] = little ? [0, 1] : [1, 0];
  return Uint16Array.from(
    { length: bytes.length >> 1 },
    (_, at) => (bytes[2 * at + low] ?? 0) | ((bytes[2 * at + high] ?? 0) << 8),
  );
}

/** Values of less than a byte; each row begins with a byte of its own. */
function spread(bytes: Uint8Array, bits: number, perRow: number, rows: number): Uint8Array {
  const values = new Uint8Array(perRow * rows);
  const rowBytes = Math.ceil((perRow * bits) / 8);
  const mask = (1 << bits) - 1;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < perRow; at++) {
      const bit = at * bits;
      values[row * perRow + at] = ((bytes[row * rowBytes + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return values;
}

/** Section 14: each value is the difference from the one to its left. Both kinds of array wrap around by themselves. */
function addUp(values: Uint8Array | Uint16Array, perRow: number, samples: number): void {
  for (let row = 0; row < values.length; row += perRow) {
    for (let at = row + samples; at < row + perRow; at++) {
      values[at] = (values[at] ?? 0) + (values[at - samples] ?? 0);
    }
  }
}

const SOI = [0xff, 0xd8];
/** Adobe's APP14 segment, whose last byte says whether colours are RGB (0) or YCbCr (1). */
const ADOBE = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0];

/** Technical note 2 of TIFF 6.0: a JPEG for each block, its tables apart from it. */
async function readJpegBlock(
  bytes: Uint8Array,
  layout: Layout,
  { index, ...area }: Area,
  decodeJpeg: DecodeJpeg,
): Promise<Block> {
  const { jpegTables, photometric, samples, blockWidth, blockHeight } = layout;
  const block = packedBlock(bytes, layout, index).subarray(2);
  const tables = jpegTables?.subarray(2, -2) ?? [];
  const colours = samples === 3 ? [...ADOBE, photometric === PHOTOMETRIC.rgb ? 0 : 1] : [];
  const jpeg = Uint8Array.from([...SOI, ...colours, ...tables, ...block]);
  const { width, height } = inspectImage(jpeg);
  if (width < area.width || height < area.height || width > blockWidth || height > blockHeight) {
    throw new FormatError({ code: "image/damaged", type: "tiff" });
  }
  const decoded = await decodeJpeg(jpeg);
  return { ...area, stride: decoded.width, samples: 4, values: decoded.data };
}
