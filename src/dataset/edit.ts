/** Changes to a dataset. Each returns a new dataset and leaves the old one unchanged. */
import { freeColour } from "./colours.ts";
import {
  type ClassId,
  classesOf,
  type Dataset,
  isReservedName,
  type PhotoClass,
  type PhotoId,
  type Sample,
  type Split,
  type SuspicionKind,
  UNSORTED,
  UNSORTED_NAME,
} from "./dataset.ts";
import { DatasetError } from "./errors.ts";
import { tidyName } from "./names.ts";

/**
 * Adds an empty class, with a colour that the fewest others have.
 * @throws DatasetError when the name is empty, reserved or taken
 */
export function addClass(dataset: Dataset, id: ClassId, name: string): Dataset {
  const added: PhotoClass = { id, name: checkedName(dataset, name, id), colour: freeColour(dataset.classes) };
  return { ...dataset, classes: [...dataset.classes, added] };
}

/**
 * Adds an empty class with a numbered name: the first free one from the number of classes plus one on. “Unsorted” is none.
 * @param named gives the name for a number, such as “Class 3” for 3
 */
export function addNumberedClass(dataset: Dataset, id: ClassId, named: (number: number) => string): Dataset {
  const taken = new Set(dataset.classes.map(({ name }) => name));
  let number = classesOf(dataset).length + 1;
  while (taken.has(named(number))) number += 1;
  return addClass(dataset, id, named(number));
}

/** @throws DatasetError when the name is empty, reserved or taken */
export function renameClass(dataset: Dataset, id: ClassId, name: string): Dataset {
  const chosen = checkedName(dataset, name, id);
  return { ...dataset, classes: dataset.classes.map((each) => (each.id === id ? { ...each, name: chosen } : each)) };
}

/** Deletes a class and its photos. */
export function deleteClass(dataset: Dataset, id: ClassId): Dataset {
  return {
    classes: dataset.classes.filter((each) => each.id !== id),
    samples: dataset.samples.filter(({ classId }) => classId !== id),
  };
}

/** Adds photos; one whose bytes are already in the dataset stays where it is and counts as a duplicate. */
export function addSamples(
  dataset: Dataset,
  samples: readonly Sample[],
): { dataset: Dataset; added: number; duplicates: number } {
  const known = new Set(dataset.samples.map(({ photo }) => photo));
  const fresh = samples.filter(({ photo }) => {
    const isNew = !known.has(photo);
    known.add(photo);
    return isNew;
  });
  return {
    dataset: fresh.length ? { ...dataset, samples: [...dataset.samples, ...fresh] } : dataset,
    added: fresh.length,
    duplicates: samples.length - fresh.length,
  };
}

export function moveSamples(dataset: Dataset, photos: ReadonlySet<PhotoId>, to: ClassId): Dataset {
  return changeSamples(dataset, photos, { classId: to });
}

export function deleteSamples(dataset: Dataset, photos: ReadonlySet<PhotoId>): Dataset {
  return { ...dataset, samples: dataset.samples.filter(({ photo }) => !photos.has(photo)) };
}

/** Excludes photos from training and testing, or includes them again. */
export function excludeSamples(dataset: Dataset, photos: ReadonlySet<PhotoId>, excluded: boolean): Dataset {
  return changeSamples(dataset, photos, { excluded });
}

/** Sets the split of photos by hand; null lets the seed decide again. */
export function fixSplit(dataset: Dataset, photos: ReadonlySet<PhotoId>, fixedSplit: Split | null): Dataset {
  return changeSamples(dataset, photos, { fixedSplit });
}

/** Remembers that someone looked at photos and found nothing wrong, so that they are not suspected of this again. */
export function clearSuspicion(dataset: Dataset, photos: ReadonlySet<PhotoId>, kind: SuspicionKind): Dataset {
  const samples = dataset.samples.map((sample) =>
    photos.has(sample.photo) && !sample.cleared.includes(kind)
      ? { ...sample, cleared: [...sample.cleared, kind] }
      : sample,
  );
  return { ...dataset, samples };
}

/** Moves all photos of one class to another and deletes the first. */
export function mergeClasses(dataset: Dataset, from: ClassId, into: ClassId): Dataset {
  if (from === into) return dataset;
  const samples = dataset.samples.map((sample) => (sample.classId === from ? { ...sample, classId: into } : sample));
  return { classes: dataset.classes.filter(({ id }) => id !== from), samples };
}

/** Moves a class to another place in the list, 0 being the first. */
export function reorderClass(dataset: Dataset, id: ClassId, place: number): Dataset {
  const moved = dataset.classes.find((each) => each.id === id);
  if (!moved) return dataset;
  const others = dataset.classes.filter((each) => each.id !== id);
  return { ...dataset, classes: [...others.slice(0, place), moved, ...others.slice(place)] };
}

/** @param colour place in the palette */
export function colourClass(dataset: Dataset, id: ClassId, colour: number): Dataset {
  return { ...dataset, classes: dataset.classes.map((each) => (each.id === id ? { ...each, colour } : each)) };
}

/** The class of that name, which is added when there is none. “Unsorted”, however it is spelled, is that of unsorted photos. */
export function ensureClass(dataset: Dataset, name: string, newId: () => ClassId): [Dataset, PhotoClass] {
  const isUnsorted = isReservedName(name);
  const existing = dataset.classes.find((each) => each.name === name || (isUnsorted && each.id === UNSORTED));
  if (existing) return [dataset, existing];
  const made: PhotoClass = isUnsorted
    ? { id: UNSORTED, name: UNSORTED_NAME }
    : { id: newId(), name, colour: freeColour(dataset.classes) };
  return [{ ...dataset, classes: [...dataset.classes, made] }, made];
}

function changeSamples(dataset: Dataset, photos: ReadonlySet<PhotoId>, change: Partial<Sample>): Dataset {
  const samples = dataset.samples.map((sample) => (photos.has(sample.photo) ? { ...sample, ...change } : sample));
  return { ...dataset, samples };
}

function checkedName({ classes }: Dataset, name: string, id: ClassId): string {
  const tidy = tidyName(name);
  if (tidy === "") throw new DatasetError({ code: "class/no-name" });
  if (isReservedName(tidy) && id !== UNSORTED) {
    throw new DatasetError({ code: "class/reserved-name", name: tidy });
  }
  if (classes.some((each) => each.id !== id && each.name === tidy)) {
    throw new DatasetError({ code: "class/name-taken", name: tidy });
  }
  return tidy;
}
