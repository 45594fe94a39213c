/**
 * Photos and labels in MATLAB's files other than CIFAR's: `X` and `y` of SVHN (Netzer et al., “Reading Digits in Natural Images
 * with Unsupervised Feature Learning”, 2011; http://ufldl.stanford.edu/housenumbers), and arrays like them.
 */
import { beginningOf } from "../../archives/kind.ts";
import { dataFileKind } from "../data-files.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { type MatValue, readMat } from "./mat.ts";
import { labelledPhotos, type NamedArray } from "./named-arrays.ts";
import { allNumbers, type NumberArray, valuesOf } from "./numbers.ts";
import type { PackedProblem, PackedReader, PackedSet } from "./packed-set.ts";
import { layoutOf, photoArray } from "./photo-array.ts";
import { photosOfFile, splitInName } from "./photos.ts";

export const readMatArrays: PackedReader = async (files) => {
  const problems: PackedProblem[] = [];
  const sets: PackedSet[] = [];
  for (const file of files) {
    await attempt(file, problems, async () => {
      const blob = await file.read();
      if ((await dataFileKind(blob, await beginningOf(blob))) !== "matlab") return null;
      const set = await setIn(file, await readMat(blob, nameOf(file)));
      if (set) sets.push(set);
      return set;
    });
  }
  // The files of one set lie beside each other: one for each split.
  const found: PackedSet = {
    kind: "matlab",
    photos: sets.flatMap(({ photos }) => photos),
    files: sets.flatMap((set) => set.files),
    remarks: sets.flatMap(({ remarks }) => remarks),
    problems: [...problems, ...sets.flatMap((set) => set.problems ?? [])],
  };
  return sets.length > 0 || problems.length > 0 ? [found] : [];
};

/** null where the variables are no photos. */
async function setIn(file: TreeFile, variables: ReadonlyMap<string, MatValue>): Promise<PackedSet | null> {
  const arrays = [...variables].flatMap(([name, array]): NamedArray[] =>
    isNumbers(array) ? [{ name, file, array }] : [],
  );
  const last = await numberedByLast(file, arrays);
  if (last) return last;
  const { photos, remarks, problems } = await labelledPhotos(arrays);
  if (photos.length === 0 && problems.length === 0) return null;
  return { kind: "matlab", photos, files: problems.length ? [] : [file.path], remarks, problems };
}

function isNumbers(value: MatValue): value is NumberArray {
  return "shape" in value;
}

/** Photos as MATLAB's users number them, by the last index, with a label for each. */
async function numberedByLast(file: TreeFile, arrays: readonly NamedArray[]): Promise<PackedSet | null> {
  for (const { array } of arrays) {
    const count = array.shape.at(-1) ?? 0;
    if (isNumbersArray(array) && array.shape.length > 2) {
      const labels = arrays.find((each) => isNumbersArray(each.array) && isColumn(each.array, count))?.array;
      // In the order of the bytes, the last index is the first one, and each photo stands column by column.
      const turned = { ...array, shape: array.shape.toReversed(), columnMajor: false };
      if (!labels || !isNumbersArray(labels) || !layoutOf(turned.shape)) continue;
      const photos = await photoArray(turned, nameOf(file), true);
      const numbers = Array.from(await allNumbers(labels, nameOf(file)));
      if (!photos || !numbers.every(Number.isInteger)) continue;
      const nameOfLabel = isSvhn(array, numbers) ? (label: number) => String(label % 10) : String;
      const classOf = (at: number) => nameOfLabel(numbers[at] ?? 0);
      const own = photosOfFile({ ...photos, file, split: splitInName(nameOf(file)), classOf });
      return { kind: "matlab", photos: own, files: [file.path], remarks: [] };
    }
  }
  return null;
}

function isNumbersArray(array: NamedArray["array"]): array is NumberArray {
  return "blob" in array;
}

function isColumn({ shape }: NumberArray, count: number): boolean {
  return shape.length <= 2 && shape.includes(count) && valuesOf(shape) === count;
}

/** There, label 10 is the digit 0. */
function isSvhn({ shape }: NumberArray, labels: readonly number[]): boolean {
  const isSquare = shape[0] === 32 && shape[1] === 32 && shape[2] === 3;
  return isSquare && labels.includes(10) && labels.every((label) => label >= 1 && label <= 10);
}
