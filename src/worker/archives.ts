/** Archives of every kind that photos come in, opened by what they hold and not by their names. */
import { isHidden, mayBePhoto, partsOf } from "../dataset/intake.ts";
import type { CodePage } from "../formats/archives/code-pages.ts";
import { beginningOfGzip, gunzip } from "../formats/archives/gunzip.ts";
import {
  archiveKind,
  beginningOf,
  type ForeignArchive,
  type OpenedArchive,
  TELLING_BYTES,
} from "../formats/archives/kind.ts";
import { readTar } from "../formats/archives/tar.ts";
import { readZipIn } from "../formats/archives/zip.ts";
import { type DataFileKind, dataFileKind } from "../formats/datasets/data-files.ts";
import { type ProjectSample, teachableMachineSamples } from "../formats/datasets/teachable-machine-project.ts";
import { FormatError } from "../formats/errors.ts";
import { imageType } from "../formats/images/header.ts";
import { WorkerError } from "./errors.ts";
import { type IncomingEntry, isProject, withInner } from "./inner-archives.ts";
import type { IncomingFile } from "./protocol/index.ts";
import { isNamedArchive } from "./trees.ts";
import type { Unpacker } from "./unpacking.ts";

export interface OpenArchive {
  /** Those of archives within it among them. */
  readonly entries: readonly IncomingEntry[];
  /** The code pages that its names may be in, the likeliest first; empty where they say it. */
  readonly codePages: readonly CodePage[];
  /** By path, where it is a Teachable Machine project; null where it is not. */
  readonly samples: ReadonlyMap<string, ProjectSample> | null;
}

/** The kind of archive that a file is, whatever it is called; null when it is none, or is left out by its name. */
export async function archiveIn({ path, blob }: IncomingFile): Promise<OpenedArchive | ForeignArchive | null> {
  const parts = partsOf(path);
  if (isHidden(parts) || !(isNamedArchive(path) || mayBePhoto(parts))) return null;
  const beginning = await readableBeginning(blob);
  if (imageType(beginning) !== null) return null;
  return archiveBy(beginning, path);
}

function archiveBy(beginning: Uint8Array, path: string): OpenedArchive | ForeignArchive | null {
  return archiveKind(beginning) ?? (/\.(zip|tm)$/i.test(path) ? "zip" : null);
}

/** Names that can only be photos': such files are not opened to see whether they are archives. */
export const PHOTO_NAME = /\.(jpe?g|jfif|png|gif|webp|avif|bmp|hei[cf]|tiff?)$/i;

/** Files that may be data sets by their names: those without an ending among them. */
const DATA_NAME = /(\.(bin|parquet|npy|mat|pkl|pickle|ubyte)|(^|\/)[^./]+|-ubyte)$/i;

/** What a file is by its content: an archive, or a whole data set. */
export interface Content {
  readonly archive: OpenedArchive | ForeignArchive | null;
  readonly data: DataFileKind | null;
}

/** Neither, for what is left out by its name. The file's beginning is read once. */
export async function contentOf({ path, blob }: IncomingFile): Promise<Content> {
  const parts = partsOf(path);
  const mayBeArchive = isNamedArchive(path) || mayBePhoto(parts);
  if (isHidden(parts) || !(mayBeArchive || DATA_NAME.test(path))) return { archive: null, data: null };
  const beginning = await readableBeginning(blob);
  if (imageType(beginning) !== null) return { archive: null, data: null };
  const archive = mayBeArchive ? archiveBy(beginning, path) : null;
  return { archive, data: archive === null ? await dataFileKind(blob, beginning) : null };
}

/**
 * Files, those among them that were compressed by themselves without that: they are called as they are without `.gz`, and
 * looked at as any other. One that cannot be unpacked stays as it is and is told when it is opened.
 */
export async function withoutGzip(files: readonly IncomingFile[], unpacker: Unpacker): Promise<IncomingFile[]> {
  const unwrap = async (file: IncomingFile): Promise<IncomingFile> => {
    const { path, blob } = file;
    if (PHOTO_NAME.test(path) || (await archiveIn(file)) !== "gzip") return file;
    try {
      if (await isTarInside(blob)) return file;
      return { path: path.replace(/\.t?gz$/i, ""), blob: await unpackedGzip(file, unpacker) };
    } catch (error) {
      unpacker.signal.throwIfAborted();
      if (error instanceof FormatError || error instanceof DOMException) return file;
      throw error;
    }
  };
  const all: IncomingFile[] = [];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    unpacker.signal.throwIfAborted();
    all.push(...(await Promise.all(files.slice(start, start + AT_ONCE).map(unwrap))));
  }
  return all;
}

/** Files whose beginnings are read together. */
const AT_ONCE = 64;

async function isTarInside(gzip: Blob): Promise<boolean> {
  return archiveKind(await beginningOfGzip(gzip, TELLING_BYTES)) === "tar";
}

function unpackedGzip({ path, blob }: IncomingFile, unpacker: Unpacker): Promise<Blob> {
  return unpacker.once(blob, "gzip", path, blob.size, (watch) => gunzip(blob, path, { watch }));
}

/**
 * What an archive holds.
 * @param codePage of names in a zip that do not say theirs; null guesses it
 * @throws WorkerError when it is a project; FormatError when it cannot be read
 */
export async function openArchive(
  file: IncomingFile,
  unpacker: Unpacker,
  codePage: CodePage | null = null,
): Promise<OpenArchive> {
  const { path, blob } = file;
  const kind = await archiveIn(file);
  if (kind === "tar" || kind === "gzip") {
    const tar = kind === "tar" ? blob : await unpackedGzip(file, unpacker);
    if (archiveKind(await readableBeginning(tar)) !== "tar")
      throw new FormatError({ code: "archive/gzip-of-one-file" });
    const inside = await withInner({ blob: tar, entries: await readTar(tar, path), unpacker });
    return { ...inside, samples: null };
  }
  if (kind !== "zip" && kind !== null) throw new FormatError({ code: "archive/not-opened", kind });
  const { entries, codePages } = await readZipIn(blob, path, codePage);
  if (await isProject(entries)) throw new WorkerError({ code: "file/is-a-project" });
  const samples = await teachableMachineSamples(entries);
  if (samples) return { entries, codePages, samples };
  const inside = await withInner({ blob, entries, unpacker });
  // Of those within it none is asked for; what was guessed is said.
  return { entries: inside.entries, codePages: codePages.length ? codePages : inside.codePages.slice(0, 1), samples };
}

/** Empty when it cannot be read, which is told at its turn. */
async function readableBeginning(blob: Blob): Promise<Uint8Array> {
  try {
    return await beginningOf(blob);
  } catch {
    return new Uint8Array();
  }
}
