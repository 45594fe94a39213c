/** The photos of one file of a packed data set, named and labelled. */
import type { Split } from "../../../dataset/dataset.ts";
import { type PhotoLabel, splitNamed } from "../../../dataset/intake.ts";
import { FormatError } from "../../errors.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import type { PackedPhoto } from "./packed-set.ts";

/** More would fill the page's memory with their names alone. */
const MOST_PHOTOS = 1_000_000;

export interface PhotosOfFile {
  readonly file: Pick<TreeFile, "path" | "parts">;
  readonly count: number;
  readonly split: Split | null;
  /** Bytes of a photo, about. */
  readonly size: number;
  /** null for a photo without a label. */
  classOf(at: number): string | null;
  /** The photo as a file. */
  read(at: number): Promise<Blob>;
}

/** In the order in which they stand. @throws FormatError when they are more than anyone can look at */
export function photosOfFile({ file, count, split, size, classOf, read }: PhotosOfFile): PackedPhoto[] {
  if (count > MOST_PHOTOS) {
    throw new FormatError({ code: "packed/too-many-photos", file: nameOf(file), photos: count, most: MOST_PHOTOS });
  }
  const digits = String(Math.max(count - 1, 0)).length;
  const stem = stemOf(nameOf(file));
  const labels = new Map<string | null, PhotoLabel>();
  return Array.from({ length: count }, (_, at) => {
    const className = classOf(at);
    const label = labels.get(className) ?? { className, fixedSplit: split, excluded: false };
    labels.set(className, label);
    const name = `${stem}-${String(at).padStart(digits, "0")}.png`;
    const folders = [file.path, split, className?.replaceAll("/", "-")].filter(Boolean);
    return { path: [...folders, name].join("/"), label, size, read: () => read(at) };
  });
}

/** `train-images-idx3-ubyte.gz` as `train-images-idx3`. */
function stemOf(name: string): string {
  return name.replace(/\.gz$/i, "").replace(/[.-](bin|mat|npy|npz|pkl|pickle|p|ubyte|parquet)$/i, "");
}

/** The split that a file's or an array's name has among its words: `x_train`, `t10k-images-idx3-ubyte`, `data_batch_3`, `test_batch`. */
export function splitInName(name: string): Split | null {
  const words = name.split(/[^A-Za-z0-9]+/);
  for (const word of words) {
    const split = word.toLowerCase() === "t10k" ? "test" : splitNamed(word);
    if (split) return split;
  }
  return /data_?batch/i.test(name) ? "train" : null;
}

/** Files that lie in one folder, by that folder. */
export function byFolder(files: readonly TreeFile[]): TreeFile[][] {
  const folders = new Map<string, TreeFile[]>();
  for (const file of files) {
    const folder = file.parts.slice(0, -1).join("/");
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()];
}
