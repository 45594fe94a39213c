/** What was dropped, one file after another: archives opened, whatever they are named, and everything in a fixed order. */
import type { Placement } from "../dataset/intake.ts";
import type { CodePage } from "../formats/archives/code-pages.ts";
import type { PackedSet } from "../formats/datasets/packed/packed-set.ts";
import { mayConcernPacked } from "../formats/datasets/packed/packed-sets.ts";
import type { ProjectSample } from "../formats/datasets/teachable-machine-project.ts";
import type { Reading } from "../formats/datasets/tree.ts";
import { contentOf, openArchive, withoutGzip } from "./archives.ts";
import { reasonOf } from "./errors.ts";
import type { IncomingEntry } from "./inner-archives.ts";
import { candidatesOf, packedAmong, packedInArchive, packedUnderOtherNames, readingsOf } from "./packed.ts";
import type { WorkerFault } from "./protocol/faults.ts";
import type { IncomingFile, ReadingChoice } from "./protocol/index.ts";
import {
  chosenReading,
  inOrder,
  isNamedArchive,
  LOOSE,
  placeAsPhoto,
  placeBy,
  treeOfEntries,
  treeOfFiles,
} from "./trees.ts";
import { type Unpacker, unpackerFor } from "./unpacking.ts";

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

const IGNORED: Placement = { kind: "ignored" };
/** Files whose beginnings are read together. */
const AT_ONCE = 64;

/** What is told while candidates are listed. */
interface Listener {
  /** More candidates have become known. */
  expect(more: number): void;
  /** How a tree was read. */
  understood?(reading: Reading): void;
}

/**
 * Lists everything that was dropped. How a tree of files is read is decided by all of its names, before its first file is
 * given out.
 */
export async function* candidatesIn(
  files: readonly IncomingFile[],
  listener: Listener,
  choice: ReadingChoice = {},
  unpacker: Unpacker = unpackerFor(files),
): AsyncGenerator<Candidate> {
  const { sets, rest } = await packedAmong(await withoutGzip(files, unpacker));
  listener.expect(rest.length);
  yield* packedCandidates(sets, listener);
  const sorted = inOrder(rest);
  const loose = treeOfFiles(sorted, choice);
  const reading = await chosenReading(loose, LOOSE, choice);
  if (loose.photos.length) listener.understood?.(reading);
  /** Parts of packed sets that are called like photos. */
  const misnamed: IncomingFile[] = [];
  for (let start = 0; start < sorted.length; start += AT_ONCE) {
    const batch = sorted.slice(start, start + AT_ONCE).map((file) => recognise(file, reading, choice));
    for (const { archive, candidate, file, isMisnamed } of await Promise.all(batch)) {
      if (isMisnamed) {
        misnamed.push(file);
        continue;
      }
      if (archive === null) {
        yield candidate;
        continue;
      }
      try {
        yield* candidatesInArchive(file, listener, choice, unpacker);
      } catch (error) {
        unpacker.signal.throwIfAborted();
        yield { ...candidate, problem: reasonOf(error) };
      }
    }
  }
  const found = await packedUnderOtherNames(misnamed);
  listener.expect(-misnamed.length);
  yield* packedCandidates(found.sets, listener);
  listener.expect(found.rest.length);
  for (const file of found.rest) yield (await recognise(file, reading, choice)).candidate;
}

function* packedCandidates(sets: readonly PackedSet[], listener: Listener): Generator<Candidate> {
  for (const reading of readingsOf(sets)) listener.understood?.(reading);
  for (const set of sets) {
    const candidates = candidatesOf(set);
    listener.expect(candidates.length);
    yield* candidates;
  }
}

async function* candidatesInArchive(
  file: IncomingFile,
  listener: Listener,
  choice: ReadingChoice,
  unpacker: Unpacker,
): AsyncGenerator<Candidate> {
  const { entries, samples, reading, sets } = await readArchive(file, choice, unpacker);
  if (reading) listener.understood?.(reading);
  listener.expect(entries.length - 1);
  yield* packedCandidates(sets, listener);
  for (const entry of samples ? entries : inOrder(entries)) {
    const sample = samples?.get(entry.path);
    const placement: Placement = sample ? placeSample(sample) : reading ? placeBy(reading, entry.path, {}) : IGNORED;
    yield candidateOf(entry, placement);
  }
}

interface ReadArchive {
  /** Without those that belong to packed sets. */
  readonly entries: readonly IncomingEntry[];
  readonly samples: ReadonlyMap<string, ProjectSample> | null;
  /** null where it is a Teachable Machine project, or nothing is left beside packed sets. */
  readonly reading: Reading | null;
  readonly sets: readonly PackedSet[];
}

/** A zip as a person has chosen that it is read. */
async function readArchive(file: IncomingFile, choice: ReadingChoice, unpacker: Unpacker): Promise<ReadArchive> {
  const opened = await openArchive(file, unpacker);
  if (opened.samples) return { ...opened, reading: null, sets: [] };
  const { codePages } = opened;
  const named = choice.chosen?.[file.path] ?? 0;
  // What was asked of it is either the code page or the reading.
  const isAskedPage = codePages.length > 1;
  const codePage = codePages[isAskedPage ? named : 0];
  const { entries } = isAskedPage ? await openArchive(file, unpacker, codePage ?? null) : opened;
  const { sets, rest } = await packedInArchive(entries);
  const tree = treeOfEntries(rest);
  if (sets.length > 0 && tree.photos.length === 0) return { entries: rest, samples: null, reading: null, sets };
  const reading = await chosenReading(tree, file.path, isAskedPage ? {} : choice);
  return { entries: rest, samples: null, reading: withCodePage(reading, codePage), sets };
}

function withCodePage(reading: Reading, codePage: CodePage | undefined): Reading {
  return codePage ? { ...reading, remarks: [...reading.remarks, { remark: "code-page", codePage }] } : reading;
}

/** By what a file begins with. Its name decides only what is left out without a word. */
async function recognise(file: IncomingFile, reading: Reading, choice: ReadingChoice) {
  const { path, blob } = file;
  const { archive, data } = await contentOf(file);
  const placement = isNamedArchive(path) ? placeAsPhoto(path) : placeBy(reading, path, choice);
  const candidate: Candidate = { path, placement, size: blob.size, problem: null, read: async () => blob };
  if (archive !== null) return { file, archive, candidate, isMisnamed: false };
  if (data) {
    const problem = { code: "file/data-set", kind: data } as const;
    const refused = { ...candidate, placement: placeAsPhoto(`${path}.zip`), problem };
    return { file, archive, candidate: refused, isMisnamed: !mayConcernPacked(path) };
  }
  const isOther = /\.(tar|gz|7z|rar)$/i.test(path);
  return { file, archive, candidate: isOther ? { ...candidate, placement: IGNORED } : candidate, isMisnamed: false };
}

/** What is still named like an archive in an archive is a photo, or has a problem that is told. */
function candidateOf(entry: IncomingEntry, placement: Placement): Candidate {
  const { path, size, problem } = entry;
  const candidate = { path, placement, size, problem, read: () => entry.blob() };
  const isTold = isNamedArchive(path) && (problem !== null || /\.(zip|tm)$/i.test(path));
  return isTold ? { ...candidate, placement: placeAsPhoto(path) } : candidate;
}

/** What a Teachable Machine project says of a photo. */
function placeSample(sample: ProjectSample): Placement {
  return { kind: "candidate", ...sample, fixedSplit: null, excluded: false };
}
