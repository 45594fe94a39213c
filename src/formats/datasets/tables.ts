/** Layout: tables that name photos and their classes, as CSV, TSV, JSON, JSON Lines or lists in text files. */
import { UNSORTED_NAME } from "../../dataset/dataset.ts";
import type { LabelColumn } from "./tables/columns.ts";
import { labelled, type TableLabels, tableLabels } from "./tables/labels.ts";
import { numberedSplits } from "./tables/numbered-lists.ts";
import { indexPhotos, splitOfTable } from "./tables/photo-index.ts";
import { boxesBeside, openTables } from "./tables/tables-in.ts";
import { classNamesIn, type Fit, type Found, type Reading, type Remark, type Tree } from "./tree.ts";

/** Of the photos that two tables name, so many both: they are parts of one. */
const DISJOINT = 0.05;
/** Of the photos that have a class by their folders, so many another by the table: they contradict each other. */
const AGREES = 0.02;

/** Photos that no table names keep what their folders say of them, where folders and tables agree. */
export async function readTables(tree: Tree, [folders]: readonly Reading[]): Promise<Found> {
  if (!folders || tree.others.length === 0) return { readings: [], remarks: [] };
  const photos = tree.photos.filter(({ path }) => folders.labels.has(path));
  const index = indexPhotos(photos);
  const { tables, remarks } = await openTables(tree.others, index);
  const said: Remark[] = [...remarks, ...(await boxesBeside(tree.others, photos))];
  const lists: Map<string, TableLabels["split"]> = await numberedSplits(tree.others, index);
  const sure: TableLabels[] = [];
  const readings: Reading[] = [];
  const classes = classNamesIn(folders.labels.values());
  const inFolders = classes.size;
  for (const { table, columns } of tables) {
    const repeatsFolders = ({ labelOf }: LabelColumn) =>
      table.rows.filter((row) => classes.has(labelOf(row))).length > table.rows.length / 2;
    const own = columns.labels.filter((column) => column.isNamed || inFolders < 2 || repeatsFolders(column));
    const found = own.map((column) => tableLabels(table, columns, column)).filter((each) => each !== null);
    const [first] = found;
    if (own.length > 0 && found.length === 0) said.push({ remark: "multi-label", file: table.file.parts.at(-1) ?? "" });
    else if (found.length > 1) readings.push(...found.map((each) => readingOf(folders, [each])));
    else if (first) sure.push(first);
    else if (columns.remark) said.push(columns.remark);
    const split = splitOfTable(table.file);
    if (!first && split !== null) for (const row of table.rows) lists.set(columns.pathOf(row) ?? "", split);
  }
  lists.delete("");
  readings.unshift(...merged(sure).map((parts) => readingOf(folders, parts)));
  if (inFolders > 1 && new Set(lists.values()).size > 1) readings.push(withLists(folders, lists));
  return { readings, remarks: said };
}

/** Tables that name different photos are parts of one; those that name the same ones are read one or the other. */
function merged(tables: readonly TableLabels[]): TableLabels[][] {
  const sets: TableLabels[][] = [];
  for (const table of tables.toSorted((a, b) => b.labels.size - a.labels.size)) {
    const overlaps = (set: readonly TableLabels[]) =>
      set.some(({ labels }) => {
        const shared = [...table.labels.keys()].filter((path) => labels.has(path)).length;
        return shared > table.labels.size * DISJOINT;
      });
    const fitting = sets.find((set) => !overlaps(set));
    if (fitting) fitting.push(table);
    else sets.push([table]);
  }
  return sets;
}

function readingOf(folders: Reading, parts: readonly TableLabels[]): Reading {
  const splits = new Set(parts.map(({ split }) => split));
  const rows = new Map<string, ReturnType<typeof labelled>>();
  for (const part of parts) {
    const split = parts.length > 1 && splits.size > 1 ? part.split : null;
    for (const [path, row] of part.labels) rows.set(path, labelled(row, split));
  }
  const inFolders = classNamesIn(folders.labels.values());
  let known = 0;
  let other = 0;
  for (const [path, { className }] of rows) {
    const held = folders.labels.get(path)?.className ?? null;
    if (held === null || held === UNSORTED_NAME) continue;
    known += 1;
    if (held !== className) other += 1;
  }
  const agrees = inFolders.size > 1 && other <= known * AGREES;
  const labels = new Map(folders.labels);
  for (const [path, label] of folders.labels) {
    const row = rows.get(path);
    if (row) labels.set(path, { ...row, fixedSplit: row.fixedSplit ?? (row.excluded ? null : label.fixedSplit) });
    else if (!agrees) labels.set(path, { ...label, className: UNSORTED_NAME });
  }
  const [first] = parts;
  const file = first?.table.file.parts.at(-1) ?? "";
  const isOwn = parts.some(({ isPhotoSet }) => isPhotoSet);
  const fit: Fit = isOwn || inFolders.size < 2 || agrees ? "certain" : "likely";
  return {
    understood: isOwn ? { layout: "photo-set" } : { layout: "table", file, column: first?.column ?? null },
    fit,
    labels: isOwn ? labels : withoutLoneSplit(labels),
    remarks: folders.remarks,
  };
}

/** A split that all labelled photos share says only that the others have no labels. */
function withoutLoneSplit(labels: Reading["labels"]): Reading["labels"] {
  const isLabelled = (className: string | null) => className !== null && className !== UNSORTED_NAME;
  const all = [...labels.values()].filter(({ className }) => isLabelled(className));
  if (new Set(all.map(({ fixedSplit }) => fixedSplit)).size !== 1) return labels;
  return new Map(
    [...labels].map(([path, label]) => [path, isLabelled(label.className) ? { ...label, fixedSplit: null } : label]),
  );
}

function withLists(folders: Reading, lists: ReadonlyMap<string, TableLabels["split"]>): Reading {
  const labels = new Map(
    [...folders.labels].map(([path, label]) => [path, { ...label, fixedSplit: lists.get(path) ?? label.fixedSplit }]),
  );
  return { understood: { layout: "split-lists" }, fit: "certain", labels, remarks: folders.remarks };
}
