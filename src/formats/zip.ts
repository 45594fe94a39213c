/**
 * Zip archives, read by random access through their central directory (PKWARE APPNOTE 6.3.10) and written as a stream.
 *
 * Reading by the directory, not by scanning, is what makes entries stored with data descriptors come out whole.
 */
import { downloadZip } from "client-zip";
import { FormatError } from "./errors.ts";

export interface ZipEntry {
  /** With `/` between folders; no folder is `..`, and it is never absolute. */
  readonly path: string;
  /** Bytes, as the directory declares them; checked when the entry is read. */
  readonly size: number;
  /** The entry's contents. @throws FormatError when they are damaged, encrypted or not of the declared size */
  blob(): Promise<Blob>;
}

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const MAX_ENTRIES = 200_000;
/** Deflate cannot do better than about 1032 : 1; photos and weights do not come near a hundredth of that. */
const MAX_ENTRY_BYTES = 4 * 2 ** 30;
const MAX_RATIO = 1100;

/**
 * Lists a zip's files; folders are left out.
 *
 * @param name the zip's file name, for messages
 * @throws FormatError when it is not a zip, is cut short, or names files outside itself
 */
export async function readZip(blob: Blob, name: string): Promise<ZipEntry[]> {
  const directory = await findDirectory(blob, name);
  const view = await viewOf(blob, directory.offset, directory.offset + directory.size);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < directory.entries; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw new FormatError(`${name} has a damaged directory. Make the zip again.`);
    }
    const record = readRecord(view, at);
    at = record.end;
    if (!record.path.endsWith("/")) entries.push(entryOf(blob, name, record));
  }
  return entries;
}

/** Writes files, as they are and uncompressed, into one zip. Photos and weights would hardly shrink. */
export function writeZip(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Promise<Blob> {
  return downloadZip(files.map(({ path, bytes }) => ({ name: path, input: bytes as Uint8Array<ArrayBuffer> }))).blob();
}

interface Record {
  readonly path: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly localHeader: number;
  /** Where the next record begins. */
  readonly end: number;
}

async function findDirectory(blob: Blob, name: string): Promise<{ entries: number; size: number; offset: number }> {
  const tailStart = Math.max(0, blob.size - 65_557);
  const tail = await viewOf(blob, tailStart, blob.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END_OF_DIRECTORY) at--;
  if (at < 0) throw new FormatError(`${name} is not a zip file, or its end is missing. Download or make it again.`);

  let entries = tail.getUint16(at + 10, true);
  let size = tail.getUint32(at + 12, true);
  let offset = tail.getUint32(at + 16, true);
  const isZip64 = entries === 0xffff || size === 0xffffffff || offset === 0xffffffff;
  if (isZip64 && at >= 20 && tail.getUint32(at - 20, true) === ZIP64_LOCATOR) {
    const start = Number(tail.getBigUint64(at - 12, true));
    if (start + 56 > blob.size) throw new FormatError(`${name} is cut short. Download or make it again.`);
    const end = await viewOf(blob, start, start + 56);
    entries = Number(end.getBigUint64(32, true));
    size = Number(end.getBigUint64(40, true));
    offset = Number(end.getBigUint64(48, true));
  }
  if (offset + size > blob.size) throw new FormatError(`${name} is cut short. Download or make it again.`);
  if (entries > MAX_ENTRIES) throw new FormatError(`${name} holds ${entries} files; the most is ${MAX_ENTRIES}.`);
  return { entries, size, offset };
}

function readRecord(view: DataView, at: number): Record {
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const commentLength = view.getUint16(at + 32, true);
  let compressed = view.getUint32(at + 20, true);
  let size = view.getUint32(at + 24, true);
  let localHeader = view.getUint32(at + 42, true);
  const extraEnd = Math.min(at + 46 + nameLength + extraLength, view.byteLength);
  for (let extra = at + 46 + nameLength; extra + 4 <= extraEnd; ) {
    const length = view.getUint16(extra + 2, true);
    if (view.getUint16(extra, true) === 1) {
      // Zip64: only the fields that did not fit are here, in this order.
      let field = extra + 4;
      const next = () => {
        field += 8;
        return Number(view.getBigUint64(field - 8, true));
      };
      if (size === 0xffffffff) size = next();
      if (compressed === 0xffffffff) compressed = next();
      if (localHeader === 0xffffffff) localHeader = next();
    }
    extra += 4 + length;
  }
  const nameBytes = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength);
  return {
    path: new TextDecoder().decode(nameBytes).replaceAll("\\", "/"),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    compressed,
    size,
    localHeader,
    end: at + 46 + nameLength + extraLength + commentLength,
  };
}

function entryOf(zip: Blob, zipName: string, record: Record): ZipEntry {
  const { path, size } = record;
  const label = `“${path}” in ${zipName}`;
  if (path.startsWith("/") || /^[a-z]:/i.test(path) || path.includes("\0") || path.split("/").includes("..")) {
    throw new FormatError(`${label} points outside the zip. This zip is not safe to read.`);
  }
  return { path, size, blob: () => readEntry(zip, label, record) };
}

async function readEntry(zip: Blob, label: string, record: Record): Promise<Blob> {
  if (record.encrypted) throw new FormatError(`${label} is encrypted. Make the zip without a password.`);
  if (record.size > MAX_ENTRY_BYTES || record.size > record.compressed * MAX_RATIO + 1024) {
    throw new FormatError(`${label} would unpack to an unreasonable ${record.size} bytes.`);
  }
  const header = await viewOf(zip, record.localHeader, record.localHeader + 30);
  if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL_HEADER)
    throw new FormatError(`${label} is damaged.`);
  const start = record.localHeader + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const raw = zip.slice(start, start + record.compressed);
  if (raw.size < record.compressed) throw new FormatError(`${label} is cut short.`);
  if (record.method === 0) return raw;
  if (record.method !== 8)
    throw new FormatError(`${label} is compressed in a way this app cannot read (${record.method}).`);
  return inflate(raw, record.size, label);
}

/** Stops as soon as more comes out than was declared. */
async function inflate(raw: Blob, size: number, label: string): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const reader = raw.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.byteLength;
      if (length > size) {
        await reader.cancel();
        break;
      }
      chunks.push(part.value as Uint8Array<ArrayBuffer>);
    }
  } catch {
    throw new FormatError(`${label} is damaged.`);
  }
  if (length !== size) throw new FormatError(`${label} does not have the size that the zip declares.`);
  return new Blob(chunks);
}

async function viewOf(blob: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await blob.slice(start, end).arrayBuffer());
}
