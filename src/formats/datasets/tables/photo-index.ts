/** Finds the photo that a cell of a table names: by path or bare name, with or without its ending, as an address or as a path of another machine. */
import { splitNamed } from "../../../dataset/intake.ts";
import type { TreeFile } from "../tree.ts";

export interface PhotoIndex {
  /** How many photos there are. */
  readonly size: number;
  /** The path of the photo that a cell means; null when there is none, or more than one. @param table that has the cell */
  find(cell: string, table: TreeFile): string | null;
}

interface Known {
  readonly path: string;
  /** Its folders and its name, in small letters; in `bare` without its ending. */
  readonly parts: readonly string[];
  readonly bare: readonly string[];
}

const ENDING = /\.[a-z0-9]{1,5}$/;
/** What upload forms put in front of a name. */
const UPLOADED = /^[0-9a-f]{8}-/;

export function indexPhotos(photos: readonly TreeFile[]): PhotoIndex {
  const byName = new Map<string, Known[]>();
  const byStem = new Map<string, Known[]>();
  for (const { path, parts: given } of photos) {
    const parts = given.map((part) => part.toLowerCase());
    const name = parts.at(-1) ?? "";
    const stem = name.replace(ENDING, "");
    const known = { path, parts, bare: [...parts.slice(0, -1), stem] };
    for (const [map, end] of [
      [byName, name],
      [byStem, stem],
    ] as const) {
      push(map, end, known);
      // Where thousands of folders hold an “image.png”, the folder finds it at once.
      if (parts.length > 1) push(map, `${parts.at(-2)}/${end}`, known);
    }
  }
  return {
    size: photos.length,
    find(cell, table) {
      const wanted = partsOfCell(cell);
      const name = wanted.at(-1);
      if (name === undefined) return null;
      const among = (map: ReadonlyMap<string, Known[]>, end: string) =>
        (wanted.length > 1 ? map.get(`${wanted.at(-2)}/${end}`) : undefined) ?? map.get(end);
      const named = among(byName, name) ?? (UPLOADED.test(name) ? byName.get(name.replace(UPLOADED, "")) : undefined);
      if (named) return choose(named, wanted, table, ({ parts }) => parts);
      const stemmed = among(byStem, name);
      if (stemmed) return choose(stemmed, wanted, table, ({ bare }) => bare);
      const stem = name.replace(ENDING, "");
      const others = stem === name ? undefined : among(byStem, stem);
      return others ? choose(others, [...wanted.slice(0, -1), stem], table, ({ bare }) => bare) : null;
    },
  };
}

function push(map: Map<string, Known[]>, key: string, known: Known): void {
  const list = map.get(key);
  if (list) list.push(known);
  else map.set(key, [known]);
}

function partsOfCell(cell: string): string[] {
  let path = cell.trim().replaceAll("\\", "/");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    path = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
  }
  // Label Studio's own addresses of local files.
  path = path.replace(/^.*[?&]d=/, "");
  try {
    path = decodeURIComponent(path);
  } catch {
    // A name with a percent sign in it.
  }
  return path
    .normalize("NFC")
    .toLowerCase()
    .split("/")
    .filter((part) => !["", ".", ".."].includes(part));
}

/** Of photos with the name, the one whose folders fit the cell's best; then one beside the table, or in the split that it is called after. */
function choose(
  candidates: readonly Known[],
  wanted: readonly string[],
  table: TreeFile,
  namesOf: (known: Known) => readonly string[],
): string | null {
  const [only] = candidates;
  if (candidates.length === 1) return only?.path ?? null;
  const fits = candidates.map((known) => sharedEnd(namesOf(known), wanted));
  const best = fits.reduce((most, fit) => Math.max(most, fit), 0);
  let left = candidates.filter((_, at) => fits[at] === best);
  const folder = table.parts.slice(0, -1).map((part) => part.toLowerCase());
  const beside = left.filter(({ parts }) => folder.every((part, at) => parts[at] === part));
  if (beside.length > 0) left = beside;
  const split = splitOfTable(table);
  const inSplit = left.filter(({ parts }) => split !== null && parts.some((part) => splitNamed(part) === split));
  if (inSplit.length > 0) left = inSplit;
  return left.length === 1 ? (left[0]?.path ?? null) : null;
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}

/** The split that a table's own name tells: `train.csv`, `trainLabels.csv`, `val_annotations.txt`. */
export function splitOfTable({ parts }: TreeFile) {
  const stem = (parts.at(-1) ?? "")
    .replace(ENDING, "")
    .replace(/[\s_-]?(labels?|annotations?|list|data|images?|set)$/i, "");
  return splitNamed(stem);
}
