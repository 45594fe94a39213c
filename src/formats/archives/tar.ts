/** Tar archives: ustar, with the long names of GNU tar and of pax (POSIX.1-2017, pax, "ustar Interchange Format"). */
import { tidyPath } from "../../dataset/names.ts";
import { FormatError } from "../errors.ts";
import { type ArchiveEntry, leadsOutside } from "./entry.ts";
import type { TarEntryFault } from "./errors.ts";
import { isTarHeader } from "./kind.ts";
import { MAX_ENTRIES } from "./zip-directory.ts";
import { decodeNames } from "./zip-names.ts";

const BLOCK = 512;
const WINDOW_BYTES = 2 ** 20;
/** A path may be long; a description of many megabytes is an attack. */
const MOST_DESCRIPTION_BYTES = 2 ** 20;
const MAX_ENTRY_BYTES = 4e9;

interface Found {
  readonly name: Uint8Array;
  readonly start: number;
  readonly size: number;
}

/**
 * Lists a tar's files, without its folders and links. What is cut short or damaged ends the list, and the files before that
 * can be read.
 *
 * @param name the tar's file name, for messages
 * @throws FormatError when it is no tar, or holds too many files
 */
export async function readTar(blob: Blob, name: string): Promise<ArchiveEntry[]> {
  const found = await filesIn(blob, name);
  const { names } = decodeNames(
    found.map((file) => ({ bytes: file.name, unicodePath: null })),
    null,
  );
  return found.map((file, at) => entryOf(blob, name, file, names[at] ?? ""));
}

async function filesIn(blob: Blob, name: string): Promise<Found[]> {
  const blockAt = windowOn(blob);
  const found: Found[] = [];
  let longName: Uint8Array | null = null;
  let longSize: number | null = null;
  for (let at = 0; at + BLOCK <= blob.size; ) {
    const header = await blockAt(at);
    if (!isTarHeader(header)) {
      if (at === 0) throw new FormatError({ code: "tar/damaged", file: name });
      // Blocks of zeros end a tar; anything else is damage, behind which nothing can be found.
      break;
    }
    const type = String.fromCharCode(header[156] ?? 0);
    const size: number = longSize ?? numberIn(header.subarray(124, 136));
    const start = at + BLOCK;
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === "L" || type === "x") {
      if (size > MOST_DESCRIPTION_BYTES) throw new FormatError({ code: "tar/damaged", file: name });
      const text = new Uint8Array(await blob.slice(start, start + size).arrayBuffer());
      if (type === "L") longName = untilNul(text);
      else ({ path: longName, size: longSize } = paxIn(text));
      continue;
    }
    if (["0", "\0", "7"].includes(type)) found.push({ name: longName ?? nameIn(header), start, size });
    if (type !== "g" && type !== "K") [longName, longSize] = [null, null];
    if (found.length > MAX_ENTRIES)
      throw new FormatError({ code: "tar/too-many-files", file: name, most: MAX_ENTRIES });
  }
  return found;
}

/** Gives the block at a place; headers of small files lie close together and are read together. */
function windowOn(blob: Blob): (at: number) => Promise<Uint8Array> {
  let from = 0;
  let bytes = new Uint8Array();
  return async (at) => {
    if (at < from || at + BLOCK > from + bytes.length) {
      from = at;
      bytes = new Uint8Array(await blob.slice(at, at + WINDOW_BYTES).arrayBuffer());
    }
    return bytes.subarray(at - from, at - from + BLOCK);
  };
}

function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Name and, in ustar, the folders in front of it. */
function nameIn(header: Uint8Array): Uint8Array {
  const name = untilNul(header.subarray(0, 100));
  const isUstar = String.fromCharCode(...header.subarray(257, 263)) === "ustar\0";
  const prefix = isUstar ? untilNul(header.subarray(345, 500)) : new Uint8Array();
  return prefix.length ? Uint8Array.from([...prefix, 0x2f, ...name]) : name;
}

/** Octal digits, or for large numbers bytes behind a set bit. */
function numberIn(field: Uint8Array): number {
  const [first = 0, ...rest] = field;
  if (first & 0x80) return rest.reduce((value, byte) => value * 256 + byte, first & 0x7f);
  const digits = String.fromCharCode(...field).replace(/[\0 ]/g, "");
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0;
}

/** “<length> <key>=<value>\n”, the length counting itself. */
function paxIn(text: Uint8Array): { path: Uint8Array | null; size: number | null } {
  const decoder = new TextDecoder();
  let path: Uint8Array | null = null;
  let size: number | null = null;
  for (let at = 0; at < text.length; ) {
    const length = Number.parseInt(decoder.decode(text.subarray(at, at + 12)), 10);
    if (!(length > 0)) break;
    const record = text.subarray(at, at + length - 1);
    const key = decoder.decode(record).match(/^\d+ ([^=]+)=/)?.[1] ?? "";
    const value = record.subarray(record.indexOf(0x3d) + 1);
    if (key === "path") path = value;
    if (key === "size") size = Number(decoder.decode(value));
    at += length;
  }
  return { path, size: size !== null && Number.isSafeInteger(size) && size >= 0 ? size : null };
}

function entryOf(tar: Blob, tarName: string, { start, size }: Found, path: string): ArchiveEntry {
  const label = { file: tarName, entry: tidyPath(path) };
  const problem = problemOf(path, start, size, tar.size, label);
  const clean = path.replace(/^(\.\/)+/, "");
  return {
    path: clean,
    size,
    problem,
    blob: async () => {
      if (problem) throw new FormatError(problem);
      return tar.slice(start, start + size);
    },
  };
}

function problemOf(
  path: string,
  start: number,
  size: number,
  end: number,
  label: { readonly file: string; readonly entry: string },
): TarEntryFault | null {
  if (leadsOutside(path)) return { code: "tar/entry-outside", ...label };
  if (size > MAX_ENTRY_BYTES) return { code: "tar/entry-too-large", ...label, bytes: size };
  return start + size > end ? { code: "tar/entry-cut-short", ...label } : null;
}
