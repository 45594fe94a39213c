/** Which folders of a tree are no classes: splits, unlabelled photos, masks. Decided from a folder's contents and its sisters. */
import { splitNamed } from "../../dataset/intake.ts";
import type { TreeFile } from "./tree.ts";

/**
 * What a folder is instead of a class: a `wrapper` stands between a class or a split and its photos; what lies `around`
 * splits, and beside nothing, names the whole set.
 */
export type Role = "train" | "validation" | "test" | "excluded" | "unlabelled" | "masks" | "wrapper" | "around" | null;

/** A folder that holds photos, at any depth. */
export interface Folder {
  readonly name: string;
  readonly folders: Map<string, Folder>;
  /** Directly in it. */
  readonly photos: TreeFile[];
  role: Role;
}

/** Always photos without labels, whatever lies beside them. */
const UNLABELLED = /^(un(labell?ed|sup|sorted)|seg_?pred|single_?predictions?)$/i;
/** Photos without labels when splits lie beside them; they may well be classes otherwise. */
const UNLABELLED_BESIDE_SPLITS = /^(test[\s_-]?\d+|pred(ict(ions?)?)?|unknown)$/i;
const MASKS = /^(ground[\s_-]?truths?|gt)$/i;
const MAYBE_MASKS = /^(masks?|annotations?|segmentations?|trimaps?|seg|labels?)$/i;
/** Between a class or a split and its photos. */
const WRAPPER = /^(images?|imgs?|photos?|pictures?|pics|jpe?gs?|jpegimages|png|data|raw)$/i;
/** What a mask's name has more than its photo's. */
const MASK_ENDING = /[\s._-]?(mask|gt|seg(mentation)?|label|groundtruth|annotation)s?$/i;

/** The tree of folders with a role for each. */
export function foldersOf(photos: readonly TreeFile[]): Folder {
  const root = emptyFolder("");
  for (const photo of photos) {
    let folder = root;
    for (const name of photo.parts.slice(0, -1)) folder = childOf(folder, name);
    folder.photos.push(photo);
  }
  giveRoles(root, new Set(photos.map(stemOf)));
  return root;
}

function emptyFolder(name: string): Folder {
  return { name, folders: new Map(), photos: [], role: null };
}

function childOf(folder: Folder, name: string): Folder {
  const child = folder.folders.get(name) ?? emptyFolder(name);
  folder.folders.set(name, child);
  return child;
}

/** A photo's file name without its ending. */
export function stemOf({ parts }: Pick<TreeFile, "parts">): string {
  return (parts.at(-1) ?? "").replace(/\.[a-z0-9]{1,5}$/i, "");
}

function giveRoles(folder: Folder, stems: ReadonlySet<string>): void {
  const children = [...folder.folders.values()];
  for (const child of children) {
    if (UNLABELLED.test(child.name)) child.role = "unlabelled";
    else if (isMasks(child, children, stems)) child.role = "masks";
  }
  const rest = children.filter(({ role }) => role === null);
  const named = rest.filter(({ name }) => splitNamed(name) !== null);
  const besides = rest.filter(({ name }) => splitNamed(name) === null && !UNLABELLED_BESIDE_SPLITS.test(name));
  const isSplit = (child: Folder) =>
    named.length > 1 || besides.length === 0 || (child.folders.size > 0 && !areClasses(besides));
  for (const child of named) if (isSplit(child)) child.role = splitNamed(child.name);
  const hasSplits = rest.some(({ role }) => role !== null);
  for (const child of besides) if (child.name === "excluded" && child.folders.size > 0) child.role = "excluded";
  for (const child of rest) {
    if (hasSplits && child.role === null && UNLABELLED_BESIDE_SPLITS.test(child.name)) child.role = "unlabelled";
  }
  const [only] = rest;
  if (only && rest.length === 1 && only.role === null && only.folders.size === 0 && WRAPPER.test(only.name)) {
    only.role = "wrapper";
  }
  for (const child of children) giveRoles(child, stems);
  if (only && rest.length === 1 && only.role === null && isAround(only)) only.role = "around";
}

function isAround({ folders, photos }: Folder): boolean {
  const inner = [...folders.values()];
  const isSplit = ({ role }: Folder) => role === "train" || role === "validation" || role === "test";
  return photos.length === 0 && inner.some((each) => isSplit(each) || each.role === "around") && inner.every(isNoClass);
}

function isNoClass({ role }: Folder): boolean {
  return role !== null && role !== "wrapper";
}

/** Two or more folders that are laid out alike: a folder named like a split among them is a class like they are. */
function areClasses(folders: readonly Folder[]): boolean {
  return folders.length > 1 && folders.every(({ folders: inner }) => inner.size > 0);
}

/** Pictures that mark where something is on other photos of the tree. */
function isMasks(folder: Folder, sisters: readonly Folder[], stems: ReadonlySet<string>): boolean {
  if (sisters.length < 2) return false;
  if (MASKS.test(folder.name)) return true;
  if (!MAYBE_MASKS.test(folder.name)) return false;
  if (sisters.some(({ name }) => name !== folder.name && WRAPPER.test(name))) return true;
  const photos = [...photosIn(folder)];
  const belonging = photos.filter((photo) => {
    const stem = stemOf(photo);
    const bare = stem.replace(MASK_ENDING, "");
    return bare !== stem && stems.has(bare);
  });
  return belonging.length > photos.length / 2;
}

/** All photos in a folder, at any depth. */
export function* photosIn(folder: Folder): Generator<TreeFile> {
  yield* folder.photos;
  for (const child of folder.folders.values()) yield* photosIn(child);
}
