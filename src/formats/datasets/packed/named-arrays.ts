/** Arrays that belong together by their names: photos and labels, for each split. */
import { FormatError } from "../../errors.ts";
import { nameOf } from "../tables/table.ts";
import type { Remark, TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { unflattened } from "./flat-photos.ts";
import type { TextArray } from "./npy.ts";
import { allNumbers, type NumberArray, shapeText } from "./numbers.ts";
import type { PackedPhoto, PackedProblem } from "./packed-set.ts";
import { layoutOf, photoArray } from "./photo-array.ts";
import { photosOfFile, splitInName } from "./photos.ts";

export interface NamedArray {
  /** As the file calls it: `x_train`. */
  readonly name: string;
  /** The file that it stands in. */
  readonly file: TreeFile;
  readonly array: NumberArray | TextArray;
}

export interface LabelledPhotos {
  readonly photos: readonly PackedPhoto[];
  /** Whose photos or labels were used. */
  readonly files: ReadonlySet<string>;
  readonly remarks: readonly Remark[];
  readonly problems: readonly PackedProblem[];
}

/** Words that say what an array is, and not of which part of a set. */
const ROLE = /^(x|y|images?|imgs?|photos?|pictures?|data|features|samples|labels?|targets?|class(es)?|arr|\d+)$/;
/** Many labels per photo in fewer columns than this may be classes as ones and zeros. */
const MOST_CLASSES = 10_000;

/** The photos among arrays, labelled by the arrays of labels that fit them by name and number. */
export async function labelledPhotos(given: readonly NamedArray[]): Promise<LabelledPhotos> {
  const photos: PackedPhoto[] = [];
  const files = new Set<string>();
  const remarks: Remark[] = [];
  const problems: PackedProblem[] = [];
  const arrays: NamedArray[] = [];
  for (const each of given) arrays.push((await attempt(each.file, problems, () => withSides(each))) ?? each);
  const columns = arrays.filter(mayBeLabels);
  const images = arrays.filter(({ array }) => !isTexts(array) && layoutOf(array.shape) !== null);
  for (const image of images) {
    await attempt(image.file, problems, async () => {
      const labels = labelsFor(image, columns, images.length === 1);
      const names = labels && (await classesIn(labels));
      if (names === "several") remarks.push({ remark: "multi-label", file: nameOf(image.file) });
      const own = await photosOf(image, Array.isArray(names) ? names : null, labels);
      photos.push(...own);
      files.add(image.file.path);
      if (labels) files.add(labels.file.path);
      return own;
    });
  }
  return { photos, files, remarks, problems };
}

/** Photos in a row each, with their sides. */
async function withSides(each: NamedArray): Promise<NamedArray> {
  const array = isTexts(each.array) ? null : await unflattened(each.array, nameOf(each.file));
  return array ? { ...each, array } : each;
}

function isTexts(array: NumberArray | TextArray): array is TextArray {
  return "texts" in array;
}

/** A value per photo, or a row of ones and zeros. */
function mayBeLabels({ array }: NamedArray): boolean {
  const [, columns = 1, ...more] = array.shape;
  return array.shape.length > 0 && more.length === 0 && columns >= 1 && columns <= MOST_CLASSES;
}

/** The words of a name without those that say what it is. */
function partOf({ name }: NamedArray): string {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => !ROLE.test(word))
    .join(" ");
}

function labelsFor(image: NamedArray, columns: readonly NamedArray[], isOnly: boolean): NamedArray | null {
  const [count = 0] = image.array.shape;
  const named = columns.filter((each) => partOf(each) === partOf(image));
  const fitting = (named.length ? named : columns).filter(({ array }) => array.shape[0] === count);
  // Several columns of one length: the one that is called so.
  const best = fitting.find(({ name }) => /label|target|^y|class/i.test(name));
  if (best ?? fitting.length === 1) return best ?? fitting[0] ?? null;
  const [first] = named.length ? named : isOnly ? columns : [];
  if (!first) return null;
  const file = nameOf(image.file);
  throw new FormatError({ code: "packed/counts-differ", file, photos: count, labels: first.array.shape[0] ?? 0 });
}

/** A class per photo; `several` where a photo has more than one; null where the numbers are no classes. */
async function classesIn({ array, file }: NamedArray): Promise<string[] | "several" | null> {
  if (isTexts(array)) return array.shape.length === 1 ? [...array.texts] : null;
  const numbers = await allNumbers(array, nameOf(file));
  const [count = 0, columns = 1] = array.shape;
  if (columns === 1) {
    return numbers.every((number) => Number.isInteger(number)) ? Array.from(numbers, String) : null;
  }
  if (!numbers.every((number) => number === 0 || number === 1)) return null;
  const classes: string[] = [];
  for (let row = 0; row < count; row++) {
    const own = numbers.subarray(row * columns, (row + 1) * columns);
    if (own.reduce((sum, each) => sum + each, 0) !== 1) return "several";
    classes.push(String(own.indexOf(1)));
  }
  return classes;
}

async function photosOf(
  { name, file, array }: NamedArray,
  classes: readonly string[] | null,
  labels: NamedArray | null,
): Promise<PackedPhoto[]> {
  const found = isTexts(array) ? null : await photoArray(array, nameOf(file));
  if (!found) throw new FormatError({ code: "packed/no-photos", file: nameOf(file), shape: shapeText(array.shape) });
  const split = splitInName(name) ?? (labels && splitInName(labels.name)) ?? splitInName(nameOf(file));
  const own = nameOf(file).startsWith(name) ? file : { path: `${file.path}/${name}`, parts: [...file.parts, name] };
  return photosOfFile({ ...found, file: own, split, classOf: (at) => classes?.[at] ?? null });
}
