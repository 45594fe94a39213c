/** Layout: a folder per class, with folders for the splits above or below, decided on the whole tree. */
import { UNSORTED_NAME } from "../../dataset/dataset.ts";
import { NO_LABEL, type PhotoLabel } from "../../dataset/intake.ts";
import { type Folder, foldersOf, photosIn } from "./folder-roles.ts";
import { levelsOf } from "./levels.ts";
import type { Reading, Remark, Tree } from "./tree.ts";

/** A photo, with the folders above it that may be its class. */
export interface Shelved {
  readonly path: string;
  /** Folders without a role, the outermost first; empty for a loose photo. */
  readonly folders: readonly string[];
  readonly label: PhotoLabel;
}

/**
 * A photo's class is the name of the folder that holds it; a `train`, `val` or `test` folder above or below that fixes its
 * split. Where folders of the same names repeat in others (`cats/indoor`, `dogs/indoor`), the others are the classes; where
 * either may be meant there is a reading for each. Without any class, the one reading says what else is known.
 */
export function readFolders({ photos }: Tree): Reading[] {
  const shelves = shelve(foldersOf(photos));
  const { labels, remarks } = shelves;
  if (shelves.shelved.length === 0) return [{ understood: { layout: "no-classes" }, fit: "possible", labels, remarks }];
  return levelsOf(shelves.shelved).map(({ understood, fit, classOf }) => {
    const named = new Map(labels);
    for (const photo of shelves.shelved) named.set(photo.path, { ...photo.label, className: classOf(photo) });
    return { understood, fit, labels: named, remarks };
  });
}

interface Shelves {
  readonly shelved: readonly Shelved[];
  /** Of photos that no folder gives a class. */
  readonly labels: ReadonlyMap<string, PhotoLabel>;
  readonly remarks: readonly Remark[];
}

function shelve(root: Folder): Shelves {
  const shelved: Shelved[] = [];
  const labels = new Map<string, PhotoLabel>();
  const unlabelled: { folder: string; photos: number }[] = [];
  let masks = 0;
  const walk = (folder: Folder, folders: readonly string[], label: PhotoLabel) => {
    for (const { path } of folder.photos) {
      if (folders.length === 0) labels.set(path, label);
      else shelved.push({ path, folders, label });
    }
    for (const child of folder.folders.values()) {
      const inner = [...folders, child.name];
      if (child.role === "masks") masks += [...photosIn(child)].length;
      else if (child.role === "unlabelled") {
        const inside = [...photosIn(child)];
        unlabelled.push({ folder: child.name, photos: inside.length });
        for (const { path } of inside) labels.set(path, { ...NO_LABEL, className: UNSORTED_NAME });
      } else if (child.role === "excluded") walk(child, folders, { ...label, excluded: true });
      else if (child.role === "wrapper") {
        const isAlone = folders.length === 0 && label.fixedSplit === null;
        walk(child, isAlone ? inner : folders, label);
      } else if (child.role === "around") walk(child, folders, label);
      else if (child.role === null) walk(child, inner, label);
      else walk(child, folders, { ...label, fixedSplit: child.role });
    }
  };
  walk(root, [], NO_LABEL);
  // Only a person's own wish keeps photos in “Unsorted”; where the photo set has that folder, nothing needs saying.
  const told = unlabelled.filter(({ folder }) => folder !== UNSORTED_NAME);
  const waiting = told.reduce((sum, { photos }) => sum + photos, 0);
  return {
    shelved,
    labels,
    remarks: [
      ...(masks ? [{ remark: "masks", photos: masks } as const] : []),
      ...(told.length
        ? [{ remark: "unlabelled", folders: told.map(({ folder }) => folder), photos: waiting } as const]
        : []),
    ],
  };
}
