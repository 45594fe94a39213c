/** Zip archives of any size, written as a stream; with zip64 records where 16 or 32 bits are too few (PKWARE APPNOTE 6.3.10). */
import { FormatError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { MAX_ENTRIES } from "./zip-directory.ts";

export interface ZipFile {
  /** With `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Files, as they are and uncompressed, in one zip. Each is asked for when the one before it is written, so that one is held
 * at a time; of those before, no more than their names and places are.
 *
 * @returns a stream that fails as `files` does, and with a FormatError when there are more than a reader here takes
 */
export function streamZip(files: AsyncIterable<ZipFile>): ReadableStream<Uint8Array> {
  const parts = zipParts(files);
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A file that has been written, as the directory names it. */
interface Written {
  readonly name: Uint8Array;
  readonly size: number;
  readonly crc: number;
  /** Where its local header begins. */
  readonly place: number;
}

async function* zipParts(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array, undefined, undefined> {
  const now = dosTime(new Date());
  const written: Written[] = [];
  let place = 0;
  for await (const { path, bytes } of files) {
    if (written.length === MAX_ENTRIES) throw new FormatError({ code: "zip/too-many-to-write", most: MAX_ENTRIES });
    const file = { name: new TextEncoder().encode(path), size: bytes.length, crc: crc32(bytes), place };
    written.push(file);
    const header = localHeader(file, now);
    yield header;
    if (bytes.length) yield bytes;
    place += header.length + bytes.length;
  }
  const start = place;
  for (let at = 0; at < written.length; at += RECORDS_AT_ONCE) {
    const records = fields(...written.slice(at, at + RECORDS_AT_ONCE).map((file) => directoryRecord(file, now)));
    yield records;
    place += records.length;
  }
  yield endRecords(written.length, start, place);
}

/**
 * A small zip of files as they are, that stands behind other bytes of the same file.
 * @param place how many those are: places are counted from the whole file's beginning, as readers of such files expect
 */
export function storedZip(files: readonly ZipFile[], place: number): Uint8Array {
  const now = dosTime(new Date());
  let end = place;
  const written = files.map(({ path, bytes }) => {
    const file = { name: new TextEncoder().encode(path), size: bytes.length, crc: crc32(bytes), place: end };
    const header = localHeader(file, now);
    end += header.length + bytes.length;
    return { file, parts: [header, bytes] };
  });
  const records = written.map(({ file }) => directoryRecord(file, now));
  const directoryEnd = records.reduce((sum, { length }) => sum + length, end);
  return fields(...written.flatMap(({ parts }) => parts), ...records, endRecords(files.length, end, directoryEnd));
}

/** Of the directory, written together. */
const RECORDS_AT_ONCE = 1000;
/** What 16 and 32 bits cannot say stands in zip64 records, and all ones in its place. */
const ONES_16 = 0xffff;
const ONES_32 = 0xffffffff;
/** Of the format that is needed: 2.0, or 4.5 for zip64. */
const PLAIN_VERSION = 20;
const ZIP64_VERSION = 45;
const UTF8_NAME = 1 << 11;

/** 4.3.7 */
function localHeader({ name, size, crc }: Written, time: number): Uint8Array {
  const isLarge = size >= ONES_32;
  return fields(
    [4, 0x04034b50],
    [2, isLarge ? ZIP64_VERSION : PLAIN_VERSION],
    [2, UTF8_NAME],
    [2, 0],
    [4, time],
    [4, crc],
    [4, isLarge ? ONES_32 : size],
    [4, isLarge ? ONES_32 : size],
    [2, name.length],
    [2, isLarge ? 20 : 0],
    name,
    ...(isLarge ? zip64Extra(size, size) : []),
  );
}

/** 4.3.12 */
function directoryRecord({ name, size, crc, place }: Written, time: number): Uint8Array {
  const isLarge = size >= ONES_32;
  const isFar = place >= ONES_32;
  const extra = [...(isLarge ? [size, size] : []), ...(isFar ? [place] : [])];
  const version = extra.length ? ZIP64_VERSION : PLAIN_VERSION;
  return fields(
    [4, 0x02014b50],
    [2, version],
    [2, version],
    [2, UTF8_NAME],
    [2, 0],
    [4, time],
    [4, crc],
    [4, isLarge ? ONES_32 : size],
    [4, isLarge ? ONES_32 : size],
    [2, name.length],
    [2, extra.length ? 4 + 8 * extra.length : 0],
    // Comment, disk, internal and external attributes.
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, isFar ? ONES_32 : place],
    name,
    ...(extra.length ? zip64Extra(...extra) : []),
  );
}

/** 4.5.3 */
function zip64Extra(...values: readonly number[]): Field[] {
  return [[2, 1], [2, 8 * values.length], ...values.map((value): Field => [8, value])];
}

/** 4.3.14 to 4.3.16. @param start of the directory, in bytes from the zip's beginning @param end where these records begin */
function endRecords(count: number, start: number, end: number): Uint8Array {
  const size = end - start;
  const isZip64 = count >= ONES_16 || size >= ONES_32 || start >= ONES_32;
  const zip64: Field[] = [
    [4, 0x06064b50],
    [8, 44],
    [2, ZIP64_VERSION],
    [2, ZIP64_VERSION],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, start],
    [4, 0x07064b50],
    [4, 0],
    [8, end],
    [4, 1],
  ];
  return fields(
    ...(isZip64 ? zip64 : []),
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(count, ONES_16)],
    [2, Math.min(count, ONES_16)],
    [4, Math.min(size, ONES_32)],
    [4, Math.min(start, ONES_32)],
    [2, 0],
  );
}

/** Bytes as they are, or a number in so many bytes, little-endian. */
type Field = Uint8Array | readonly [bytes: 2 | 4 | 8, value: number];

function fields(...all: readonly Field[]): Uint8Array {
  const length = all.reduce((sum, field) => sum + (field instanceof Uint8Array ? field.length : field[0]), 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of all) {
    if (field instanceof Uint8Array) {
      bytes.set(field, at);
      at += field.length;
      continue;
    }
    const [width, value] = field;
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

/** MS-DOS's time in the lower and date in the upper 16 bits: local time in steps of two seconds, from 1980 to 2107. */
function dosTime(date: Date): number {
  const year = Math.min(Math.max(date.getFullYear() - 1980, 0), 127);
  const day = (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
