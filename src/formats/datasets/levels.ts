/** Which of the folders above a photo names its class, when there are several. */
import type { Shelved } from "./folders.ts";
import type { Fit, Understood } from "./tree.ts";

/** A way to take classes from folders. */
interface Level {
  readonly understood: Understood;
  readonly fit: Fit;
  classOf(photo: Shelved): string;
}

const holderOf = ({ folders }: Shelved) => folders.at(-1) ?? "";
const FOLDERS: Level = { understood: { layout: "folders" }, fit: "likely", classOf: holderOf };

/** The ways that make sense, the likelier first; none where no photo lies in a folder. */
export function levelsOf(photos: readonly Shelved[]): readonly Level[] {
  if (photos.length === 0) return [];
  const common = commonDepth(photos);
  const upperOf = ({ folders }: Shelved) => folders[common] ?? folders.at(-1) ?? "";
  const uppers = new Set(photos.map(upperOf));
  const parents = parentsOfHolders(photos, upperOf);
  const holders = [...parents.keys()];
  const isFlat = photos.every((photo) => upperOf(photo) === holderOf(photo));
  // One class alone may as well be a folder of everything.
  if (uppers.size < 2 && holders.length < 2) return [{ ...FOLDERS, fit: "possible" }];
  if (isFlat || uppers.size < 2) return [FOLDERS];

  const repeated = holders.filter((name) => (parents.get(name)?.size ?? 0) > 1);
  const upper: Level = {
    understood: { layout: "upper-folders", inner: (repeated.length ? repeated : holders).slice(0, 4) },
    fit: "possible",
    classOf: upperOf,
  };
  const inner: Level = { understood: { layout: "inner-folders" }, fit: "possible", classOf: holderOf };
  // Places, days and numbers are no classes.
  if (areSeries([...uppers])) return [FOLDERS];
  const full = holdersOfParents(parents).filter(({ length }) => length > 1);
  if (full.length > 0 && full.every(areSeries)) return [{ ...upper, fit: "likely" }];
  if (repeated.length * 2 >= holders.length) return [{ ...upper, fit: "likely" }];
  // Each upper folder holds only one: the inner one says more.
  if (repeated.length === 0 && holders.length <= uppers.size) return [FOLDERS];
  return repeated.length ? [upper, inner] : [inner, upper];
}

/** How many folders all photos share. The last one of each photo is never counted: it may be its class. */
function commonDepth(photos: readonly Shelved[]): number {
  const [first] = photos;
  let depth = (first?.folders.length ?? 1) - 1;
  for (const { folders } of photos) {
    depth = Math.min(depth, folders.length - 1);
    while (depth > 0 && folders.slice(0, depth).some((name, at) => name !== first?.folders[at])) depth -= 1;
  }
  return depth;
}

/** For each folder that holds photos, by its name, the upper folders that it lies in. */
function parentsOfHolders(photos: readonly Shelved[], upperOf: (photo: Shelved) => string): Map<string, Set<string>> {
  const parents = new Map<string, Set<string>>();
  for (const photo of photos) {
    const holder = holderOf(photo);
    const above = parents.get(holder) ?? new Set();
    parents.set(holder, above.add(upperOf(photo)));
  }
  return parents;
}

/** For each upper folder, the names of the folders in it that hold photos. */
function holdersOfParents(parents: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const holders = new Map<string, string[]>();
  for (const [holder, above] of parents) {
    for (const name of above) {
      const list = holders.get(name) ?? [];
      list.push(holder);
      holders.set(name, list);
    }
  }
  return [...holders.values()];
}

/** Whether names differ in nothing but a number or a last letter: `2023` and `2024`, `site A` and `site B`, `batch_01`. */
function areSeries(names: readonly string[]): boolean {
  if (names.length < 2) return false;
  const bare = names.map((name) => name.toLowerCase().replace(/[\d\s._-]+/g, ""));
  const [first = ""] = bare;
  if (names.every((name) => /\d/.test(name)) && bare.every((name) => name === first)) return true;
  const stems = new Set(names.map((name) => name.toLowerCase().slice(0, -1)));
  const [stem = ""] = stems;
  return stems.size === 1 && stem.trim().length > 2;
}
