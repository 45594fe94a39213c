/** Layout: a photo set that was downloaded from Headstart, told by its tables and read by them to the letter. */
import { UNSORTED_NAME } from "../../dataset/dataset.ts";
import { type PhotoLabel, splitNamed } from "../../dataset/intake.ts";
import { tidyName } from "../../dataset/names.ts";
import { asItWas } from "../csv.ts";
import { isPhotoSetTable } from "./photo-set-table.ts";
import { MOST_TABLE_BYTES, nameOf, textOf } from "./tables/table.ts";
import { classNamesIn, type Reading, type Tree, type TreeFile } from "./tree.ts";

const TABLE = /^(labels|metadata)\.csv$/i;
/** Of the photos that have a class by their folders, so many another by the tables: folders say nothing of other photos. */
const AGREES = 0.02;

/**
 * What the tables say of each photo. Photos that lie in a set and stand in none of its tables keep what their folders say
 * of them, where folders and tables agree; otherwise they are unsorted.
 *
 * @returns null where the tree is no photo set
 */
export async function readPhotoSet(tree: Tree, [folders]: readonly Reading[]): Promise<Reading | null> {
  const tables = tree.others.filter((file) => TABLE.test(nameOf(file)) && file.size <= MOST_TABLE_BYTES);
  if (!folders || tables.length === 0) return null;
  const byParts = new Map(tree.photos.map(({ path, parts }) => [parts.join("/"), path]));
  const told = new Map<string, PhotoLabel>();
  for (const file of tables)
    for (const [at, label] of await labelsIn(file)) {
      const path = byParts.get(at);
      if (path !== undefined) told.set(path, label);
    }
  if (told.size === 0) return null;
  const agrees = agree(folders, told);
  const labels = new Map(told);
  for (const [path, label] of folders.labels) {
    if (!told.has(path)) labels.set(path, agrees ? label : { ...label, className: UNSORTED_NAME });
  }
  return { understood: { layout: "photo-set" }, fit: "certain", labels, remarks: [] };
}

/** By the photo's path from the tree's root on, each of its names tidied. */
async function labelsIn(file: TreeFile): Promise<Map<string, PhotoLabel>> {
  const labels = new Map<string, PhotoLabel>();
  // Gone, locked, or damaged within its archive: other tables may still be read, and whoever reads tables of any kind says so.
  const text = (await textOf(file).catch(() => "")).replace(/^\ufeff/, "");
  if (!isPhotoSetTable(text)) return labels;
  const { default: papa } = await import("papaparse");
  const [, ...rows] = papa.parse<string[]>(text, { delimiter: ",", skipEmptyLines: "greedy" }).data;
  // A file that is cut short may end within a name.
  if (!/[\r\n]$/.test(text)) rows.pop();
  const folder = file.parts.slice(0, -1);
  for (const [path = "", className = "", split = ""] of rows.map((cells) => cells.map(asItWas))) {
    const parts = [...folder, ...path.split("/").map(tidyName)];
    const excluded = split === "excluded";
    const label = { className: tidyName(className) || UNSORTED_NAME, fixedSplit: splitNamed(split), excluded };
    labels.set(parts.join("/"), label);
  }
  return labels;
}

function agree(folders: Reading, told: ReadonlyMap<string, PhotoLabel>): boolean {
  if (classNamesIn(folders.labels.values()).size < 2) return false;
  let known = 0;
  let other = 0;
  for (const [path, { className }] of told) {
    const held = folders.labels.get(path)?.className ?? null;
    if (held === null || held === UNSORTED_NAME) continue;
    known += 1;
    if (held !== className) other += 1;
  }
  return other <= known * AGREES;
}
