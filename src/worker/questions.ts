/** Which readings of what was dropped a person has to choose between, with what helps to choose. */
import { UNSORTED_NAME } from "../dataset/dataset.ts";
import { tidyPath } from "../dataset/names.ts";
import { readTree } from "../formats/datasets/layouts.ts";
import { classNamesIn, type Reading, type Tree, type TreeFile } from "../formats/datasets/tree.ts";
import { FormatError } from "../formats/errors.ts";
import { checkPhoto, checkPhotoSize } from "../formats/images/header.ts";
import { archiveIn, openArchive, PHOTO_NAME, withoutGzip } from "./archives.ts";
import { WorkerError } from "./errors.ts";
import { packedAmong, packedInArchive } from "./packed.ts";
import type {
  ClassCounts,
  ExamplePhoto,
  IncomingFile,
  ReadingChoice,
  ReadingOffer,
  ReadingQuestion,
  UnderstoodTree,
} from "./protocol/index.ts";
import { LOOSE, treeOfEntries, treeOfFiles } from "./trees.ts";
import type { Unpacker } from "./unpacking.ts";

const EXAMPLES = 5;
/** Larger photos are named and not shown. */
const MOST_SHOWN_BYTES = 20e6;

/** One question per tree of files that can be read in several ways. What cannot be read is told when it is imported. */
export async function questionsOn(
  dropped: readonly IncomingFile[],
  choice: ReadingChoice,
  unpacker: Unpacker,
): Promise<ReadingQuestion[]> {
  const { rest } = await packedAmong(await withoutGzip(dropped, unpacker));
  const questions = [await questionOn(treeOfFiles(rest, choice), LOOSE, null)];
  for (const file of rest) {
    unpacker.signal.throwIfAborted();
    if (PHOTO_NAME.test(file.path) || (await archiveIn(file)) === null) continue;
    questions.push(await questionOnArchive(file, unpacker));
  }
  return questions.filter((question) => question !== null);
}

/** null where nothing is to be asked of it. */
async function questionOnArchive(file: IncomingFile, unpacker: Unpacker): Promise<ReadingQuestion | null> {
  const archive = tidyPath(file.path);
  try {
    const { entries, samples, codePages } = await openArchive(file, unpacker);
    if (samples) return null;
    if (codePages.length < 2) {
      const { rest } = await packedInArchive(entries);
      return await questionOn(treeOfEntries(rest), file.path, archive);
    }
    const offers = codePages.map(async (codePage) => {
      const tree = treeOfEntries((await openArchive(file, unpacker, codePage)).entries);
      const [reading] = await readTree(tree);
      return offerOf({ ...reading, understood: { layout: "names-in", codePage } }, photosOf(tree));
    });
    return { key: file.path, archive, offers: await Promise.all(offers) };
  } catch (error) {
    unpacker.signal.throwIfAborted();
    if (isAboutFile(error)) return null;
    throw error;
  }
}

function photosOf({ photos }: Tree): ReadonlyMap<string, TreeFile> {
  return new Map(photos.map((photo) => [photo.path, photo]));
}

function isAboutFile(error: unknown): boolean {
  return error instanceof FormatError || error instanceof WorkerError || error instanceof DOMException;
}

async function questionOn(tree: Tree, key: string, archive: string | null): Promise<ReadingQuestion | null> {
  const readings = await readTree(tree);
  if (readings.length < 2) return null;
  const offers = readings.map((reading) => offerOf(reading, photosOf(tree)));
  return { key, archive, offers: await Promise.all(offers) };
}

async function offerOf(reading: Reading, photos: ReadonlyMap<string, TreeFile>): Promise<ReadingOffer> {
  const { understood, remarks, labels } = reading;
  const classes = new Map<string, ClassCounts>();
  let unsorted = 0;
  for (const { className, fixedSplit } of labels.values()) {
    if (className === null || className === UNSORTED_NAME) {
      unsorted += 1;
      continue;
    }
    const counts = classes.get(className) ?? { name: className, photos: 0, train: 0, validation: 0, test: 0 };
    const more = { ...counts, photos: counts.photos + 1 };
    classes.set(className, fixedSplit === null ? more : { ...more, [fixedSplit]: counts[fixedSplit] + 1 });
  }
  const largestFirst = [...classes.values()].sort((a, b) => b.photos - a.photos);
  return { understood, remarks, classes: largestFirst, unsorted, examples: await examplesOf(reading, photos) };
}

/** The first photos of as many classes as there are, then the next ones of each. */
async function examplesOf({ labels }: Reading, photos: ReadonlyMap<string, TreeFile>): Promise<ExamplePhoto[]> {
  const byClass = new Map<string | null, string[]>();
  for (const [path, { className }] of labels) {
    const paths = byClass.get(className) ?? [];
    if (paths.length < EXAMPLES) byClass.set(className, [...paths, path]);
  }
  const chosen: { className: string | null; path: string }[] = [];
  for (let round = 0; round < EXAMPLES; round++) {
    for (const [className, paths] of byClass) {
      const path = paths[round];
      if (path !== undefined && chosen.length < EXAMPLES) chosen.push({ className, path });
    }
  }
  return Promise.all(
    chosen.map(async ({ className, path }) => ({
      path: tidyPath(path),
      className: className === UNSORTED_NAME ? null : className,
      photo: await shownPhoto(photos.get(path)),
    })),
  );
}

/** Only what is known to be a photo of a reasonable size is given to the page to show. */
async function shownPhoto(file: TreeFile | undefined): Promise<Blob | null> {
  if (!file || file.size > MOST_SHOWN_BYTES) return null;
  try {
    checkPhotoSize(file.size);
    const blob = await file.read();
    checkPhoto(new Uint8Array(await blob.arrayBuffer()));
    return blob;
  } catch (error) {
    if (isAboutFile(error)) return null;
    throw error;
  }
}

/** How a tree was read, for the message when it is done. */
export function summaryOf({ understood, remarks, labels }: Reading): UnderstoodTree {
  return { understood, remarks, classes: classNamesIn(labels.values()).size };
}
