/** Trees of files for the tests of layouts, with what is understood in a shape that is easy to compare. */
import { isHidden, mayBePhoto, type PhotoLabel, partsOf } from "../../../../src/dataset/intake.ts";
import type { Reading, Tree, TreeFile } from "../../../../src/formats/datasets/tree.ts";

/** @param paths of photos, and of other files with their text */
export function treeOf(photos: readonly string[], others: Readonly<Record<string, string | Blob>> = {}): Tree {
  const files: TreeFile[] = [...photos.map((path) => [path, ""] as const), ...Object.entries(others)].map(
    ([path, content]) => {
      const blob = content instanceof Blob ? content : new Blob([content]);
      return { path, parts: partsOf(path), size: blob.size, read: async () => blob };
    },
  );
  const seen = files.filter(({ parts }) => !isHidden(parts));
  return {
    photos: seen.filter(({ parts }) => mayBePhoto(parts)),
    others: seen.filter(({ parts }) => !mayBePhoto(parts)),
  };
}

/** Numbered files: `many("cats/", 3)` is cats/0.png, cats/1.png, cats/2.png. */
export const many = (beginning: string, count: number, ending = ".png") =>
  Array.from({ length: count }, (_, at) => `${beginning}${at}${ending}`);

/** Photos by class and split: `cat`, `cat train`, `- test` for those without a class. */
export function counted(reading: Reading): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { className, fixedSplit, excluded } of reading.labels.values() as Iterable<PhotoLabel>) {
    const key = [className ?? "-", fixedSplit, excluded ? "excluded" : null].filter(Boolean).join(" ");
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
