/** Data sets that stand packed in a few files of a drop or of an archive, apart from the files that are left. */
import type { PackedSet } from "../formats/datasets/packed/packed-set.ts";
import { mayConcernPacked, packedSetsIn, readingOf } from "../formats/datasets/packed/packed-sets.ts";
import type { Reading, TreeFile } from "../formats/datasets/tree.ts";
import type { Candidate } from "./incoming.ts";
import type { IncomingEntry } from "./inner-archives.ts";
import type { IncomingFile } from "./protocol/index.ts";
import { filesOfEntries, inOrder, looseFiles, placeAsPhoto } from "./trees.ts";

/** Files without those that belong to packed data sets. */
export interface Apart<File> {
  readonly sets: readonly PackedSet[];
  readonly rest: readonly File[];
}

/** @param files in any order */
export function packedAmong(files: readonly IncomingFile[]): Promise<Apart<IncomingFile>> {
  return apart(files, looseFiles(files.filter(({ path }) => mayConcernPacked(path))));
}

/** Files that hold data sets by their content and are called like something else: they are looked at without their endings. */
export async function packedUnderOtherNames(files: readonly IncomingFile[]): Promise<Apart<IncomingFile>> {
  const bare = new Map(files.map((file) => [file.path.replace(/\.[^./]*$/, "").replace(/\.(?=[^/]*$)/g, "-"), file]));
  const { sets, rest } = await packedAmong([...bare].map(([path, { blob }]) => ({ path, blob })));
  const isRest = new Set(rest.map(({ path }) => bare.get(path)));
  return { sets, rest: files.filter((file) => isRest.has(file) || ![...bare.values()].includes(file)) };
}

/** What cannot be read by the archive's own word is left where it is. */
export function packedInArchive(entries: readonly IncomingEntry[]): Promise<Apart<IncomingEntry>> {
  const readable = entries.filter(({ path, problem }) => problem === null && mayConcernPacked(path));
  return apart(entries, filesOfEntries(readable));
}

async function apart<File extends { readonly path: string }>(
  files: readonly File[],
  looked: readonly TreeFile[],
): Promise<Apart<File>> {
  const sets = await packedSetsIn(inOrder(looked));
  const taken = new Set(sets.flatMap((set) => [...set.files, ...(set.problems ?? []).map(({ path }) => path)]));
  return { sets, rest: taken.size ? files.filter(({ path }) => !taken.has(path)) : files };
}

/** How packed sets were read, those of which photos were found. */
export function readingsOf(sets: readonly PackedSet[]): Reading[] {
  return sets.filter(({ photos }) => photos.length > 0).map(readingOf);
}

/** Photos to be taken in, and files that cannot be. */
export function candidatesOf({ photos, problems = [] }: PackedSet): Candidate[] {
  return [
    ...photos.map(({ path, label, size, read }): Candidate => {
      const fileName = path.split("/").at(-1) ?? path;
      return { path, placement: { kind: "candidate", fileName, ...label }, size, problem: null, read };
    }),
    ...problems.map(
      ({ path, fault }): Candidate => ({
        path,
        placement: placeAsPhoto(`${path}.zip`),
        size: 0,
        problem: fault,
        read: async () => new Blob(),
      }),
    ),
  ];
}
