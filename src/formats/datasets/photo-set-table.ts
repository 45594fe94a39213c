/** The tables that stand in a downloaded photo set. Their headers tell that it is one. */

import { csvText } from "../csv.ts";

/** `labels.csv`: paths from the table's own folder on. */
export const LABELS_HEADER = ["path", "class", "split", "sha256"] as const;

/**
 * `metadata.csv` of Hugging Face's ImageFolder, one in each folder: `file_name` is what it asks for, everything else is a
 * column of its own there. https://huggingface.co/docs/datasets/image_dataset
 */
export const METADATA_HEADER = ["file_name", "label", "split", "sha256"] as const;

export type PhotoSetHeader = typeof LABELS_HEADER | typeof METADATA_HEADER;

/** Whether a table's text begins as one of Headstart's own does. */
export function isPhotoSetTable(text: string): boolean {
  return [LABELS_HEADER, METADATA_HEADER].some((header) => new RegExp(`^${header.join(",")}\r?\n`).test(text));
}

export function csvOf(header: PhotoSetHeader, rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(csvText([header, ...rows]));
}
