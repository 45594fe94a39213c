/** The labelled photos as folders that any tool reads: `<split>/<class>/<file name>`, with a table of them. */
import {
  type Dataset,
  type PhotoGroups,
  type PhotoId,
  type Sample,
  UNSORTED,
  UNSORTED_NAME,
} from "../../dataset/dataset.ts";
import { splitNamed } from "../../dataset/intake.ts";
import { type SplitShares, splitSamples } from "../../dataset/split.ts";
import type { ZipFile } from "../archives/zip-stream.ts";
import { createNames, safeName } from "../file-names.ts";

/**
 * The zip's files, one at a time: photos that take part under `train`, `validation` or `test`, as splits are drawn;
 * unsorted ones under `Unsorted`; those that are left out under `excluded`. `labels.csv` comes last.
 *
 * It comes back by `labels.csv` with the same classes and splits; without that table, by the folder rule.
 *
 * @param readPhoto a photo's bytes, or null when they cannot be read, which leaves the photo out
 */
export async function* photoSetFiles(
  dataset: Dataset,
  groups: PhotoGroups,
  shares: SplitShares,
  readPhoto: (sample: Sample) => Promise<Uint8Array | null>,
): AsyncGenerator<ZipFile> {
  const placeOf = places(dataset, splitSamples(dataset, shares, groups));
  const rows = [["path", "class", "split", "sha256"]];
  for (const sample of dataset.samples) {
    const bytes = await readPhoto(sample);
    if (!bytes) continue;
    const { path, className, split } = placeOf(sample);
    rows.push([path, className, split, sample.photo]);
    yield { path, bytes };
  }
  yield { path: "labels.csv", bytes: new TextEncoder().encode(csv(rows)) };
}

function places(dataset: Dataset, splits: ReadonlyMap<PhotoId, string>) {
  const nextFolder = createNames();
  // Its folder's name is what it is known by, whatever it is called here.
  const folders = new Map([[UNSORTED, nextFolder(UNSORTED_NAME)]]);
  for (const { id, name } of dataset.classes) if (id !== UNSORTED) folders.set(id, nextFolder(folderName(name)));
  const classNames = new Map(dataset.classes.map(({ id, name }) => [id, name]));
  const nextPath = createNames();
  return ({ photo, classId, excluded, fileName }: Sample) => {
    const folder = folders.get(classId) ?? UNSORTED_NAME;
    const split = splits.get(photo) ?? (classId === UNSORTED && !excluded ? "" : "excluded");
    const parts = [split, folder, safeName(fileName)].filter(Boolean);
    return { path: nextPath(parts.join("/")), className: classNames.get(classId) ?? "", split };
  };
}

/** A class that is called like a split would not be taken for a class. */
function folderName(className: string): string {
  const name = safeName(className);
  return splitNamed(name) === null ? name : `${name}_`;
}

/** RFC 4180. */
function csv(rows: readonly (readonly string[])[]): string {
  const field = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
