/** Data sets of Hugging Face in Parquet files: a column of photos, a column of labels, in one file or in shards. */
import type { Split } from "../../../dataset/dataset.ts";
import { NO_LABEL, splitNamed } from "../../../dataset/intake.ts";
import { FormatError } from "../../errors.ts";
import { imageType } from "../../images/header.ts";
import type { Remark, TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import type { PackedPhoto, PackedProblem, PackedReader, PackedSet } from "./packed-set.ts";
import { openParquet, type ParquetFile, type RowGroup } from "./parquet-file.ts";

/** Names that can only be photos' or tables': such files are not looked into. */
const OTHER_NAME = /\.(jpe?g|jfif|png|gif|webp|avif|bmp|hei[cf]|tiff?|csv|tsv|txt|jsonl?|md|npy|npz|mat|zip|gz|tar)$/i;

/** All shards and splits with the same columns are one set. Labels are read at once, photos one row group at a time. */
export const readParquet: PackedReader = async (files) => {
  const held = createHeld();
  const sets = new Map<string, { photos: PackedPhoto[]; files: string[]; remarks: Remark[] }>();
  const problems: PackedProblem[] = [];
  for (const file of files) {
    if (OTHER_NAME.test(file.path)) continue;
    const blob = await file.read();
    if ((await blob.slice(0, 4).text()) !== "PAR1") continue;
    await attempt(file, problems, async () => {
      const parquet = await openParquet(file, blob);
      await checkPhotos(parquet);
      const { image, label, names, isMultiLabel } = parquet.columns;
      const photos = await photosIn(parquet, file, held);
      const key = JSON.stringify([image, label, names]);
      const set = sets.get(key) ?? { photos: [], files: [], remarks: [] };
      sets.set(key, set);
      set.files.push(file.path);
      if (isMultiLabel) set.remarks.push({ remark: "multi-label", file: parquet.name });
      for (const photo of photos) set.photos.push(photo);
      return set;
    });
  }
  const found = [...sets.values()].map((set): PackedSet => ({ kind: "parquet", ...set }));
  return problems.length ? [...found, { kind: "parquet", photos: [], files: [], remarks: [], problems }] : found;
};

/** The only column of bytes, under any name, may hold something else than photos. */
async function checkPhotos({ name, columns, groups, values }: ParquetFile): Promise<void> {
  if (columns.isSure || groups.every(({ rows }) => rows === 0)) return;
  const [first] = await values(columns.image, 0, 1);
  const bytes = bytesOf(first);
  if (!bytes || imageType(bytes) === null) throw new FormatError({ code: "parquet/no-photos", file: name });
}

async function photosIn(parquet: ParquetFile, { path, parts }: TreeFile, held: Held): Promise<PackedPhoto[]> {
  const { label, names } = parquet.columns;
  const fixedSplit = splitOf(parts);
  const photos: PackedPhoto[] = [];
  for (const group of parquet.groups) {
    const { start, rows, bytes } = group;
    const labels = label === null ? null : await parquet.values(label, start, start + rows);
    for (let row = 0; row < rows; row++) {
      const className = labels ? classOf(labels[row], names) : null;
      const place = [path, fixedSplit, className?.replaceAll("/", "_"), String(start + row)].filter(Boolean);
      photos.push({
        path: place.join("/"),
        label: { ...NO_LABEL, className, fixedSplit },
        size: Math.round(bytes / rows),
        read: () => held.photo(parquet, group, row),
      });
    }
  }
  return photos;
}

/** `train-00000-of-00004.parquet`, `data/validation/0000.parquet`, `cifar10-test.parquet` */
function splitOf(parts: readonly string[]): Split | null {
  const stem = (parts.at(-1) ?? "").replace(/\.[a-z]+$/i, "").replace(/-\d+-of-\d+.*$/, "");
  const words = stem.split(/[-_.]/);
  const names = [stem, words[0], words.at(-1), ...parts.slice(0, -1).toReversed()];
  return names.map((name) => splitNamed(name ?? "")).find((split) => split !== null) ?? null;
}

/** Photos without a label have the number -1 in a ClassLabel. */
function classOf(value: unknown, names: readonly string[] | null): string | null {
  if (typeof value === "string") return value || null;
  if (typeof value === "boolean") return String(value);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value) || null;
  if (typeof value !== "number" && typeof value !== "bigint") return null;
  return names ? (names[Number(value)] ?? null) : String(value);
}

interface Held {
  photo(parquet: ParquetFile, group: RowGroup, row: number): Promise<Blob>;
}

/** Keeps the photos of the row group that was asked for last: photos are read in their order. */
function createHeld(): Held {
  let last: { readonly group: RowGroup; readonly values: Promise<readonly unknown[]> } | null = null;
  return {
    async photo({ name, columns, values }, group, row) {
      const { start, rows } = group;
      if (last?.group !== group) last = { group, values: values(columns.image, start, start + rows) };
      const bytes = bytesOf((await last.values)[row]);
      if (!bytes?.length) throw new FormatError({ code: "parquet/empty-row", file: name, row: start + row });
      return new Blob([bytes]);
    },
  };
}

function bytesOf(value: unknown): Uint8Array<ArrayBuffer> | null {
  if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
  const bytes: unknown = typeof value === "object" && value !== null && "bytes" in value ? value.bytes : null;
  return bytes instanceof Uint8Array ? (bytes as Uint8Array<ArrayBuffer>) : null;
}
