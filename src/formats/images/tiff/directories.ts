/** A TIFF's directories and what stands in them: TIFF 6.0, section 2, and BigTIFF, whose numbers have eight bytes. */
import { FormatError } from "../../errors.ts";

export const TAG = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subDirectories: 330,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  jpegOffset: 513,
  jpegBytes: 514,
  dngVersion: 50_706,
} as const;

/** One picture's entries. */
export interface Directory {
  has(tag: number): boolean;
  /** All numbers of an entry; none where it is not there or holds something else. */
  numbers(tag: number): readonly number[];
  /** The first of them. */
  number(tag: number, otherwise: number): number;
  /** The bytes that an entry holds; null without it. */
  bytes(tag: number): Uint8Array | null;
}

/** Files have a few; one that names more is made to keep a reader busy. */
const MOST_DIRECTORIES = 64;
const MOST_ENTRIES = 4096;
/** Strips of one row each, of the highest picture that is taken. */
const MOST_VALUES = 100_000;
/** Bytes of a value, by its type: section 2, “Types”. Others hold nothing that is looked at. */
const SIZES: Readonly<Record<number, 1 | 2 | 4 | 8>> = { 1: 1, 3: 2, 4: 4, 7: 1, 13: 4, 16: 8, 18: 8 };

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its values stand. */
  readonly at: number;
}

/** Numbers of a file, in its byte order. */
interface Numbers {
  readonly view: DataView;
  read(at: number, size: 1 | 2 | 4 | 8): number;
  /** Whether it is a BigTIFF. */
  readonly big: boolean;
}

/**
 * All directories: the first one, those after it, and those below them.
 * @throws FormatError when it is damaged
 * @throws RangeError when it is cut short
 */
export function readDirectories(bytes: Uint8Array): readonly Directory[] {
  const numbers = numbersOf(bytes);
  const found: Directory[] = [];
  const seen = new Set<number>();
  const waiting = [numbers.big ? numbers.read(8, 8) : numbers.read(4, 4)];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (at === 0 || seen.has(at)) continue;
    if (found.length === MOST_DIRECTORIES) break;
    seen.add(at);
    const { directory, next } = readDirectory(bytes, numbers, at);
    found.push(directory);
    waiting.push(next, ...directory.numbers(TAG.subDirectories).slice(0, MOST_DIRECTORIES));
  }
  if (found.length === 0) throw new FormatError({ code: "image/damaged", type: "tiff" });
  return found;
}

function numbersOf(bytes: Uint8Array): Numbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint8(0) === 0x49;
  const read = (at: number, size: 1 | 2 | 4 | 8) => {
    if (size === 1) return view.getUint8(at);
    if (size === 2) return view.getUint16(at, little);
    return size === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little));
  };
  return { view, read, big: view.getUint16(2, little) === 43 };
}

function readDirectory(bytes: Uint8Array, { read, big }: Numbers, start: number) {
  const count = read(start, big ? 8 : 2);
  if (count > MOST_ENTRIES) throw new FormatError({ code: "image/damaged", type: "tiff" });
  const wide = big ? 8 : 4;
  const first = start + (big ? 8 : 2);
  const length = 4 + 2 * wide;
  const entries = new Map<number, Entry>();
  for (let at = first; at < first + count * length; at += length) {
    const type = read(at + 2, 2);
    const values = read(at + 4, wide);
    const size = SIZES[type];
    if (size === undefined) continue;
    const inPlace = at + 4 + wide;
    entries.set(read(at, 2), { type, count: values, at: values * size <= wide ? inPlace : read(inPlace, wide) });
  }
  const directory = directoryOf(bytes, read, entries);
  // The last address may have been cut off without harm.
  const end = first + count * length;
  return { directory, next: end + wide <= bytes.length ? read(end, wide) : 0 };
}

function directoryOf(bytes: Uint8Array, read: Numbers["read"], entries: ReadonlyMap<number, Entry>): Directory {
  const numbers = (tag: number, most = MOST_VALUES) => {
    const entry = entries.get(tag);
    const size = SIZES[entry?.type ?? 0];
    if (!entry || size === undefined) return [];
    const { at, count } = entry;
    if (count > MOST_VALUES) throw new FormatError({ code: "image/damaged", type: "tiff" });
    return Array.from({ length: Math.min(count, most) }, (_, index) => read(at + index * size, size));
  };
  return {
    has: (tag) => entries.has(tag),
    numbers: (tag) => numbers(tag),
    number: (tag, otherwise) => numbers(tag, 1)[0] ?? otherwise,
    bytes: (tag) => {
      const entry = entries.get(tag);
      if (!entry || SIZES[entry.type] !== 1) return null;
      if (entry.at + entry.count > bytes.length) throw new RangeError("An entry ends behind the file");
      return bytes.subarray(entry.at, entry.at + entry.count);
    },
  };
}
