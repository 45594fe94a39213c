/** Lists that refer to photos by number, as CUB-200-2011 has them: `images.txt` with the paths, `train_test_split.txt` with a 1 for training. */
import type { Split } from "../../../dataset/dataset.ts";
import type { TreeFile } from "../tree.ts";
import type { PhotoIndex } from "./photo-index.ts";
import { MOST_TABLE_BYTES, nameOf, textOf } from "./table.ts";

/** The splits of photos by path; empty where the lists are not there. */
export async function numberedSplits(others: readonly TreeFile[], photos: PhotoIndex): Promise<Map<string, Split>> {
  const splits = new Map<string, Split>();
  const images = others.find((file) => nameOf(file) === "images.txt" && file.size < MOST_TABLE_BYTES);
  const folder = images?.parts.slice(0, -1).join("/");
  const list = others.find(
    (file) => nameOf(file) === "train_test_split.txt" && file.parts.slice(0, -1).join("/") === folder,
  );
  if (!images || !list || list.size > MOST_TABLE_BYTES) return splits;
  const paths = await pairsIn(images);
  for (const [number, flag] of await pairsIn(list)) {
    const path = photos.find(paths.get(number) ?? "", images);
    if (path !== null && /^[01]$/.test(flag)) splits.set(path, flag === "1" ? "train" : "test");
  }
  return splits;
}

/** “<number> <value>” lines; none where the file cannot be read. */
async function pairsIn(file: TreeFile): Promise<Map<string, string>> {
  const text = await textOf(file).catch(() => "");
  const pairs = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, number, value] = line.trim().match(/^(\d+)\s+(.+)$/) ?? [];
    if (number !== undefined && value !== undefined) pairs.set(number, value);
  }
  return pairs;
}
