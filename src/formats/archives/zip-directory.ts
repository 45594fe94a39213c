/** A zip's central directory, the list of what it holds (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16). Everything in it is checked before it is used. */
import { tidyPath } from "../../dataset/names.ts";
import { FormatError } from "../errors.ts";
import type { CodePage } from "./code-pages.ts";
import { decodeNames, type RawName } from "./zip-names.ts";

export interface ZipRecord {
  /** With `/` between folders, as the zip has it. */
  readonly path: string;
  readonly encrypted: boolean;
  readonly method: number;
  /** CRC-32 of what is unpacked. */
  readonly crc: number;
  /** Bytes in the zip, and unpacked. */
  readonly compressed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly localHeader: number;
}

export interface ZipDirectory {
  readonly records: readonly ZipRecord[];
  /** The code pages that its names may be in, the likeliest first; empty where they say it. */
  readonly codePages: readonly CodePage[];
}

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
const ENTRY_BYTES = 46;
const END_BYTES = 22;
/** Info-ZIP's extra field with a name in UTF-8. */
const UNICODE_PATH = 0x7075;
const LONGEST_COMMENT = 0xffff;
/** Files in one zip. */
export const MAX_ENTRIES = 200_000;
const MAX_DIRECTORY_BYTES = 128 * 2 ** 20;

/**
 * Lists a zip's files and folders.
 *
 * @param name the zip's file name, for messages
 * @param codePage of names that do not say theirs; null guesses it
 * @throws FormatError when it is not a zip, is cut short or damaged, or its files lie over each other, which is how a zip
 *   bomb is made (Fifield 2019, "A better zip bomb")
 */
export async function readDirectory(blob: Blob, name: string, codePage: CodePage | null = null): Promise<ZipDirectory> {
  const { start, size, entries, shift } = await findDirectory(blob, name);
  if (size > MAX_DIRECTORY_BYTES) damaged(name);
  const view = await viewOf(blob, start, start + size);
  const found: (Omit<ZipRecord, "path"> & { readonly raw: RawName })[] = [];
  for (let at = 0; at + ENTRY_BYTES <= view.byteLength && view.getUint32(at, true) === DIRECTORY_ENTRY; ) {
    const { record, end } = readRecord(view, at, name, shift);
    found.push(record);
    if (found.length > MAX_ENTRIES) tooMany(name, found.length);
    at = end;
  }
  // Zips of more than 65,535 files exist whose count has overflowed.
  if (found.length % 2 ** 16 !== entries % 2 ** 16) damaged(name);
  const { names, codePages } = decodeNames(
    found.map(({ raw }) => raw),
    codePage,
  );
  const records = found.map(({ raw: _, ...record }, at) => ({ ...record, path: names[at] ?? "" }));
  refuseOverlaps(records, start, name);
  return { records, codePages };
}

export async function viewOf(blob: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await blob.slice(start, end).arrayBuffer());
}

interface Directory {
  readonly start: number;
  readonly size: number;
  readonly entries: number;
  /** To add to every place that the zip names: it has bytes in front that its writer did not count. */
  readonly shift: number;
}

/** The end record is searched from the back; a comment may hold its signature too, so one that cannot be is passed over. */
async function findDirectory(blob: Blob, name: string): Promise<Directory> {
  const tailStart = Math.max(0, blob.size - END_BYTES - LONGEST_COMMENT);
  const tail = await viewOf(blob, tailStart, blob.size);
  let seen = false;
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    seen = true;
    if (at + END_BYTES + tail.getUint16(at + 20, true) > tail.byteLength) continue;
    if (at >= 20 && tail.getUint32(at - 20, true) === ZIP64_LOCATOR) return readZip64End(blob, tail, at - 20, name);
    const directory = {
      entries: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
      end: tailStart + at,
    };
    if (isPlausible(directory)) return placed(directory, name);
  }
  if (seen) cutShort(name);
  throw new FormatError({ code: "zip/not-a-zip", file: name });
}

async function readZip64End(blob: Blob, tail: DataView, locator: number, name: string): Promise<Directory> {
  const end = Number(tail.getBigUint64(locator + 8, true));
  const view = await viewOf(blob, end, end + 56);
  if (view.byteLength < 56 || view.getUint32(0, true) !== ZIP64_END) cutShort(name);
  const directory = {
    entries: Number(view.getBigUint64(32, true)),
    size: Number(view.getBigUint64(40, true)),
    offset: Number(view.getBigUint64(48, true)),
    end,
  };
  if (!isPlausible(directory)) cutShort(name);
  return placed(directory, name);
}

interface EndRecord {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  /** Where the record itself begins: the directory lies right before it. */
  readonly end: number;
}

function isPlausible({ entries, size, offset, end }: EndRecord): boolean {
  return offset + size <= end && entries * ENTRY_BYTES <= size;
}

function placed({ entries, size, offset, end }: EndRecord, name: string): Directory {
  if (entries > MAX_ENTRIES) tooMany(name, entries);
  return { start: end - size, size, entries, shift: end - size - offset };
}

function readRecord(view: DataView, at: number, name: string, shift: number) {
  const nameLength = view.getUint16(at + 28, true);
  const extraStart = at + ENTRY_BYTES + nameLength;
  const extraEnd = extraStart + view.getUint16(at + 30, true);
  const end = extraEnd + view.getUint16(at + 32, true);
  if (end > view.byteLength) damaged(name);
  let compressed = view.getUint32(at + 20, true);
  let size = view.getUint32(at + 24, true);
  let localHeader = view.getUint32(at + 42, true);
  let unicodePath: Uint8Array | null = null;
  for (let extra = extraStart; extra + 4 <= extraEnd; extra += 4 + view.getUint16(extra + 2, true)) {
    const field = view.getUint16(extra, true);
    if (field === UNICODE_PATH) unicodePath = bytesIn(view, extra + 4, view.getUint16(extra + 2, true), extraEnd);
    if (field !== 1) continue;
    // Zip64: only the fields that did not fit are here, in this order.
    let place = extra + 4;
    const next = () => {
      if (place + 8 > extraEnd) damaged(name);
      place += 8;
      return Number(view.getBigUint64(place - 8, true));
    };
    if (size === 0xffffffff) size = next();
    if (compressed === 0xffffffff) compressed = next();
    if (localHeader === 0xffffffff) localHeader = next();
  }
  const flags = view.getUint16(at + 8, true);
  const record = {
    raw: { bytes: bytesIn(view, at + ENTRY_BYTES, nameLength, view.byteLength), unicodePath },
    encrypted: (flags & 1) === 1,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressed,
    size,
    localHeader: localHeader + shift,
  };
  return { record, end };
}

/** Part of a view; empty where it would reach beyond. */
function bytesIn(view: DataView, start: number, length: number, end: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, start + length <= end ? length : 0);
}

function refuseOverlaps(records: readonly ZipRecord[], directoryStart: number, name: string): void {
  const inPlace = records.toSorted((a, b) => a.localHeader - b.localHeader);
  inPlace.forEach(({ path, localHeader, compressed }, at) => {
    const limit = inPlace[at + 1]?.localHeader ?? directoryStart;
    if (localHeader + LOCAL_HEADER_BYTES + compressed <= limit) return;
    throw new FormatError({ code: "zip/overlap", file: name, entry: tidyPath(path) });
  });
}

function tooMany(name: string, entries: number): never {
  throw new FormatError({ code: "zip/too-many-files", file: name, files: entries, most: MAX_ENTRIES });
}

function cutShort(name: string): never {
  throw new FormatError({ code: "zip/cut-short", file: name });
}

function damaged(name: string): never {
  throw new FormatError({ code: "zip/damaged-directory", file: name });
}
