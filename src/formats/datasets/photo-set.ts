/** The labelled photos as files that any tool reads: in folders by split and class, in one folder, or as Hugging Face has them. */
import {
  type Dataset,
  type PhotoGroups,
  type PhotoId,
  type Sample,
  UNSORTED,
  UNSORTED_NAME,
} from "../../dataset/dataset.ts";
import { mayBePhoto, splitNamed } from "../../dataset/intake.ts";
import { type SplitShares, splitSamples } from "../../dataset/split.ts";
import type { ZipFile } from "../archives/zip-stream.ts";
import { createNames, safeName } from "../file-names.ts";
import { csvOf, LABELS_HEADER, METADATA_HEADER } from "./photo-set-table.ts";

/**
 * How the photos lie:
 * - `folders`: `<split>/<class>/<file name>`, with `labels.csv`;
 * - `table`: `photos/<file name>`, with `labels.csv`;
 * - `hugging-face`: `<split>/<file name>`, with a `metadata.csv` in each folder.
 */
export type PhotoSetLayout = "folders" | "table" | "hugging-face";

/** What a person wants of the set. */
export interface PhotoSetChoice {
  readonly layout: PhotoSetLayout;
  readonly shares: SplitShares;
}

/** A photo with what the tables say of it. */
interface Labelled {
  readonly sample: Sample;
  /** Name of its class; “Unsorted” without one. */
  readonly className: string;
  /** `train`, `validation`, `test` or `excluded`; empty for unsorted ones. */
  readonly split: string;
}

/** Where a layout puts photos, and the tables that come last. */
interface Shelves {
  pathOf(photo: Labelled): string;
  tables(): readonly ZipFile[];
}

/**
 * The zip's files, one at a time: photos that take part under `train`, `validation` or `test`, as splits are drawn;
 * unsorted ones and those that are left out apart from them. Tables come last.
 *
 * It comes back by its tables with the same classes and splits; folders without their table come back by the folder rule.
 *
 * @param readPhoto a photo's bytes, or null when they cannot be read, which leaves the photo out
 */
export async function* photoSetFiles(
  dataset: Dataset,
  groups: PhotoGroups,
  { layout, shares }: PhotoSetChoice,
  readPhoto: (sample: Sample) => Promise<Uint8Array | null>,
): AsyncGenerator<ZipFile> {
  const splits = splitSamples(dataset, shares, groups);
  const classNames = new Map(dataset.classes.map(({ id, name }) => [id, name]));
  const shelves = SHELVES[layout](dataset);
  for (const sample of dataset.samples) {
    const bytes = await readPhoto(sample);
    if (!bytes) continue;
    const { classId } = sample;
    const className = classId === UNSORTED ? UNSORTED_NAME : (classNames.get(classId) ?? "");
    yield { path: shelves.pathOf({ sample, className, split: splitOf(sample, splits) }), bytes };
  }
  yield* shelves.tables();
}

function splitOf({ photo, classId, excluded }: Sample, splits: ReadonlyMap<PhotoId, string>): string {
  return splits.get(photo) ?? (classId === UNSORTED && !excluded ? "" : "excluded");
}

const SHELVES: Readonly<Record<PhotoSetLayout, (dataset: Dataset) => Shelves>> = {
  folders(dataset) {
    const folders = foldersOf(dataset);
    return withLabels(({ sample, split }) => [split, folders.get(sample.classId) ?? UNSORTED_NAME, photoName(sample)]);
  },
  table: () => withLabels(({ sample }) => ["photos", photoName(sample)]),
  "hugging-face": metadataShelves,
};

/** One table for all. */
function withLabels(partsOf: (photo: Labelled) => readonly string[]): Shelves {
  const nextPath = createNames();
  const rows: string[][] = [];
  return {
    pathOf(photo) {
      const path = nextPath(partsOf(photo).filter(Boolean).join("/"));
      rows.push([path, photo.className, photo.split, photo.sample.photo]);
      return path;
    },
    tables: () => [{ path: "labels.csv", bytes: csvOf(LABELS_HEADER, rows) }],
  };
}

/** A table in each folder. No folder has another: Hugging Face takes one that is called like a split for a split, at any depth. */
function metadataShelves(): Shelves {
  const nextPath = createNames();
  const rowsOf = new Map<string, string[][]>();
  return {
    pathOf({ sample, className, split }) {
      const folder = split || "unsorted";
      const path = nextPath(`${folder}/${photoName(sample)}`);
      const rows = rowsOf.get(folder) ?? [];
      rowsOf.set(folder, rows);
      const label = sample.classId === UNSORTED ? "" : className;
      rows.push([path.slice(folder.length + 1), label, split, sample.photo]);
      return path;
    },
    tables: () =>
      [...rowsOf].map(([folder, rows]) => ({ path: `${folder}/metadata.csv`, bytes: csvOf(METADATA_HEADER, rows) })),
  };
}

const ARCHIVE = /\.(tm|tgz|xz|txz|bz2|tbz2?|zst)$/i;

/** Readers go by the ending: a photo that has none, or that of another kind of file, gets one. */
function photoName({ fileName }: Sample): string {
  // A table's cell that begins so would be written otherwise than the file is called.
  const name = safeName(fileName).replace(/^(?=[=+\-@'])/, "_");
  const isNamedPhoto = /\.[a-z0-9]{1,5}$/i.test(name) && mayBePhoto([name]) && !ARCHIVE.test(name);
  return isNamedPhoto ? name : `${name}.jpg`;
}

function foldersOf({ classes }: Dataset): ReadonlyMap<string, string> {
  const nextFolder = createNames();
  // Its folder's name is what it is known by, whatever it is called here.
  const folders = new Map([[UNSORTED, nextFolder(UNSORTED_NAME)]]);
  for (const { id, name } of classes) if (id !== UNSORTED) folders.set(id, nextFolder(folderName(name)));
  return folders;
}

/** A class that is called like a split would not be taken for a class. */
function folderName(className: string): string {
  const name = safeName(className);
  return splitNamed(name) === null ? name : `${name}_`;
}
