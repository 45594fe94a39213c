/** IDX files, as MNIST and its kin come in (LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist). */
import { FormatError } from "../../errors.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { allNumbers, arrayIn, type NumberArray, type NumberType, shapeText } from "./numbers.ts";
import type { PackedProblem, PackedReader, PackedSet } from "./packed-set.ts";
import { photoArray } from "./photo-array.ts";
import { byFolder, photosOfFile, splitInName } from "./photos.ts";

const TYPES: ReadonlyMap<number, NumberType> = new Map([
  [0x08, "u1"],
  [0x09, "i1"],
  [0x0b, "i2"],
  [0x0c, "i4"],
  [0x0d, "f4"],
  [0x0e, "f8"],
]);
const MOST_DIMENSIONS = 4;
/** Its pictures stand column by column (Cohen et al., “EMNIST: an extension of MNIST to handwritten letters”, 2017). */
const EMNIST = /^emnist/i;

interface IdxFile {
  readonly file: TreeFile;
  readonly array: NumberArray;
}

export const readIdx: PackedReader = async (files) => {
  const sets = await Promise.all(byFolder(files).map(setIn));
  return sets.filter(({ photos, problems = [] }) => photos.length > 0 || problems.length > 0);
};

async function setIn(folder: readonly TreeFile[]): Promise<PackedSet> {
  const problems: PackedProblem[] = [];
  const found: IdxFile[] = [];
  for (const file of folder) {
    const array = await attempt(file, problems, () => idxIn(file));
    if (array) found.push({ file, array });
  }
  const columns = found.filter(({ array }) => array.shape.length === 1);
  const used = new Set<IdxFile>();
  const photos = [];
  const taken = [];
  for (const images of found.filter(({ array }) => array.shape.length > 1)) {
    const own = await attempt(images.file, problems, () => {
      const labels = labelsOf(images, columns);
      if (labels) used.add(labels);
      return photosIn(images, labels);
    });
    if (!own) continue;
    photos.push(...own);
    taken.push(images.file.path);
  }
  for (const each of columns) {
    if (used.has(each)) taken.push(each.file.path);
    else problems.push({ path: each.file.path, fault: { code: "packed/labels-alone", file: nameOf(each.file) } });
  }
  return { kind: "idx", photos, files: taken, remarks: [], problems };
}

/** null when it is none. @throws FormatError when it is one and its size is not what its header says */
async function idxIn(file: TreeFile): Promise<NumberArray | null> {
  const blob = await file.read();
  const head = new DataView(await blob.slice(0, 4 + 4 * MOST_DIMENSIONS).arrayBuffer());
  if (head.byteLength < 8 || head.getUint16(0) !== 0) return null;
  const type = TYPES.get(head.getUint8(2));
  const dimensions = head.getUint8(3);
  if (!type || dimensions < 1 || dimensions > MOST_DIMENSIONS) return null;
  const start = 4 + 4 * dimensions;
  if (head.byteLength < start) return null;
  const shape = Array.from({ length: dimensions }, (_, at) => head.getUint32(4 + 4 * at));
  const isNamed = /idx|ubyte/i.test(nameOf(file));
  // Other files begin with such bytes by chance; their sizes do not fit then.
  if (!isNamed && type !== "u1") return null;
  return arrayIn({ type, littleEndian: false, shape, columnMajor: false, blob: blob.slice(start) }, nameOf(file));
}

/** What photos and labels of one set have in common in their names: `train-images-idx3-ubyte` is of `train`. */
function stemOf({ file }: IdxFile): string {
  return nameOf(file)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => !/^(images?|labels?|idx\d?|ubyte|x|y|data)$/.test(word))
    .join(" ");
}

/** The labels that are named like the photos, or the only ones of their number. */
function labelsOf(images: IdxFile, columns: readonly IdxFile[]): IdxFile | null {
  const [count = 0] = images.array.shape;
  const named = columns.find((each) => stemOf(each) === stemOf(images));
  if (named) {
    const [labels = 0] = named.array.shape;
    if (labels === count) return named;
    throw new FormatError({ code: "packed/counts-differ", file: nameOf(images.file), photos: count, labels });
  }
  const fitting = columns.filter(({ array }) => array.shape[0] === count);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

async function photosIn({ file, array }: IdxFile, labels: IdxFile | null) {
  const photos = await photoArray(array, nameOf(file), EMNIST.test(nameOf(file)));
  if (!photos) throw new FormatError({ code: "packed/no-photos", file: nameOf(file), shape: shapeText(array.shape) });
  const numbers = labels && (await allNumbers(labels.array, nameOf(labels.file)));
  return photosOfFile({
    ...photos,
    file,
    split: splitInName(nameOf(file)) ?? (labels && splitInName(nameOf(labels.file))),
    classOf: (at) => (numbers ? String(numbers[at]) : null),
  });
}
