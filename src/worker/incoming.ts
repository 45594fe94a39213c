/** What was dropped, one file after another: zips opened, whatever they are named, and everything in a fixed order. */
import { type Placement, placeFile } from "../dataset/intake.ts";
import { readZip, type ZipEntry } from "../formats/archives/zip.ts";
import { manifestIn } from "../formats/archives/zip-manifest.ts";
import { type ProjectSample, teachableMachineSamples } from "../formats/datasets/teachable-machine-project.ts";
import { FormatError } from "../formats/errors.ts";
import { imageType } from "../formats/images/header.ts";
import { isProjectManifest } from "../formats/project/manifest.ts";
import { WorkerError } from "./errors.ts";
import { isZip } from "./model-blobs.ts";
import type { WorkerFault } from "./protocol/faults.ts";
import type { IncomingFile } from "./protocol/index.ts";

/** A file that is looked at. */
export interface Candidate {
  /** Among the folders, or within its zip. */
  readonly path: string;
  readonly placement: Placement;
  /** Bytes, as far as they are known before it is read. */
  readonly size: number;
  /** Why it is not taken, as far as that is known before it is read. */
  readonly problem: WorkerFault | null;
  read(): Promise<Blob>;
}

/** Files whose beginnings are read together. */
const AT_ONCE = 64;
/** Bytes that tell a picture from a zip. */
const BEGINNING = 16;

/** @param expect is told of more candidates as they become known */
export async function* candidatesIn(
  files: readonly IncomingFile[],
  expect: (more: number) => void,
): AsyncGenerator<Candidate> {
  expect(files.length);
  const sorted = inOrder(files);
  for (let start = 0; start < sorted.length; start += AT_ONCE) {
    for (const { isArchive, candidate, file } of await Promise.all(
      sorted.slice(start, start + AT_ONCE).map(recognise),
    )) {
      if (!isArchive) {
        yield candidate;
        continue;
      }
      try {
        const entries = await readZip(file.blob, file.path);
        if (await isProject(entries)) throw new WorkerError({ code: "file/is-a-project" });
        const samples = await teachableMachineSamples(entries);
        expect(entries.length - 1);
        for (const entry of samples ? entries : inOrder(entries)) {
          const candidate = candidateOf(entry, file.path);
          const sample = samples?.get(entry.path);
          yield sample ? { ...candidate, placement: placeSample(sample) } : candidate;
        }
      } catch (error) {
        yield { ...candidate, problem: reasonOf(error) };
      }
    }
  }
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

/** Why a file could not be taken. @throws the error itself when it is not about the file */
export function reasonOf(error: unknown): WorkerFault {
  if (error instanceof FormatError || error instanceof WorkerError) return error.fault;
  // A file or zip may be gone or locked by the time it is read.
  if (error instanceof DOMException) return { code: "file/unreadable" };
  throw error;
}

/** By what a file begins with. Its name decides only what is left out without a word. */
async function recognise(file: IncomingFile) {
  const { path, blob } = file;
  const beginning = await beginningOf(blob);
  const candidate = { path, placement: placeFile(path), size: blob.size, problem: null, read: async () => blob };
  if (isNamedZip(path)) {
    return { file, isArchive: imageType(beginning) === null, candidate: { ...candidate, placement: asPhoto(path) } };
  }
  return { file, isArchive: candidate.placement.kind === "candidate" && isZip(beginning), candidate };
}

/** Empty when it cannot be read, which is told at its turn. */
async function beginningOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, BEGINNING).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}

function candidateOf(entry: ZipEntry, zipPath: string): Candidate {
  const { path, size, problem } = entry;
  const candidate = { path, placement: placeFile(path), size, problem, read: () => entry.blob() };
  if (!isNamedZip(path) || problem !== null) return candidate;
  return { ...candidate, placement: asPhoto(path), problem: { code: "file/zip-in-zip", outer: zipPath } };
}

/** What a Teachable Machine project says of a photo. */
function placeSample(sample: ProjectSample): Placement {
  return { kind: "candidate", ...sample, fixedSplit: null, excluded: false };
}

function isNamedZip(path: string): boolean {
  return /\.(zip|tm)$/i.test(path);
}

/** Where a photo would go that has only the name of a zip. */
function asPhoto(path: string): Placement {
  return placeFile(path.replace(/\.(zip|tm)$/i, ".jpg"));
}

const collator = new Intl.Collator("en", { numeric: true });

/** By path, “2” before “10”: a browser lists a folder as its disk does, and the order decides the splits. */
function inOrder<File extends { readonly path: string }>(files: readonly File[]): File[] {
  return [...files].sort((a, b) => collator.compare(a.path, b.path));
}
