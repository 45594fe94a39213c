/** Archives of every kind that photos come in, opened by what they hold and not by their names. */
import { isHidden, mayBePhoto, partsOf } from "../dataset/intake.ts";
import type { CodePage } from "../formats/archives/code-pages.ts";
import type { ArchiveEntry } from "../formats/archives/entry.ts";
import { beginningOfGzip, gunzip } from "../formats/archives/gunzip.ts";
import { archiveKind, type ForeignArchive, type OpenedArchive, TELLING_BYTES } from "../formats/archives/kind.ts";
import { readTar } from "../formats/archives/tar.ts";
import { readZipIn, type ZipEntry } from "../formats/archives/zip.ts";
import { manifestIn } from "../formats/archives/zip-manifest.ts";
import { type DataFileKind, dataFileKind } from "../formats/datasets/data-files.ts";
import { type ProjectSample, teachableMachineSamples } from "../formats/datasets/teachable-machine-project.ts";
import { FormatError } from "../formats/errors.ts";
import { imageType } from "../formats/images/header.ts";
import { isProjectManifest } from "../formats/project/manifest.ts";
import { WorkerError } from "./errors.ts";
import type { IncomingFile } from "./protocol/index.ts";
import { isNamedArchive } from "./trees.ts";

export interface OpenArchive {
  readonly entries: readonly ArchiveEntry[];
  /** The code pages that its names may be in, the likeliest first; empty where they say it. */
  readonly codePages: readonly CodePage[];
  /** By path, where it is a Teachable Machine project; null where it is not. */
  readonly samples: ReadonlyMap<string, ProjectSample> | null;
}

/** The kind of archive that a file is, whatever it is called; null when it is none, or is left out by its name. */
export async function archiveIn({ path, blob }: IncomingFile): Promise<OpenedArchive | ForeignArchive | null> {
  const parts = partsOf(path);
  if (isHidden(parts) || !(isNamedArchive(path) || mayBePhoto(parts))) return null;
  const beginning = await beginningOf(blob);
  if (imageType(beginning) !== null) return null;
  return archiveKind(beginning) ?? (/\.(zip|tm)$/i.test(path) ? "zip" : null);
}

/** Files that may be data sets by their names: those without an ending among them. */
const DATA_NAME = /(\.(bin|parquet|npy|mat|pkl|pickle|ubyte)|(^|\/)[^./]+|-ubyte)$/i;

/** The kind of data set that a file is as a whole; null when it is none. */
export async function dataSetIn({ path, blob }: IncomingFile): Promise<DataFileKind | null> {
  if (isHidden(partsOf(path)) || !DATA_NAME.test(path)) return null;
  const beginning = await beginningOf(blob);
  return imageType(beginning) === null ? dataFileKind(blob, beginning) : null;
}

/**
 * What an archive holds.
 * @param codePage of names in a zip that do not say theirs; null guesses it
 * @throws WorkerError when it is a project; FormatError when it cannot be read
 */
export async function openArchive(file: IncomingFile, codePage: CodePage | null = null): Promise<OpenArchive> {
  const { path, blob } = file;
  const kind = await archiveIn(file);
  if (kind === "tar") return { entries: await readTar(blob, path), codePages: [], samples: null };
  if (kind === "gzip") {
    const beginning = await beginningOfGzip(blob, TELLING_BYTES);
    if (archiveKind(beginning) !== "tar") throw new FormatError({ code: "archive/gzip-of-one-file" });
    return { entries: await readTar(await gunzip(blob, path), path), codePages: [], samples: null };
  }
  if (kind !== "zip" && kind !== null) throw new FormatError({ code: "archive/not-opened", kind });
  const { entries, codePages } = await readZipIn(blob, path, codePage);
  if (await isProject(entries)) throw new WorkerError({ code: "file/is-a-project" });
  return { entries, codePages, samples: await teachableMachineSamples(entries) };
}

/** A manifest that cannot be read makes no project; the photos beside it are looked at all the same. */
async function isProject(entries: readonly ZipEntry[]): Promise<boolean> {
  try {
    return isProjectManifest((await manifestIn(entries))?.json);
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** Empty when it cannot be read, which is told at its turn. */
async function beginningOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, TELLING_BYTES).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}
