/** What the layouts of data sets have in common: the tree that they look at, and what they make of it. */
import { UNSORTED_NAME } from "../../dataset/dataset.ts";
import type { PhotoLabel } from "../../dataset/intake.ts";
import type { CodePage } from "../archives/code-pages.ts";
import type { PackedKind } from "./packed/packed-set.ts";

/** A file of a drop, a folder or an archive. */
export interface TreeFile {
  /** As it came, with `/` between folders. */
  readonly path: string;
  /** Tidied: its folders and its file name. */
  readonly parts: readonly string[];
  /** Bytes, as far as they are known before it is read. */
  readonly size: number;
  /** @throws FormatError or DOMException when it cannot be read */
  read(): Promise<Blob>;
}

/** Everything that was dropped together, or one archive: only what is not hidden. */
export interface Tree {
  /** Files that may be photos, by their names. */
  readonly photos: readonly TreeFile[];
  /** All others: tables, lists, notes. */
  readonly others: readonly TreeFile[];
}

/**
 * How well a layout fits:
 * - `certain`: the files themselves say so, as a table that names every photo;
 * - `likely`: nothing speaks against it;
 * - `possible`: it can be read like this, and differently too.
 */
export type Fit = "certain" | "likely" | "possible";

/** What was understood. Names are as they were found in the tree. */
export type Understood =
  | { readonly layout: "folders" }
  /** The folders that hold the photos repeat: those above them are the classes. */
  | { readonly layout: "upper-folders"; readonly inner: readonly string[] }
  | { readonly layout: "inner-folders" }
  | { readonly layout: "file-names" }
  | { readonly layout: "table"; readonly file: string; readonly column: string | null }
  /** Folders for the classes, lists of paths for the splits. */
  | { readonly layout: "split-lists" }
  | { readonly layout: "photo-set" }
  | { readonly layout: "no-classes" }
  /** Names of files in a zip that do not say their code page, read in this one. */
  | { readonly layout: "names-in"; readonly codePage: CodePage }
  /** Photos that stand together in a few files. */
  | { readonly layout: "packed"; readonly kind: PackedKind };

/** What is said beside: what was seen and not taken. */
export type Remark =
  | { readonly remark: "masks"; readonly photos: number }
  | { readonly remark: "unlabelled"; readonly folders: readonly string[]; readonly photos: number }
  | { readonly remark: "boxes"; readonly file: string }
  | { readonly remark: "segmentations"; readonly file: string }
  | { readonly remark: "multi-label"; readonly file: string }
  /** A table that names photos and says nothing of their classes that could be read. */
  | { readonly remark: "no-label-column"; readonly file: string }
  | { readonly remark: "table-too-large"; readonly file: string; readonly bytes: number; readonly most: number }
  | { readonly remark: "damaged-table"; readonly file: string }
  | { readonly remark: "code-page"; readonly codePage: CodePage };

/** One way to read a tree. */
export interface Reading {
  readonly understood: Understood;
  readonly fit: Fit;
  /** By path. A photo that is missing here is left out. */
  readonly labels: ReadonlyMap<string, PhotoLabel>;
  readonly remarks: readonly Remark[];
}

/** The names of the classes that labels give. */
export function classNamesIn(labels: Iterable<PhotoLabel>): Set<string> {
  const names = new Set<string>();
  for (const { className } of labels) if (className !== null && className !== UNSORTED_NAME) names.add(className);
  return names;
}

/** What a layout finds in a tree: ways to read it, and what is to be said of what it cannot use. */
export interface Found {
  readonly readings: readonly Reading[];
  readonly remarks: readonly Remark[];
}
