/**
 * CIFAR-10 and CIFAR-100, whichever of the three official encodings they come in (Krizhevsky, “The CIFAR-10 dataset”,
 * https://www.cs.toronto.edu/~kriz/cifar.html): 32 × 32 pixels, red plane, green plane, blue plane.
 */
import { FormatError } from "../../errors.ts";
import { interleaved, pngOf } from "../../images/png.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { byRows, type NumberArray, shapeText } from "./numbers.ts";
import type { PackedProblem, PackedSet } from "./packed-set.ts";
import { photosOfFile, splitInName } from "./photos.ts";

const SIDE = 32;
export const CIFAR_PIXELS = 3 * SIDE * SIDE;

export type CifarKind = "cifar-10" | "cifar-100";
const CIFAR_CLASSES: Readonly<Record<CifarKind, number>> = { "cifar-10": 10, "cifar-100": 100 };

/** As the data set's page lists them. */
const CIFAR_10 = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/** One file of it. */
export interface CifarBatch {
  readonly kind: CifarKind;
  readonly file: TreeFile;
  /** A number per photo; for CIFAR-100 the fine one. */
  readonly labels: ArrayLike<number>;
  /** A photo's values, `[3, 32, 32]`. */
  planes(at: number): Promise<Uint8Array>;
}

export interface CifarFiles {
  readonly batches: readonly CifarBatch[];
  /** The classes' names, by number; null where no file has them. */
  readonly names: readonly string[] | null;
  /** The file that has the names. */
  readonly namesFile: TreeFile | null;
  readonly problems: readonly PackedProblem[];
}

/** The sets, one per kind, that files of one folder make. What is wrong with a file is told, and the others are taken. */
export function cifarSets({ batches, names, namesFile, problems }: CifarFiles): PackedSet[] {
  const kinds = [...new Set(batches.map(({ kind }) => kind))];
  const sets = kinds.map((kind) => cifarSet(kind, { batches: batches.filter((each) => each.kind === kind), names }));
  const [first, ...others] = sets;
  if (!first) return problems.length ? [{ kind: "cifar-10", photos: [], files: [], remarks: [], problems }] : [];
  const files = namesFile ? [...first.files, namesFile.path] : first.files;
  return [{ ...first, files, problems: [...(first.problems ?? []), ...problems] }, ...others];
}

function cifarSet(kind: CifarKind, { batches, names }: Pick<CifarFiles, "batches" | "names">): PackedSet {
  const classes = CIFAR_CLASSES[kind];
  const problems: PackedProblem[] = [];
  const sound = batches.filter(({ file, labels }) => {
    const label = Array.from(labels).find((each) => !(each >= 0 && each < classes));
    if (label === undefined) return true;
    const fault = { code: "packed/label-out-of-range", file: nameOf(file), label, classes } as const;
    problems.push({ path: file.path, fault });
    return false;
  });
  const known = names?.length === classes ? names : knownNames(kind, sound);
  const photos = sound.flatMap(({ file, labels, planes }) =>
    photosOfFile({
      file,
      count: labels.length,
      split: splitInName(nameOf(file)),
      size: CIFAR_PIXELS,
      classOf: (at) => known?.[labels[at] ?? -1] ?? String(labels[at]),
      read: async (at) => pngOf({ width: SIDE, height: SIDE, channels: 3, values: interleaved(await planes(at), 3) }),
    }),
  );
  return { kind, photos, files: sound.map(({ file }) => file.path), remarks: [], problems };
}

/**
 * CIFAR-10's names are given without a file of names only where photos of all ten labels are there: photos of 32 × 32 in
 * this encoding with fewer labels may well be of another set.
 */
function knownNames(kind: CifarKind, batches: readonly CifarBatch[]): readonly string[] | null {
  if (kind !== "cifar-10") return null;
  const seen = new Set(batches.flatMap(({ labels }) => [...new Set(Array.from(labels))]));
  return seen.size === CIFAR_10.length ? CIFAR_10 : null;
}

/** @param array `[photos, 3072]` @throws FormatError when it is of another shape, or has not as many photos as labels */
export function cifarBatch({
  kind,
  file,
  labels,
  array,
}: Omit<CifarBatch, "planes"> & { readonly array: NumberArray }): CifarBatch {
  const name = nameOf(file);
  const [photos = 0, ...pixels] = array.shape;
  if (array.type !== "u1" || pixels.length === 0 || pixels.reduce((a, b) => a * b, 1) !== CIFAR_PIXELS) {
    throw new FormatError({ code: "packed/no-photos", file: name, shape: shapeText(array.shape) });
  }
  if (labels.length !== photos) {
    throw new FormatError({ code: "packed/counts-differ", file: name, photos, labels: labels.length });
  }
  let rows: Promise<NumberArray> | null = null;
  return {
    kind,
    file,
    labels,
    async planes(at) {
      rows ??= byRows(array, name);
      const { blob } = await rows;
      return new Uint8Array(await blob.slice(at * CIFAR_PIXELS, (at + 1) * CIFAR_PIXELS).arrayBuffer());
    },
  };
}
