import { type Dataset, takesPart, UNSORTED } from "./dataset.ts";
import { grouped } from "./grouped.ts";

export interface Readiness {
  readonly ready: boolean;
  /** What must be done first, as sentences. */
  readonly problems: readonly string[];
  /** What would make the result better, as sentences. */
  readonly hints: readonly string[];
}

const FEWEST_PHOTOS = 3;
const FEW_PHOTOS = 10;
/** A class, on average. */
const FEW_TO_TEST_ON = 20;
const UNBALANCED = 5;

/** What stands between a dataset and training. */
export function readiness(dataset: Dataset): Readiness {
  const byClass = grouped(dataset.samples.filter(takesPart), ({ classId }) => classId);
  const counts = dataset.classes
    .filter(({ id }) => id !== UNSORTED)
    .map(({ id, name }) => ({ name, photos: byClass.get(id)?.length ?? 0 }));
  const filled = counts.filter(({ photos }) => photos > 0);
  const problems: string[] = [];
  const hints: string[] = [];

  if (filled.length < 2) problems.push("Training needs photos in at least two classes.");
  for (const { name, photos } of filled) {
    if (photos < FEWEST_PHOTOS)
      problems.push(`“${name}” has ${photos} of the ${FEWEST_PHOTOS} photos it needs at least.`);
    else if (photos < FEW_PHOTOS) hints.push(`“${name}” has only ${photos} photos; ${FEW_PHOTOS} or more work better.`);
  }
  for (const { name, photos } of counts) if (photos === 0) hints.push(`“${name}” has no photos and is left out.`);

  const [fewest] = filled.toSorted((a, b) => a.photos - b.photos);
  const [most] = filled.toSorted((a, b) => b.photos - a.photos);
  if (fewest && most && most.photos >= UNBALANCED * fewest.photos) {
    hints.push(
      `“${most.name}” has ${most.photos} photos and “${fewest.name}” ${fewest.photos}: rare classes are learned less well.`,
    );
  }
  const photos = filled.reduce((sum, each) => sum + each.photos, 0);
  if (problems.length === 0 && photos < FEW_TO_TEST_ON * filled.length) {
    hints.push("So few photos leave few to test on: cross-validation (Train, More settings) tests every one of them.");
  }
  return { ready: problems.length === 0, problems, hints };
}
