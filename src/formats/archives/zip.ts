/**
 * Zip archives, read by random access through their central directory (PKWARE APPNOTE 6.3.10) and written as a stream.
 *
 * Reading by the directory, not by scanning, is what makes entries stored with data descriptors come out whole.
 */
import { tidyPath } from "../../dataset/names.ts";
import { FormatError } from "../errors.ts";
import type { CodePage } from "./code-pages.ts";
import { crc32 } from "./crc32.ts";
import { type ArchiveEntry, leadsOutside, type Watch } from "./entry.ts";
import type { ZipEntryFault } from "./errors.ts";
import { counted } from "./gunzip.ts";
import { createPieces } from "./pieces.ts";
import { readDirectory, viewOf, type ZipRecord } from "./zip-directory.ts";
import { streamZip, type ZipFile } from "./zip-stream.ts";

export interface ZipEntry extends ArchiveEntry {
  readonly problem: ZipEntryFault | null;
}

const LOCAL_HEADER = 0x04034b50;
const MAX_ENTRY_BYTES = 4e9;
/** Of one archive, with those that lie in it. */
export const MAX_UNPACKED_BYTES = 32e9;
/** Deflate cannot do better than about 1032 : 1; photos and weights do not come near a hundredth of that. */
const MAX_RATIO = 1100;
const PIECE_BYTES = 4 * 2 ** 20;

/**
 * Lists a zip's files; folders are left out. An entry that cannot be read says so itself, and the others can be.
 *
 * @param name the zip's file name, for messages
 * @throws FormatError when it is not a zip, is cut short or damaged, or is made to fill the machine
 */
export async function readZip(blob: Blob, name: string): Promise<ZipEntry[]> {
  return (await readZipIn(blob, name, null)).entries;
}

/** A zip's files, and the code pages that their names may be in. */
export interface OpenZip {
  readonly entries: ZipEntry[];
  /** The likeliest first; several where only a person can say, none where the names say it. */
  readonly codePages: readonly CodePage[];
}

/** As `readZip`, with what is known of its names. @param codePage of names that do not say theirs; null guesses it */
export async function readZipIn(blob: Blob, name: string, codePage: CodePage | null): Promise<OpenZip> {
  const directory = await readDirectory(blob, name, codePage);
  const records = directory.records.filter(({ path }) => !path.endsWith("/"));
  const unpacked = records.reduce((sum, { size }) => sum + size, 0);
  if (unpacked > MAX_UNPACKED_BYTES) {
    throw new FormatError({ code: "zip/too-large", file: name, bytes: unpacked, most: MAX_UNPACKED_BYTES });
  }
  return { entries: records.map((record) => entryOf(blob, name, record)), codePages: directory.codePages };
}

/** Writes files, as they are and uncompressed, into one zip. Photos and weights would hardly shrink. */
export function writeZip(files: readonly ZipFile[]): Promise<Blob> {
  const stream = streamZip(
    (async function* () {
      yield* files;
    })(),
  );
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
}

function entryOf(zip: Blob, zipName: string, record: ZipRecord): ZipEntry {
  const label = { file: zipName, entry: tidyPath(record.path) };
  const problem = problemOf(record, label);
  return {
    path: record.path,
    size: record.size,
    problem,
    blob: async (watch) => {
      if (problem !== null) throw new FormatError(problem);
      return readEntry(zip, label, record, watch);
    },
  };
}

/** Which entry of which zip, for faults. */
interface Label {
  readonly file: string;
  readonly entry: string;
}

/** What the directory alone tells; null when it finds nothing wrong. */
function problemOf({ path, encrypted, method, compressed, size }: ZipRecord, label: Label): ZipEntryFault | null {
  if (path.includes("\0")) return { code: "zip/entry-name", ...label };
  if (leadsOutside(path)) return { code: "zip/entry-outside", ...label };
  if (encrypted) return { code: "zip/entry-encrypted", ...label };
  if (method !== 0 && method !== 8) return { code: "zip/entry-method", ...label, method };
  if (size > MAX_ENTRY_BYTES || size > compressed * MAX_RATIO + 1024) {
    return { code: "zip/entry-too-large", ...label, bytes: size };
  }
  return null;
}

async function readEntry(
  zip: Blob,
  label: Label,
  { localHeader, method, compressed, ...declared }: ZipRecord,
  watch: Watch | undefined,
): Promise<Blob> {
  const header = await viewOf(zip, localHeader, localHeader + 30);
  if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL_HEADER) {
    throw new FormatError({ code: "zip/entry-damaged", ...label });
  }
  const start = localHeader + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const raw = zip.slice(start, start + compressed);
  if (raw.size < compressed) throw new FormatError({ code: "zip/entry-cut-short", ...label });
  return method === 0 ? readStored(raw, declared, label, watch) : inflate(raw, declared, label, watch);
}

/** What the directory says of an entry's contents. */
type Declared = Pick<ZipRecord, "size" | "crc">;

/** A part of the zip itself, checked piece by piece, so that it takes no memory however large it is. */
async function readStored(raw: Blob, { size, crc }: Declared, label: Label, watch: Watch | undefined): Promise<Blob> {
  if (raw.size !== size) throw new FormatError({ code: "zip/entry-size", ...label });
  let found = 0;
  for (let at = 0; at < size; at += PIECE_BYTES) {
    watch?.signal.throwIfAborted();
    const piece = raw.slice(at, Math.min(at + PIECE_BYTES, size));
    found = crc32(new Uint8Array(await piece.arrayBuffer()), found);
    watch?.onRead(piece.size);
  }
  if (found !== crc) throw new FormatError({ code: "zip/entry-changed", ...label });
  return raw;
}

/** Stops as soon as more comes out than was declared. */
async function inflate(raw: Blob, { size, crc }: Declared, label: Label, watch: Watch | undefined): Promise<Blob> {
  const pieces = createPieces();
  let length = 0;
  let found = 0;
  try {
    const reader = counted(raw.stream(), watch).pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.byteLength;
      if (length > size || watch?.signal.aborted) {
        await reader.cancel();
        break;
      }
      found = crc32(part.value, found);
      pieces.add(part.value);
    }
  } catch {
    throw new FormatError({ code: "zip/entry-damaged", ...label });
  }
  watch?.signal.throwIfAborted();
  if (length !== size) throw new FormatError({ code: "zip/entry-size", ...label });
  if (found !== crc) throw new FormatError({ code: "zip/entry-changed", ...label });
  return pieces.whole();
}
