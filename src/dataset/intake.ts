/** What the names of files and folders say by themselves: which files are no photos, which folders are splits. */
import type { Split } from "./dataset.ts";
import { tidyName } from "./names.ts";

/** Where a photo goes. */
export interface PhotoLabel {
  /** null for a loose photo. */
  readonly className: string | null;
  readonly fixedSplit: Split | null;
  /** Whether it takes no part in training and testing, as in the project that it was downloaded from. */
  readonly excluded: boolean;
}

export type Placement =
  | { readonly kind: "ignored" }
  | ({ readonly kind: "candidate"; readonly fileName: string } & PhotoLabel);

export const NO_LABEL: PhotoLabel = { className: null, fixedSplit: null, excluded: false };

const SPLIT_FOLDERS: ReadonlyMap<string, Split> = new Map([
  ...["train", "training", "trainset", "trainingset", "segtrain", "traindata", "trainingdata"].map(spelt("train")),
  ...["val", "valid", "validation", "dev", "valset", "validset", "validationset", "segval"].map(spelt("validation")),
  ...["test", "testing", "testset", "testingset", "segtest", "eval", "evaluation", "testdata"].map(spelt("test")),
]);

function spelt(split: Split): (name: string) => [string, Split] {
  return (name) => [name, split];
}

/** The split that a name stands for, in any usual spelling and case: `Training_Set`, `seg_test`, `VALID`; null when it is none. */
export function splitNamed(name: string): Split | null {
  return SPLIT_FOLDERS.get(name.toLowerCase().replace(/[\s._-]+/g, "")) ?? null;
}

/** Files that often lie beside photos and are no photos. Whether any other file is a photo is decided by its content. */
const NOT_PHOTOS =
  /\.(txt|md|json|jsonl|ndjson|csv|tsv|xml|ya?ml|html?|pdf|docx?|xlsx?|pptx?|py|ipynb|js|ts|sh|bat|exe|dmg|ini|db|log|license|npy|npz|h5|keras|pb|bin|onnx|tflite|zip|tar|gz|rar|7z|jar|apk|epub|od[gpst]|mp3|wav)$/i;

/** A path's folders and file name, tidied; what is empty, `.` or `..` is left out. @param path with `/` between folders */
export function partsOf(path: string): string[] {
  return path
    .split("/")
    .map(tidyName)
    .filter((part) => !["", ".", ".."].includes(part));
}

/** Hidden files, and what lies in hidden folders and `__MACOSX`. @param parts of its path */
export function isHidden(parts: readonly string[]): boolean {
  return parts.length === 0 || parts.some((part) => part.startsWith(".") || part === "__MACOSX");
}

/** Whether a file may be a photo, as far as its name tells. @param parts of its path */
export function mayBePhoto(parts: readonly string[]): boolean {
  return !isHidden(parts) && !NOT_PHOTOS.test(parts.at(-1) ?? "");
}
