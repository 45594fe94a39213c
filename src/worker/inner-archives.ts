/** Archives that lie in an archive, one level deep: their files join its own, under folders of their names. */
import { isHidden, mayBePhoto, partsOf } from "../dataset/intake.ts";
import { tidyPath } from "../dataset/names.ts";
import type { CodePage } from "../formats/archives/code-pages.ts";
import type { ArchiveEntry } from "../formats/archives/entry.ts";
import { gunzip, mostUnpacked } from "../formats/archives/gunzip.ts";
import { archiveKind, beginningOf } from "../formats/archives/kind.ts";
import { readTar } from "../formats/archives/tar.ts";
import { MAX_UNPACKED_BYTES, readZipIn, type ZipEntry } from "../formats/archives/zip.ts";
import { MAX_ENTRIES } from "../formats/archives/zip-directory.ts";
import { manifestIn } from "../formats/archives/zip-manifest.ts";
import { teachableMachineSamples } from "../formats/datasets/teachable-machine-project.ts";
import { FormatError } from "../formats/errors.ts";
import { imageType } from "../formats/images/header.ts";
import { isProjectManifest } from "../formats/project/manifest.ts";
import { reasonOf, WorkerError } from "./errors.ts";
import type { WorkerFault } from "./protocol/faults.ts";
import { isNamedArchive, withoutArchiveEnding } from "./trees.ts";
import type { Unpacker } from "./unpacking.ts";

/** A file in an archive, or in one that lies in it. */
export interface IncomingEntry extends Pick<ArchiveEntry, "path" | "size"> {
  readonly problem: WorkerFault | null;
  blob(): Promise<Blob>;
}

/** What an archive and those within it may come to. */
interface Allowance {
  files: number;
  /** As they are declared. */
  bytes: number;
  /** That may be unpacked of archives that lie in it. */
  unpacked: number;
}

interface Outer {
  readonly blob: Blob;
  readonly entries: readonly ArchiveEntry[];
  readonly unpacker: Unpacker;
}

/**
 * An archive's entries, those of archives within it in their places. One that cannot be read, or lies yet a level deeper,
 * is an entry with a problem, and the others can be read.
 */
export async function withInner({ blob, entries, unpacker }: Outer): Promise<{
  readonly entries: readonly IncomingEntry[];
  readonly codePages: readonly CodePage[];
}> {
  const allowance: Allowance = {
    files: MAX_ENTRIES - entries.length,
    bytes: MAX_UNPACKED_BYTES - entries.reduce((sum, { size }) => sum + size, 0),
    unpacked: mostUnpacked(blob.size),
  };
  const isAlone = entries.filter(({ path }) => saysSomething(path)).length === 1;
  const all: IncomingEntry[] = [];
  const codePages = new Set<CodePage>();
  for (const [place, entry] of entries.entries()) {
    unpacker.signal.throwIfAborted();
    if (!isNamedArchive(entry.path) || isHidden(partsOf(entry.path)) || entry.problem !== null) {
      all.push(entry);
      continue;
    }
    try {
      const inner = await open(blob, entry, place, allowance, unpacker);
      for (const codePage of inner.codePages.slice(0, 1)) codePages.add(codePage);
      const folder = isAlone || inner.isFile ? "" : folderFor(entry.path, inner.entries);
      for (const each of inner.entries) all.push({ ...each, path: folder + each.path });
    } catch (error) {
      unpacker.signal.throwIfAborted();
      all.push({ ...entry, problem: reasonOf(error) });
    }
  }
  return { entries: all, codePages: [...codePages] };
}

/** Tables of labels lie beside photos; a note beside one archive makes no second part of a data set. */
function saysSomething(path: string): boolean {
  const parts = partsOf(path);
  return !isHidden(parts) && (isNamedArchive(path) || mayBePhoto(parts) || /\.(csv|tsv|jsonl?|ndjson)$/i.test(path));
}

/** A folder of the archive's name, unless its files have that folder themselves. */
function folderFor(path: string, entries: readonly IncomingEntry[]): string {
  const around = path.split("/").slice(0, -1);
  const name = withoutArchiveEnding(path).split("/").at(-1) ?? "";
  const seen = entries.map((entry) => partsOf(entry.path)).filter((parts) => !isHidden(parts));
  const hasIt = seen.every((parts) => parts.length > 1 && parts[0]?.toLowerCase() === name.toLowerCase());
  return [...around, ...(hasIt ? [] : [name]), ""].join("/");
}

interface Inner {
  readonly entries: readonly IncomingEntry[];
  readonly codePages: readonly CodePage[];
  /** A file by itself, which stays where it is. */
  readonly isFile: boolean;
}

const FILE = { codePages: [], isFile: true } as const;
const FOLDER = { codePages: [], isFile: false } as const;

/** @throws FormatError, WorkerError when it cannot be read */
async function open(
  outer: Blob,
  entry: ArchiveEntry,
  place: number,
  allowance: Allowance,
  unpacker: Unpacker,
): Promise<Inner> {
  const { path, size } = entry;
  const name = tidyPath(path);
  if (size > allowance.unpacked) {
    throw new FormatError({ code: "zip/too-large", file: name, bytes: size, most: allowance.unpacked });
  }
  const blob = await unpacker.once(outer, `entry ${place}`, name, size, (watch) => entry.blob(watch));
  allowance.unpacked -= size;
  const beginning = await beginningOf(blob);
  const isImage = imageType(beginning) !== null;
  const kind = isImage ? null : (archiveKind(beginning) ?? (/\.(zip|tm)$/i.test(path) ? "zip" : null));
  if (kind === null) return { ...FILE, entries: [entry] };
  if (kind === "zip") return openZip(blob, name, allowance);
  if (kind === "tar") return { ...FOLDER, entries: await taken(await readTar(blob, name), name, allowance) };
  if (kind !== "gzip") throw new FormatError({ code: "archive/not-opened", kind });
  const most = Math.min(allowance.unpacked, mostUnpacked(blob.size));
  const unpacked = await unpacker.once(blob, "gzip", name, blob.size, (watch) => gunzip(blob, name, { watch, most }));
  allowance.unpacked -= unpacked.size;
  if (archiveKind(await beginningOf(unpacked)) === "tar") {
    return { ...FOLDER, entries: await taken(await readTar(unpacked, name), name, allowance) };
  }
  const file = { path: withoutArchiveEnding(path), size: unpacked.size, problem: null, blob: async () => unpacked };
  return { ...FILE, entries: await taken([file], name, allowance) };
}

async function openZip(blob: Blob, name: string, allowance: Allowance): Promise<Inner> {
  const { entries, codePages } = await readZipIn(blob, name, null);
  if (await isProject(entries)) throw new WorkerError({ code: "file/is-a-project" });
  // Its labels are its own, and not for the tree around it.
  if (await teachableMachineSamples(entries)) throw new WorkerError({ code: "file/zip-in-zip", outer: name });
  return { entries: await taken(entries, name, allowance), codePages, isFile: false };
}

/** Whether a zip is a project. A manifest that cannot be read makes none; the photos beside it are looked at all the same. */
export async function isProject(entries: readonly ZipEntry[]): Promise<boolean> {
  try {
    return isProjectManifest((await manifestIn(entries))?.json);
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** An archive's entries as parts of the tree around it; archives among them lie too deep. */
async function taken(
  entries: readonly ArchiveEntry[],
  name: string,
  allowance: Allowance,
): Promise<readonly IncomingEntry[]> {
  if (entries.length > allowance.files) {
    const files = MAX_ENTRIES - allowance.files + entries.length;
    throw new FormatError({ code: "zip/too-many-files", file: name, files, most: MAX_ENTRIES });
  }
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (bytes > allowance.bytes) {
    const all = MAX_UNPACKED_BYTES - allowance.bytes + bytes;
    throw new FormatError({ code: "zip/too-large", file: name, bytes: all, most: MAX_UNPACKED_BYTES });
  }
  allowance.files -= entries.length;
  allowance.bytes -= bytes;
  return Promise.all(
    entries.map(async (entry) => {
      if (!LOOKED_INTO.test(entry.path) || entry.problem !== null || (await isPhoto(entry))) return entry;
      return { ...entry, problem: { code: "file/zip-in-zip", outer: name } };
    }),
  );
}

const LOOKED_INTO = /\.(zip|tm|tar|tgz|gz)$/i;
/** What is larger need not be unpacked to be refused. */
const MOST_PHOTO_BYTES = 20e6;

async function isPhoto(entry: ArchiveEntry): Promise<boolean> {
  if (entry.size > MOST_PHOTO_BYTES) return false;
  try {
    return imageType(await beginningOf(await entry.blob())) !== null;
  } catch {
    return false;
  }
}
