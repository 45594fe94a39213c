/** Which files are classified together. */
import type { IncomingFile } from "../../worker/protocol/index.ts";

/** More photos than these are not looked at one by one. */
const FEW = 24;
/** Files that hold many photos, or say of which class photos are. */
const HOLDS_MANY = /\.(zip|tm|tar|t?gz|t?xz|t?bz2|zst|7z|rar|parquet|npz|npy|mat|bin|csv|tsv|jsonl?)$/i;

/** Whether files are classified together and shown in a table: folders, archives, data sets, and many photos. */
export function isBatch(files: readonly IncomingFile[]): boolean {
  return files.length > FEW || files.some(({ path }) => path.includes("/") || HOLDS_MANY.test(path));
}
