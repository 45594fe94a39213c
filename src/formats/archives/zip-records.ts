/** What a zip holds beside its files, for files that are stored as they are (PKWARE APPNOTE 6.3.10). */
import { type Field, fields } from "../fields.ts";

/** A file that has been written, as the directory names it. */
export interface WrittenFile {
  readonly name: Uint8Array;
  readonly size: number;
  readonly crc: number;
  /** Where its local header begins. */
  readonly place: number;
}

/** What 16 and 32 bits cannot say stands in zip64 records, and all ones in its place. */
const ONES_16 = 0xffff;
const ONES_32 = 0xffffffff;
/** Of the format that is needed: 2.0, or 4.5 for zip64. */
const PLAIN_VERSION = 20;
const ZIP64_VERSION = 45;
const UTF8_NAME = 1 << 11;

/** 4.3.7 */
export function localHeader({ name, size, crc }: WrittenFile, time: number): Uint8Array {
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
export function directoryRecord({ name, size, crc, place }: WrittenFile, time: number): Uint8Array {
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
export function endRecords(count: number, start: number, end: number): Uint8Array {
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

/** MS-DOS's time in the lower and date in the upper 16 bits: local time in steps of two seconds, from 1980 to 2107. */
export function dosTime(date: Date): number {
  const year = Math.min(Math.max(date.getFullYear() - 1980, 0), 127);
  const day = (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
