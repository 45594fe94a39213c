/** A table of any kind, as rows of text. */
import type { Remark, TreeFile } from "../tree.ts";

export interface Table {
  readonly file: TreeFile;
  /** Names of the columns; null where the first row is a row like the others. */
  readonly header: readonly string[] | null;
  /** All as long as the longest. */
  readonly rows: readonly (readonly string[])[];
  /** Whether its last row has no end, so that the file may be cut short within it. */
  readonly isOpen?: boolean;
}

/** Several labels of one photo in one cell, as they are joined here. */
export const SEVERAL = "|";

/** Two hundred thousand photos with long names need less. */
export const MOST_TABLE_BYTES = 64 * 2 ** 20;

/** Two hundred thousand photos with a column for each of a hundred labels. All rows are made as long as the longest. */
export const MOST_CELLS = 2e7;

export function isRemark(found: Table | Remark): found is Remark {
  return "remark" in found;
}

/** For messages: without the folders around it. */
export function nameOf({ parts }: Pick<TreeFile, "parts">): string {
  return parts.at(-1) ?? "";
}

/** Text in UTF-8 or UTF-16 with its mark, or else in the code page of western Windows. */
export async function textOf(file: TreeFile): Promise<string> {
  const bytes = new Uint8Array(await (await file.read()).arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
