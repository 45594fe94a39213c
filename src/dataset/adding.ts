import { type ClassId, type Dataset, type PhotoId, type Sample, UNSORTED, UNSORTED_NAME } from "./dataset.ts";
import { ensureClass } from "./edit.ts";

/** A photo that is to be added. */
export interface IncomingPhoto {
  readonly sample: Omit<Sample, "classId">;
  /** Name of the class that it goes to, which is added if there is none; null for a loose photo. */
  readonly className: string | null;
}

export interface Added {
  readonly dataset: Dataset;
  /** How many photos were in the dataset already, by their bytes: these stay where they are. */
  readonly duplicates: number;
  /** Those of them that were to go to another class than the one that they are in. */
  readonly contradictions: readonly Contradiction[];
}

/** The same photo in two classes. */
export interface Contradiction {
  readonly fileName: string;
  /** Name of the class that it stays in. */
  readonly staysIn: string;
  readonly otherClass: string;
}

/**
 * Adds photos in batches. The photos of a dataset are remembered for the next batch, so that many small batches take no
 * longer than a large one. A class name stands for the same class throughout, even if that class is renamed meanwhile.
 *
 * @param into where loose photos go; null, or a class that is gone, for “Unsorted”
 */
export function createAdder(
  newId: () => ClassId,
  into: ClassId | null,
): (dataset: Dataset, photos: readonly IncomingPhoto[]) => Added {
  const photosOf = new WeakMap<Dataset, Map<PhotoId, ClassId>>();
  const homes = new Map<string, ClassId>();
  return (dataset, photos) => {
    const known = photosOf.get(dataset) ?? new Map(dataset.samples.map(({ photo, classId }) => [photo, classId]));
    photosOf.delete(dataset);
    let { classes } = dataset;
    const has = (wanted: ClassId | null | undefined) => classes.some(({ id }) => id === wanted);
    const classFor = (name: string): ClassId => {
      const home = homes.get(name);
      if (home !== undefined && has(home)) return home;
      const [ensured, { id }] = ensureClass({ ...dataset, classes }, name, () => home ?? newId());
      classes = ensured.classes;
      homes.set(name, id);
      return id;
    };
    const fresh: Sample[] = [];
    const contradictions: Contradiction[] = [];
    const nameOf = (wanted: ClassId) => classes.find(({ id }) => id === wanted)?.name ?? UNSORTED_NAME;
    for (const { sample, className } of photos) {
      const classId = className === null && into !== null && has(into) ? into : classFor(className ?? UNSORTED_NAME);
      const staysIn = known.get(sample.photo);
      if (staysIn !== undefined) {
        if (staysIn !== classId && staysIn !== UNSORTED && classId !== UNSORTED) {
          const { fileName } = sample;
          contradictions.push({ fileName, staysIn: nameOf(staysIn), otherClass: nameOf(classId) });
        }
        continue;
      }
      known.set(sample.photo, classId);
      fresh.push({ ...sample, classId });
    }
    const unchanged = fresh.length === 0 && classes === dataset.classes;
    const result = unchanged ? dataset : { classes, samples: [...dataset.samples, ...fresh] };
    photosOf.set(result, known);
    return { dataset: result, duplicates: photos.length - fresh.length, contradictions };
  };
}
