/** What one column of a table says of each photo. */
import { type Split, UNSORTED_NAME } from "../../../dataset/dataset.ts";
import { type PhotoLabel, splitNamed } from "../../../dataset/intake.ts";
import { tidyName } from "../../../dataset/names.ts";
import type { Columns, LabelColumn } from "./columns.ts";
import { splitOfTable } from "./photo-index.ts";
import type { Table } from "./table.ts";

interface RowLabel {
  readonly label: string;
  /** As the table has it. */
  readonly split: string;
}

export interface TableLabels {
  readonly table: Table;
  /** The column's name; null where it has none. */
  readonly column: string | null;
  /** What the table's own name says. */
  readonly split: Split | null;
  /** Whether it was written by Headstart. */
  readonly isPhotoSet: boolean;
  /** By the photo's path. */
  readonly labels: ReadonlyMap<string, RowLabel>;
}

/** Rows of one photo that differ in the label, of all: a few are slips, more are several labels per photo. */
const SLIPS = 0.05;

/** null where the rows give photos several labels. */
export function tableLabels(table: Table, columns: Columns, column: LabelColumn): TableLabels | null {
  const labels = new Map<string, RowLabel>();
  let differing = 0;
  for (const row of table.rows) {
    const path = columns.pathOf(row);
    if (path === null) continue;
    const label = { label: tidyName(column.labelOf(row)), split: columns.splitOf(row) };
    const before = labels.get(path);
    if (before && before.label !== label.label) differing += 1;
    if (!before) labels.set(path, label);
  }
  if (differing > labels.size * SLIPS) return null;
  if (table.isOpen) dropCutLabel(labels);
  const isPhotoSet = table.header?.join(",") === "path,class,split,sha256";
  return { table, column: column.name, split: splitOfTable(table.file), isPhotoSet, labels };
}

/** A file that is cut short may end within a label: then no other row has it. */
function dropCutLabel(labels: Map<string, RowLabel>): void {
  const [path, last] = [...labels].at(-1) ?? [];
  const isAlone = [...labels.values()].every((each) => each === last || each.label !== last?.label);
  if (path !== undefined && isAlone) labels.delete(path);
}

/** @param split where the row tells none */
export function labelled({ label, split: told }: RowLabel, split: Split | null): PhotoLabel {
  const fixedSplit = splitNamed(told) ?? split;
  const excluded = told.toLowerCase() === "excluded";
  return { className: label || UNSORTED_NAME, fixedSplit: excluded ? null : fixedSplit, excluded };
}
