/** The photos of a run, put together again from the project as it is today. */
import { type Dataset, type PhotoClass, type Sample, takesPart } from "../dataset/dataset.ts";
import type { Run } from "./run.ts";
import { SPLITS } from "./run-photos.ts";
import type { TakenPhotos } from "./since-run.ts";

/** Photos that took part in a run and are no longer in the project. */
export function goneSince({ photos }: Pick<TakenPhotos, "photos">, { samples }: Dataset): number {
  const here = new Set(samples.map(({ photo }) => photo));
  return photos.filter((photo) => !here.has(photo)).length;
}

/**
 * Exactly the photos that took part in a run, each with the class and in the split that it had, and in the same order: to
 * repeat it.
 */
export function dataOfRun(run: Run, taken: TakenPhotos, { classes, samples }: Dataset): Dataset {
  const places = new Map(taken.photos.map((photo, at) => [photo, at]));
  const placeOf = ({ photo }: Sample) => places.get(photo) ?? Number.NaN;
  const own = samples
    .filter(({ photo }) => places.has(photo))
    .map((sample): Sample => {
      const at = placeOf(sample);
      const classId = run.classes[taken.labels[at] ?? -1]?.id ?? sample.classId;
      return { ...sample, classId, fixedSplit: SPLITS[taken.splits[at] ?? -1] ?? null, excluded: false };
    });
  // Folds are drawn in the order of the project; the photos of each split are kept in the order of the run.
  const ordered = run.settings.folds > 1 ? own : own.sort((a, b) => placeOf(a) - placeOf(b));
  return { classes: classesOfRun(run, classes), samples: ordered };
}

/**
 * The photos of today, those that took part in a run in the split that they had: to go on from it without testing on what
 * it has learned from.
 */
export function dataAfterRun(run: Run, taken: TakenPhotos, { classes, samples }: Dataset): Dataset {
  const splits = new Map(taken.photos.map((photo, at) => [photo, SPLITS[taken.splits[at] ?? -1] ?? null]));
  return {
    classes: classesOfRun(run, classes),
    samples: samples.map((sample) => ({ ...sample, fixedSplit: splits.get(sample.photo) ?? sample.fixedSplit })),
  };
}

/** Whether photos are of the classes that the run tells apart, of each and of no other. */
export function hasClassesOf({ classes }: Run, { samples }: Dataset): boolean {
  const present = new Set(samples.filter(takesPart).map(({ classId }) => classId));
  return classes.length === present.size && classes.every(({ id }) => present.has(id));
}

/** In the order of the run's. */
function classesOfRun(run: Run, classes: readonly PhotoClass[]): PhotoClass[] {
  return run.classes.map(({ id, name }) => classes.find((each) => each.id === id) ?? { id, name });
}

/** Whether two runs came to the same numbers: every epoch's, the epoch that was kept, and the test's. */
export function sameNumbers(a: Run, b: Run): boolean {
  const numbersOf = ({ outcome, metrics, counts }: Run) => JSON.stringify([outcome, metrics, counts]);
  return numbersOf(a) === numbersOf(b);
}
