/** Every kind of packed data set that is read, and which files of a tree are looked at for them. */
import { isHidden } from "../../../dataset/intake.ts";
import { beginningOfGzip, gunzip } from "../../archives/gunzip.ts";
import { archiveKind, beginningOf, TELLING_BYTES } from "../../archives/kind.ts";
import { FormatError } from "../../errors.ts";
import { imageType } from "../../images/header.ts";
import { dataFileKind } from "../data-files.ts";
import { withClassNames } from "../tables/class-names.ts";
import { nameOf } from "../tables/table.ts";
import type { Reading, TreeFile } from "../tree.ts";
import { readCifarBinary } from "./cifar-binary.ts";
import { readCifarMats } from "./cifar-mat.ts";
import { readCifarPickles } from "./cifar-pickle.ts";
import { readIdx } from "./idx.ts";
import { readMatArrays } from "./mat-arrays.ts";
import { readNumpy } from "./numpy.ts";
import type { PackedReader, PackedSet } from "./packed-set.ts";
import { readParquet } from "./parquet.ts";

const READERS: readonly PackedReader[] = [
  readCifarBinary,
  readCifarPickles,
  readCifarMats,
  readMatArrays,
  readIdx,
  readNumpy,
  readParquet,
];

/** Files that may be data sets by their names. */
const DATA_NAME = /\.(bin|dat|data|parquet|npy|npz|mat|pkl|pickle|p|meta|idx|gz|[a-z0-9]*-?ubyte)$|-ubyte$/i;
const NO_ENDING = /^[^.]+$/;
/** A set stands in a few files: where more have no ending, they are something else. */
const MOST_WITHOUT_ENDING = 64;
/** Arrays in a file each are no set that is packed. */
const MOST_FILES = 1000;
/** Archives, which are opened as such. */
const PACKED_TAR = /\.(tgz|tar\.gz)$/i;
/** Names and notes that readers may want to see. */
const BESIDE = /\.(txt|json|csv|names)$/i;
const MOST_BESIDE_BYTES = 2 ** 20;

/** Whether a file may be a part of a packed set, or say something of one, as far as its path alone tells. Photos with usual names are not. */
export function mayConcernPacked(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return mayBePacked(name) || BESIDE.test(name);
}

function mayBePacked(name: string): boolean {
  return !PACKED_TAR.test(name) && (DATA_NAME.test(name) || NO_ENDING.test(name));
}

/**
 * The packed data sets among files, which may be of any kind. Only those that may be one by their names are looked at.
 * What is wrong with one of their files stands among the problems of a set.
 */
export async function packedSetsIn(files: readonly TreeFile[]): Promise<readonly PackedSet[]> {
  const named = files.filter((file) => !isHidden(file.parts) && mayBePacked(nameOf(file)));
  const bare = named.filter((file) => NO_ENDING.test(nameOf(file)));
  const looked = bare.length > MOST_WITHOUT_ENDING ? named.filter((file) => !NO_ENDING.test(nameOf(file))) : named;
  if (looked.length > MOST_FILES) return [];
  let left: TreeFile[] = [];
  // One after another: an archive unpacks each of them.
  for (const file of looked) {
    const seen = await opened(file);
    if (seen) left.push(seen);
  }
  if (left.length === 0) return [];
  const beside = files.filter((file) => BESIDE.test(nameOf(file)) && file.size <= MOST_BESIDE_BYTES);
  const found: PackedSet[] = [];
  for (const read of READERS) {
    const sets = await setsBy(read, left, beside);
    found.push(...(await Promise.all(sets.map((set) => withNames(set, beside)))));
    const taken = new Set(sets.flatMap((set) => [...set.files, ...(set.problems ?? []).map(({ path }) => path)]));
    left = left.filter(({ path }) => !taken.has(path));
  }
  return found;
}

async function setsBy(
  read: PackedReader,
  left: readonly TreeFile[],
  beside: readonly TreeFile[],
): Promise<readonly PackedSet[]> {
  try {
    return await read([...left, ...beside]);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { fault } = error;
    const file = left.find((each) => "file" in fault && (fault.file === each.path || fault.file === nameOf(each)));
    if (!file) throw error;
    return [{ kind: "numpy", photos: [], files: [], remarks: [], problems: [{ path: file.path, fault }] }];
  }
}

/**
 * A file as the readers see it: read once, and out of its gzip. null when it is a photo or a gzip of something else, or cannot
 * be read, which is told at its turn.
 */
async function opened(file: TreeFile): Promise<TreeFile | null> {
  let kept: Promise<Blob> | null = null;
  const read = () => {
    kept ??= file.read();
    return kept;
  };
  try {
    const blob = await read();
    const beginning = await beginningOf(blob);
    if (imageType(beginning) !== null) return null;
    return archiveKind(beginning) === "gzip" ? await unwrapped({ ...file, read }) : { ...file, read };
  } catch (error) {
    if (error instanceof FormatError || error instanceof DOMException) return null;
    throw error;
  }
}

/** What a gzip holds, under its name without the ending, where that begins like a data set. */
async function unwrapped(file: TreeFile): Promise<TreeFile | null> {
  const gzip = await file.read();
  const beginning = await beginningOfGzip(gzip, TELLING_BYTES);
  if ((await dataFileKind(new Blob(), beginning)) === null) return null;
  const parts = [...file.parts.slice(0, -1), nameOf(file).replace(/\.gz$/i, "")];
  let kept: Promise<Blob> | null = null;
  return {
    path: file.path,
    parts,
    size: file.size,
    read() {
      kept ??= gunzip(gzip, nameOf(file));
      return kept;
    },
  };
}

/** Classes that are numbers get their names from a list beside the set, as those of photos do. */
async function withNames(set: PackedSet, beside: readonly TreeFile[]): Promise<PackedSet> {
  const reading = readingOf(set);
  const named = await withClassNames(reading, beside);
  if (named === reading) return set;
  return {
    ...set,
    photos: set.photos.map((photo) => ({ ...photo, label: named.labels.get(photo.path) ?? photo.label })),
  };
}

/** A packed set as a reading of its photos. */
export function readingOf({ kind, photos, remarks }: PackedSet): Reading {
  const labels = new Map(photos.map(({ path, label }) => [path, label]));
  return { understood: { layout: "packed", kind }, fit: "certain", labels, remarks };
}
