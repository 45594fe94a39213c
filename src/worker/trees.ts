/** Files as the layouts of data sets look at them: a tree of what was dropped together, or of one archive. */
import { isHidden, mayBePhoto, NO_LABEL, type PhotoLabel, type Placement, partsOf } from "../dataset/intake.ts";
import type { ArchiveEntry } from "../formats/archives/entry.ts";
import { readFolders } from "../formats/datasets/folders.ts";
import { readTree } from "../formats/datasets/layouts.ts";
import type { Reading, Tree, TreeFile } from "../formats/datasets/tree.ts";
import type { IncomingFile, ReadingChoice } from "./protocol/index.ts";

/** What the readings of what was dropped outside of any archive are asked under. */
export const LOOSE = "";

const ARCHIVE = /\.(zip|tm|tar|tgz|gz|7z|rar|xz|txz|bz2|tbz2?|zst)$/i;

/** Files that are named like archives. What they are, their content decides. */
export function isNamedArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

/** What was dropped, as layouts look at it. */
export function looseFiles(files: readonly IncomingFile[]): TreeFile[] {
  return files.map(({ path, blob }) => ({ path, parts: partsOf(path), size: blob.size, read: async () => blob }));
}

/** An archive's files, as layouts look at them. */
export function filesOfEntries(entries: readonly Pick<ArchiveEntry, "path" | "size" | "blob">[]): TreeFile[] {
  return entries.map((entry) => ({
    path: entry.path,
    parts: partsOf(entry.path),
    size: entry.size,
    read: () => entry.blob(),
  }));
}

/** A path without the ending that says that it is an archive, or compressed. */
export function withoutArchiveEnding(path: string): string {
  return path.replace(/\.(tar\.\w+|zip|tm|tar|tgz|gz)$/i, "");
}

/** What was dropped outside of archives. @param choice what is known about loose photos */
export function treeOfFiles(files: readonly IncomingFile[], { looseHaveAPlace = false }: ReadingChoice): Tree {
  const tree = treeOf(looseFiles(files.filter(({ path }) => !isNamedArchive(path))));
  return looseHaveAPlace ? { ...tree, photos: tree.photos.filter(({ parts }) => parts.length > 1) } : tree;
}

/** What an archive holds. */
export function treeOfEntries(entries: readonly Pick<ArchiveEntry, "path" | "size" | "blob">[]): Tree {
  return treeOf(filesOfEntries(entries.filter(({ path }) => !isNamedArchive(path))));
}

/** No disk nests folders deeper; layouts walk them by recursion. */
const MOST_FOLDERS = 200;

function treeOf(files: readonly TreeFile[]): Tree {
  const seen = inOrder(files).filter(({ parts }) => !isHidden(parts) && parts.length <= MOST_FOLDERS);
  return {
    photos: seen.filter(({ parts }) => mayBePhoto(parts)),
    others: seen.filter(({ parts }) => !mayBePhoto(parts)),
  };
}

const collator = new Intl.Collator("en", { numeric: true });

/** By path, “2” before “10”: a browser lists a folder as its disk does, and the order decides the splits. */
export function inOrder<File extends { readonly path: string }>(files: readonly File[]): File[] {
  return [...files].sort((a, b) => collator.compare(a.path, b.path));
}

/** The reading of a tree that is taken: the one that a person has chosen, or the first. @param key of the tree in what was chosen */
export async function chosenReading(tree: Tree, key: string, { chosen = {} }: ReadingChoice): Promise<Reading> {
  const readings = await readTree(tree);
  return readings[chosen[key] ?? 0] ?? readings[0];
}

/** Where a file goes by a reading of its tree; what that leaves out is ignored. */
export function placeBy(reading: Reading, path: string, { looseHaveAPlace = false }: ReadingChoice): Placement {
  const parts = partsOf(path);
  if (!mayBePhoto(parts)) return { kind: "ignored" };
  const isLoose = looseHaveAPlace && parts.length === 1;
  const label = isLoose ? NO_LABEL : reading.labels.get(path);
  return label ? candidate(parts, label) : { kind: "ignored" };
}

/** Where a photo goes that has only the name of an archive: by its own folders. */
export function placeAsPhoto(path: string): Placement {
  const named = path.replace(ARCHIVE, ".jpg");
  const parts = partsOf(named);
  if (!mayBePhoto(parts)) return { kind: "ignored" };
  const [reading] = readFolders({ photos: [{ path, parts, size: 0, read: async () => new Blob() }], others: [] });
  return candidate(parts, reading?.labels.get(path) ?? NO_LABEL);
}

function candidate(parts: readonly string[], label: PhotoLabel): Placement {
  return { kind: "candidate", fileName: parts.at(-1) ?? "", ...label };
}
