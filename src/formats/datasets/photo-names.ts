/** Layout: the class stands in the file's name, as in Kaggle's `train/cat.0.jpg`, `IMG_cat_001.jpg`, `american_bulldog_12.jpg`. */
import { UNSORTED_NAME } from "../../dataset/dataset.ts";
import { NO_LABEL } from "../../dataset/intake.ts";
import { stemOf } from "./folder-roles.ts";
import { classNamesIn, type Fit, type Reading, type Tree, type TreeFile } from "./tree.ts";

/** What cameras, phones and programs begin or end a name with. */
const NO_CLASS =
  /^(img|imgs|image|images|dsc[nf]?|pxl|mvimg|photo|photos|picture|pic|pics|screenshot|whatsapp|signal|snapchat|fb|frame|scan|file|untitled|unnamed|download|wa|at|am|pm|cimg|imgp|gopr|dji|received|capture|camera|cam|copy|kopie|crop|mask|edited|thumb|resized|small|large|train|val|valid|test|the|of|and)$/i;
/** ImageNet's names of things. */
const SYNSET = /^n\d{8}$/;
/** Of the photos in a folder: as many must have a class, or that folder has no names with classes. */
const ENOUGH = 0.95;
/** So many by chance have a class in a folder without any. */
const BY_CHANCE = 0.05;

/**
 * Takes the longest part of the names that makes two or more classes of two or more photos each. Numbers, dates and what
 * cameras write are no classes. Not looked for where folders make classes already.
 */
export function readPhotoNames(tree: Tree, folders: Reading | undefined): Reading[] {
  if (!folders) return [];
  const { labels: known, remarks } = folders;
  const inFolders = classNamesIn(known.values());
  if (inFolders.size > 1) return [];

  const open = tree.photos.filter(({ path }) => known.get(path) && known.get(path)?.className !== UNSORTED_NAME);
  const found = classesIn(open);
  if (!found) return [];
  const splits = new Set(
    open.filter(({ path }) => found.classes.has(path)).map(({ path }) => known.get(path)?.fixedSplit),
  );
  const labels = new Map(known);
  for (const { path } of open) {
    const label = known.get(path) ?? NO_LABEL;
    const className = found.classes.get(path) ?? UNSORTED_NAME;
    labels.set(path, { ...label, className, fixedSplit: splits.size > 1 ? label.fixedSplit : null });
  }
  const fit: Fit = found.all && inFolders.size === 0 ? "likely" : "possible";
  return [{ understood: { layout: "file-names" }, fit, labels, remarks }];
}

interface Found {
  /** Class names by path. */
  readonly classes: ReadonlyMap<string, string>;
  /** Whether each folder has either a class for nearly every photo or for none. */
  readonly all: boolean;
}

function classesIn(photos: readonly TreeFile[]): Found | null {
  const words = new Map(photos.map((photo) => [photo.path, wordsOf(stemOf(photo))]));
  const shared = sharedBeginning([...words.values()]);
  const longest = [...words.values()].reduce((most, { length }) => Math.max(most, length - shared), 0);
  for (let length = Math.min(longest, 8); length > 0; length--) {
    const found = grouped(photos, (photo) => (words.get(photo.path) ?? []).slice(shared, shared + length).join("_"));
    if (found) return found;
  }
  return null;
}

/** Words up to the number behind them, without what says nothing. */
function wordsOf(stem: string): string[] {
  const pieces = stem.split(/[\s._()[\]#,+-]+/).filter(Boolean);
  const words: string[] = [];
  for (const piece of pieces) {
    if (SYNSET.test(piece)) return [piece];
    const [, word = "", number] = piece.match(/^([\p{L}\p{M}]+)(\d*)$/u) ?? [];
    const isWord = word !== "" && !NO_CLASS.test(word) && (word.length > 1 || /\P{ASCII}/u.test(word));
    if (isWord) words.push(word);
    if ((!isWord || number) && words.length > 0) break;
  }
  return words;
}

/** Words that all names begin with, where some have more. */
function sharedBeginning(names: readonly (readonly string[])[]): number {
  const named = names.filter(({ length }) => length > 0);
  const [first = []] = named;
  let shared = 0;
  while (named.every((words) => words.length > shared + 1 && words[shared] === first[shared])) {
    if (named.length === 0) break;
    shared += 1;
  }
  return shared;
}

/** null where the names make no two classes of two photos, or leave too many photos over. */
function grouped(photos: readonly TreeFile[], keyOf: (photo: TreeFile) => string): Found | null {
  const groups = new Map<string, { name: string; paths: string[] }>();
  for (const photo of photos) {
    const key = keyOf(photo);
    if (!key) continue;
    const group = groups.get(key.toLowerCase()) ?? { name: key, paths: [] };
    group.paths.push(photo.path);
    groups.set(key.toLowerCase(), group);
  }
  const kept = [...groups.values()].filter(({ paths }) => paths.length > 1);
  if (kept.length < 2) return null;
  const classes = new Map(kept.flatMap(({ name, paths }) => paths.map((path) => [path, name] as const)));
  const shares = sharesByFolder(photos, classes);
  if (!shares.some((share) => share >= ENOUGH)) return null;
  return { classes, all: shares.every((share) => share >= ENOUGH || share <= BY_CHANCE) };
}

function sharesByFolder(photos: readonly TreeFile[], classes: ReadonlyMap<string, unknown>): number[] {
  const folders = new Map<string, { all: number; named: number }>();
  for (const { path, parts } of photos) {
    const folder = parts.slice(0, -1).join("/");
    const { all, named } = folders.get(folder) ?? { all: 0, named: 0 };
    folders.set(folder, { all: all + 1, named: named + (classes.has(path) ? 1 : 0) });
  }
  return [...folders.values()].map(({ all, named }) => named / all);
}
