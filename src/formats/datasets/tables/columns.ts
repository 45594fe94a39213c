/** Which columns of a table hold files, labels and splits: told by their contents first, by their names second. */
import { splitNamed } from "../../../dataset/intake.ts";
import type { Remark } from "../tree.ts";
import type { PhotoIndex } from "./photo-index.ts";
import { nameOf, type Table } from "./table.ts";

/** What a table says: for each row that names a photo its label. */
export interface LabelColumn {
  /** Its name; null without one, or where there is a column per class. */
  readonly name: string | null;
  /** Whether it is called what such columns are called. */
  readonly isNamed: boolean;
  /** A row's class; empty for none. */
  labelOf(row: readonly string[]): string;
}

export interface Columns {
  /** The photo that a row names. */
  pathOf(row: readonly string[]): string | null;
  /** The likeliest first; several where nothing tells which is meant. */
  readonly labels: readonly LabelColumn[];
  /** Name of a split, or `excluded`; empty for none. */
  splitOf(row: readonly string[]): string;
  /** Why there are no labels. */
  readonly remark: Remark | null;
}

const FILE =
  /^(file|filenames?|filepath|files?|image|images?|imagename|imagepath|imageid|imageurl|imageuri|path|img|imgs?|id|uri|url|photo|picture)$/;
const LABEL = [
  /^(classname|labelname|categoryname|groundtruthlabel)$/,
  /^(labels?|class|classes|classid|category|categories|target|targets|y|choice|groundtruth)$/,
  /^(classlabel|imagelabel|breed|species|diagnosis|dx|tags?|disease|emotion|variety|cultivar|finding)$/,
];
const SPLIT = /^(split|set|subset|partition|mluse|usage|fold|phase|tags)$/;
const BOXES = [
  /^(xmin|x1|bboxx1?|left|bboxes|bbox|boundingbox|objectsbbox|objects)$/,
  /^(ymin|y1|bboxy1?|top|bboxes|bbox|boundingbox|objectsbbox|objects)$/,
];
const OUTLINES = /^(encodedpixels|rle|segmentation|polygons?|maskrle)$/;
/** Rows that must name a photo, of all; or photos that are named. */
const ENOUGH = 0.5;

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** null where the table does not name photos; one row alone is no table. */
export function columnsOf(table: Table, photos: PhotoIndex): Columns | null {
  const { header, rows, file } = table;
  const names = header?.map(plain) ?? [];
  const width = rows[0]?.length ?? 0;
  const found = Array.from({ length: width }, (_, at) => rows.map((row) => photos.find(row[at] ?? "", file)));
  const counts = found.map((paths) => new Set(paths.filter((path) => path !== null)).size);
  const most = counts.reduce((largest, each) => Math.max(largest, each), 0);
  const named = counts.findIndex((each, at) => each >= most * 0.9 && FILE.test(names[at] ?? ""));
  const fileAt = named >= 0 ? named : counts.indexOf(most);
  if (most === 0 || rows.length < 2 || most < ENOUGH * Math.min(rows.length, photos.size)) return null;

  const others = Array.from({ length: width }, (_, at) => at).filter((at) => at !== fileAt);
  const splitAt = others.find((at) => isSplits(table, at, names[at]));
  const rest = others.filter((at) => at !== splitAt);
  const refusal = refusedBy(table, names, rest);
  const labels = refusal ? [] : labelsIn(table, names, rest);
  return {
    pathOf: (row) => photos.find(row[fileAt] ?? "", file),
    splitOf: (row) => (splitAt === undefined ? "" : (row[splitAt] ?? "")),
    labels: Array.isArray(labels) ? labels : [],
    remark: refusal ?? (Array.isArray(labels) ? null : labels),
  };
}

function isSplits({ rows }: Table, at: number, name: string | undefined): boolean {
  const values = rows.map((row) => row[at] ?? "");
  const isName = (value: string) =>
    value === "" || /^(excluded|unassigned)$/i.test(value) || splitNamed(value) !== null;
  const known = values.filter((value) => isName(value)).length;
  if (!values.some((value) => splitNamed(value) !== null)) return false;
  return known >= values.length * (name !== undefined && SPLIT.test(name) ? 0.5 : 1);
}

function refusedBy({ file, rows, header }: Table, names: readonly string[], rest: readonly number[]): Remark | null {
  if (names.some((name) => OUTLINES.test(name))) return { remark: "segmentations", file: nameOf(file) };
  if (BOXES.every((pattern) => names.some((name) => pattern.test(name))))
    return { remark: "boxes", file: nameOf(file) };
  const shares = rest.filter((at) => rows.every((row) => row[at] === "" || /^[01](\.\d+)?$/.test(row[at] ?? "")));
  const areFractions = shares.filter((at) => rows.some((row) => /^0\.\d*[1-9]/.test(row[at] ?? "")));
  if (header === null && areFractions.length >= 4) return { remark: "boxes", file: nameOf(file) };
  return null;
}

function labelsIn(table: Table, names: readonly string[], rest: readonly number[]): LabelColumn[] | Remark {
  const hinted = LABEL.flatMap((pattern) => rest.filter((at) => pattern.test(names[at] ?? ""))).filter(
    (at) => valuesAt(table, at).size > 0,
  );
  hinted.sort((a, b) => Number(valuesAt(table, b).size > 1) - Number(valuesAt(table, a).size > 1));
  const isText = (at: number) => ![...valuesAt(table, at)].every((value) => /^-?\d+(\.0)?$/.test(value));
  const [best] = [...hinted.filter(isText), ...hinted];
  if (best !== undefined) return oneLabel(table, best) ?? [labelAt(table, best, true)];

  const oneHot = oneHotIn(table, rest);
  if (oneHot) return oneHot;
  const possible = rest.filter((at) => isCategory(table, at));
  const texts = possible.filter(isText);
  const chosen = texts.length ? texts : possible;
  const [only] = chosen;
  if (only === undefined) return { remark: "no-label-column", file: nameOf(table.file) };
  if (chosen.length === 1) return oneLabel(table, only) ?? [labelAt(table, only, false)];
  return chosen.map((at) => labelAt(table, at, false));
}

function valuesAt({ rows }: Table, at: number): Set<string> {
  return new Set(rows.map((row) => row[at] ?? "").filter((value) => value !== ""));
}

function labelAt({ header }: Table, at: number, isNamed: boolean): LabelColumn {
  return { name: header?.[at] ?? null, isNamed, labelOf: (row) => (row[at] ?? "").replace(/^(\d+)\.0$/, "$1") };
}

/** Whether values repeat, as those of classes do, and are neither measures nor days. */
function isCategory(table: Table, at: number): boolean {
  const { rows } = table;
  const values = valuesAt(table, at);
  const filled = rows.filter((row) => row[at] !== "").length;
  const isMeasure = [...values].every((value) => /^-?\d*[.,]\d*$/.test(value) || /^\d{4}-\d{2}/.test(value));
  const isLong = [...values].some((value) => value.length > 80);
  return (
    values.size > 1 && values.size <= Math.max(2, filled / 2) && filled >= rows.length * 0.8 && !isMeasure && !isLong
  );
}

/** Why a column does not hold one label per row; null when it does. */
function oneLabel(table: Table, at: number): Remark | null {
  const values = [...valuesAt(table, at)];
  const rows = table.rows.map((row) => row[at] ?? "").filter((value) => value !== "");
  const several = (separator: RegExp) => {
    const parts = (value: string) =>
      value
        .replace(/^\[|\]$/g, "")
        .split(separator)
        .filter((part) => part.trim() !== "");
    const share = rows.filter((value) => parts(value).length > 1).length / Math.max(1, rows.length);
    return { share, distinct: new Set(values.flatMap(parts).map((part) => part.trim())).size };
  };
  const marked = several(/[|;]/);
  const commas = several(/,/);
  const blanks = several(/\s+/);
  const isMulti =
    marked.share >= 0.05 ||
    (commas.share >= 0.1 && commas.distinct <= values.length) ||
    (blanks.share >= 0.1 && values.length >= 4 && blanks.distinct * 1.5 < values.length);
  return isMulti ? { remark: "multi-label", file: nameOf(table.file) } : null;
}

/** A column per class, with a 1 in one of them. */
function oneHotIn({ header, rows, file }: Table, rest: readonly number[]): LabelColumn[] | Remark | null {
  if (header === null) return null;
  const isOn = (value: string | undefined) => /^(1(\.0+)?|true|yes)$/i.test(value ?? "");
  const isFlag = (value: string | undefined) => isOn(value) || /^(0(\.0+)?|-1(\.0+)?|false|no|)$/i.test(value ?? "");
  const flags = rest.filter((at) => rows.every((row) => isFlag(row[at])));
  if (flags.length < 2) return null;
  const counts = rows.map((row) => flags.filter((at) => isOn(row[at])).length);
  const several = counts.filter((each) => each > 1).length;
  if (several > rows.length * 0.02) return { remark: "multi-label", file: nameOf(file) };
  if (counts.filter((each) => each === 1).length < rows.length / 2) return null;
  const labelOf = (row: readonly string[]) => {
    const on = flags.filter((at) => isOn(row[at]));
    return on.length === 1 ? (header[on[0] ?? 0] ?? "") : "";
  };
  return [{ name: null, isNamed: true, labelOf }];
}
