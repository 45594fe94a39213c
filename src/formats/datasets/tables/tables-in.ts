/** Finds and opens the tables of a tree. */
import { FormatError } from "../../errors.ts";
import { stemOf } from "../folder-roles.ts";
import type { Remark, TreeFile } from "../tree.ts";
import { type Columns, columnsOf } from "./columns.ts";
import { readDelimited } from "./delimited.ts";
import { readJson } from "./json-rows.ts";
import type { PhotoIndex } from "./photo-index.ts";
import { isRemark, MOST_TABLE_BYTES, nameOf, type Table, textOf } from "./table.ts";

const TABLE = /\.(csv|tsv|tab|json|jsonl|ndjson)$/i;
const LIST = /\.(txt|lst|list)$/i;
/** Predictions to be filled in are no labels. */
const BLANK_FORM = /sample.?submission/i;
/** Tables that are opened; sets have a few. */
const MOST_TABLES = 200;
/** Where there are more, these first. */
const LIKELY = /label|annot|class|meta|train|val|test|split/i;
/** Files that belong to one photo each, of which so many are looked into. */
const SIDECARS = 3;

export interface OpenTable {
  readonly table: Table;
  readonly columns: Columns;
}

/** The tables that name photos. */
export async function openTables(
  files: readonly TreeFile[],
  photos: PhotoIndex,
): Promise<{ readonly tables: readonly OpenTable[]; readonly remarks: readonly Remark[] }> {
  const tables: OpenTable[] = [];
  const remarks: Remark[] = [];
  const found = files.filter((file) => isTable(file, photos));
  const rank = (file: TreeFile) => (LIKELY.test(nameOf(file)) ? 0 : 1);
  const candidates = found.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_TABLES);
  for (const file of candidates) {
    if (file.size > MOST_TABLE_BYTES) {
      const told = { file: nameOf(file), bytes: file.size, most: MOST_TABLE_BYTES };
      remarks.push({ remark: "table-too-large", ...told });
      continue;
    }
    const table = await open(file, photos);
    const columns = table && !isRemark(table) ? columnsOf(table, photos) : null;
    if (table && isRemark(table)) remarks.push(table);
    else if (table && columns) tables.push({ table, columns });
  }
  return { tables, remarks };
}

function isTable(file: TreeFile, photos: PhotoIndex): boolean {
  const name = nameOf(file);
  if (BLANK_FORM.test(name)) return false;
  return TABLE.test(name) || (LIST.test(name) && photos.find(stemOf(file), file) === null);
}

async function open(file: TreeFile, photos: PhotoIndex): Promise<Table | Remark | null> {
  try {
    if (/\.(json|jsonl|ndjson)$/i.test(nameOf(file))) return await readJson(file);
    return await readDelimited(file, (cell) => photos.find(cell, file) !== null);
  } catch (error) {
    // Gone, locked, or damaged within its archive.
    if (error instanceof FormatError || error instanceof DOMException) {
      return { remark: "damaged-table", file: nameOf(file) };
    }
    throw error;
  }
}

/** Whether files beside photos hold boxes, as Pascal VOC's XML and YOLO's text files do. */
export async function boxesBeside(others: readonly TreeFile[], photos: readonly TreeFile[]): Promise<Remark[]> {
  const stems = new Set(photos.map(stemOf));
  const sidecars = others.filter((file) => /\.(xml|txt)$/i.test(nameOf(file)) && stems.has(stemOf(file)));
  if (sidecars.length < photos.length / 2) return [];
  for (const file of sidecars.filter(({ size }) => size > 0 && size < MOST_TABLE_BYTES).slice(0, SIDECARS)) {
    const text = await textOf(file).catch(() => "");
    const isYolo =
      text.trim() !== "" &&
      text
        .trim()
        .split(/\r?\n/)
        .every((line) => /^\d+(\s+-?[\d.]+){4,}$/.test(line.trim()));
    if (/<bndbox>/i.test(text) || isYolo) return [{ remark: "boxes", file: nameOf(file) }];
  }
  return [];
}
