/** CSV, TSV and lists in text files. Papa Parse splits them: quotes, delimiters and line ends of every program. */
import type { Remark, TreeFile } from "../tree.ts";
import { MOST_CELLS, nameOf, type Table, textOf } from "./table.ts";

/** Of lines that are looked at to tell what stands between columns. */
const LOOKED_AT = 50;

/** Rows of a text file. @param isPhoto whether a cell names a photo, which tells a header from a row */
export async function readDelimited(file: TreeFile, isPhoto: (cell: string) => boolean): Promise<Table | Remark> {
  const { default: papa } = await import("papaparse");
  const text = (await textOf(file)).replace(/^\ufeff/, "");
  const { data } = hasBlanksBetween(text, isPhoto)
    ? { data: text.split(/\r\n|\n|\r/).map((line) => line.trim().split(/\s+/)) }
    : papa.parse<string[]>(text, { skipEmptyLines: "greedy", delimitersToGuess: [",", "\t", ";", "|"] });
  const rows = data.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ""));
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  if (width * rows.length > MOST_CELLS) return { remark: "damaged-table", file: nameOf(file) };
  const full = rows.map((row) => [...row, ...Array<string>(width - row.length).fill("")]);
  const [first, ...others] = full;
  const isHeader = first !== undefined && others.length > 0 && !first.some((cell) => isPhoto(cell)) && areNames(first);
  const isOpen = !/[\r\n]$/.test(text);
  return isHeader ? { file, header: first, rows: others, isOpen } : { file, header: null, rows: full, isOpen };
}

/** “path label” lines, as lists of ImageNet's kind are written: the first or second word names a photo. */
function hasBlanksBetween(text: string, isPhoto: (cell: string) => boolean): boolean {
  const lines = text
    .slice(0, 64 * 1024)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT);
  const words = lines.map((line) => line.trim().split(/ +/));
  if (lines.some((line) => /[,;\t|]/.test(line))) return false;
  const fitting = words.filter(([first = "", second = ""]) => second !== "" && (isPhoto(first) || isPhoto(second)));
  return fitting.length > lines.length / 2;
}

function areNames(row: readonly string[]): boolean {
  return row.every((cell) => !/^-?\d+([.,]\d+)?$/.test(cell)) && new Set(row.filter(Boolean)).size > 0;
}
