/** Every layout of a data set that is recognised, and which of their readings of a tree is taken. */
import { readFolders } from "./folders.ts";
import { readPhotoNames } from "./photo-names.ts";
import { readPhotoSet } from "./read-photo-set.ts";
import { withClassNames } from "./tables/class-names.ts";
import { readTables } from "./tables.ts";
import type { Fit, Found, Reading, Remark, Tree } from "./tree.ts";

/** Says by what a tree holds how it can be read, beside how its folders alone read it, the best first. What cannot be read at all is no reading, and never an error. */
type Layout = (tree: Tree, folders: readonly Reading[]) => Promise<Found>;

const LAYOUTS: readonly Layout[] = [
  readTables,
  async (_, folders) => ({ readings: folders, remarks: [] }),
  async (tree, [folders]) => ({ readings: readPhotoNames(tree, folders), remarks: [] }),
];
const FITS: readonly Fit[] = ["certain", "likely", "possible"];
/** More would be no choice any more. */
const MOST_READINGS = 5;

/**
 * The readings that fit a tree best, the first of them first: one where it is clear, several where a person has to say.
 * Never empty: where nothing fits, the one reading has no classes.
 */
export async function readTree(tree: Tree): Promise<readonly [Reading, ...Reading[]]> {
  const folders = readFolders(tree);
  const photoSet = await readPhotoSet(tree, folders);
  if (photoSet) return [photoSet];
  const found = await Promise.all(LAYOUTS.map((layout) => layout(tree, folders)));
  const all = found.flatMap(({ readings }) => readings);
  const best = FITS.map((fit) => all.filter((reading) => reading.fit === fit)).find(({ length }) => length > 0) ?? [];
  const withClasses = best.filter(({ understood }) => understood.layout !== "no-classes");
  const [first, ...others] = withoutEqual(withClasses.length ? withClasses : best);
  if (!first) throw new RangeError("A tree without any reading");
  const remarks = found.flatMap((each) => each.remarks);
  const finish = (reading: Reading) => withClassNames(withRemarks(reading, remarks), tree.others);
  return [await finish(first), ...(await Promise.all(others.slice(0, MOST_READINGS - 1).map(finish)))];
}

/** What a table lacks matters only where no classes were found elsewhere. */
function withRemarks(reading: Reading, remarks: readonly Remark[]): Reading {
  const isLabelled = reading.understood.layout !== "no-classes";
  const told = remarks.filter(({ remark }) => remark !== "no-label-column" || !isLabelled);
  return { ...reading, remarks: [...reading.remarks, ...told] };
}

/** Of readings that give the same labels, the first. */
function withoutEqual(readings: readonly Reading[]): Reading[] {
  return readings.filter((reading, at) => !readings.slice(0, at).some((earlier) => sameLabels(earlier, reading)));
}

function sameLabels({ labels: a }: Reading, { labels: b }: Reading): boolean {
  if (a.size !== b.size) return false;
  for (const [path, label] of a) {
    const other = b.get(path);
    if (other?.className !== label.className || other.fixedSplit !== label.fixedSplit) return false;
  }
  return true;
}
