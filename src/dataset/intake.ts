/** The folder rule: what the folders of a file say about its class and its split. */
import type { Split } from "./dataset.ts";
import { tidyName } from "./names.ts";

export type Placement =
  | { readonly kind: "ignored" }
  | {
      readonly kind: "candidate";
      readonly fileName: string;
      /** Name of the folder that holds it; null for a loose file. */
      readonly className: string | null;
      readonly fixedSplit: Split | null;
      /** Whether it was excluded from training and testing in the project that it was downloaded from. */
      readonly excluded: boolean;
    };

const SPLIT_FOLDERS: ReadonlyMap<string, Split> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "validation"],
  ["valid", "validation"],
  ["validation", "validation"],
  ["test", "test"],
]);

/** Files that often lie beside photos and are no photos. Whether any other file is a photo is decided by its content. */
const NOT_PHOTOS =
  /\.(txt|md|json|csv|tsv|xml|ya?ml|html?|pdf|docx?|xlsx?|pptx?|py|ipynb|js|ts|sh|bat|exe|dmg|ini|db|log|license|npy|npz|h5|keras|pb|bin|onnx|tflite|zip|tar|gz|rar|7z|jar|apk|epub|od[gpst]|mp3|wav)$/i;

/**
 * A photo's class is the name of the folder that holds it; a `train`, `val` or `test` folder above that fixes its split.
 * Photos directly in such a folder have a split and no class; photos below an `excluded` folder are excluded. Hidden files,
 * `__MACOSX` and the like are ignored.
 *
 * @param path with `/` between folders
 */
export function placeFile(path: string): Placement {
  const parts = path
    .split("/")
    .map(tidyName)
    .filter((part) => !["", ".", ".."].includes(part));
  const fileName = parts.at(-1) ?? "";
  const hidden = parts.some((part) => part.startsWith(".") || part === "__MACOSX");
  if (fileName === "" || hidden || NOT_PHOTOS.test(fileName)) return { kind: "ignored" };

  const [holder, above] = parts.slice(0, -1).toReversed();
  if (holder === undefined) return { kind: "candidate", fileName, className: null, fixedSplit: null, excluded: false };
  const own = splitNamed(holder);
  if (own) return { kind: "candidate", fileName, className: null, fixedSplit: own, excluded: false };
  const fixedSplit = above === undefined ? null : splitNamed(above);
  return { kind: "candidate", fileName, className: holder, fixedSplit, excluded: above === "excluded" };
}

function splitNamed(folder: string): Split | null {
  return SPLIT_FOLDERS.get(folder.toLowerCase()) ?? null;
}
