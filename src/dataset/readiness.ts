import { classesOf, type Dataset, type Sample, takesPart } from "./dataset.ts";
import { grouped } from "./grouped.ts";
import { countOf, ENOUGH_RECORDINGS, recordingsOf } from "./recordings.ts";

/** A class with its number of photos that take part. */
export interface CountedClass {
  readonly name: string;
  readonly photos: number;
}

/** What must be done before training. */
export type ReadinessProblem =
  | { readonly code: "classes/too-few" }
  | ({ readonly code: "class/too-few-photos"; readonly needed: number } & CountedClass);

/** What would make the result better. */
export type ReadinessHint =
  | ({ readonly code: "class/few-photos"; readonly enough: number } & CountedClass)
  /** All its photos are of fewer recordings than a test needs. */
  | {
      readonly code: "class/few-recordings";
      readonly name: string;
      readonly recordings: number;
      readonly enough: number;
    }
  | { readonly code: "class/empty"; readonly name: string }
  | { readonly code: "classes/unbalanced"; readonly most: CountedClass; readonly fewest: CountedClass }
  | { readonly code: "photos/few-to-test-on" };

export type ReadinessNote = ReadinessProblem | ReadinessHint;

export interface Readiness {
  /** Whether there are no problems. */
  readonly ready: boolean;
  readonly problems: readonly ReadinessProblem[];
  readonly hints: readonly ReadinessHint[];
}

const FEWEST_PHOTOS = 3;
const FEW_PHOTOS = 10;
/** Photos per class, on average. */
const FEW_TO_TEST_ON = 20;
/** The largest class has this many times the photos of the smallest, or more. */
const UNBALANCED = 5;

/** What stands between a dataset and training. Only photos that take part are counted. */
export function readiness(dataset: Dataset): Readiness {
  const byClass = grouped(dataset.samples.filter(takesPart), ({ classId }) => classId);
  const counts = classesOf(dataset).map(
    ({ id, name }): CountedClass => ({ name, photos: byClass.get(id)?.length ?? 0 }),
  );
  const filmed = classesOf(dataset).flatMap(({ id, name }): ReadinessHint[] => {
    const recordings = recordingsAlone(byClass.get(id) ?? []);
    return recordings === null ? [] : [{ code: "class/few-recordings", name, recordings, enough: ENOUGH_RECORDINGS }];
  });
  const filled = counts.filter(({ photos }) => photos > 0);
  const problems = problemsOf(filled);
  return {
    ready: problems.length === 0,
    problems,
    hints: [...hintsOf(counts, filled, problems.length === 0 && filmed.length === 0), ...filmed],
  };
}

/** How many recordings a class has where they are all that it has, and too few; else null. What a person fixed is tested as they wish. */
function recordingsAlone(samples: readonly Sample[]): number | null {
  if (samples.length < FEWEST_PHOTOS || samples.some(({ burst, fixedSplit }) => !burst || fixedSplit)) return null;
  const recordings = countOf(recordingsOf(samples));
  return recordings < ENOUGH_RECORDINGS ? recordings : null;
}

function problemsOf(filled: readonly CountedClass[]): ReadinessProblem[] {
  const tooFew = filled
    .filter(({ photos }) => photos < FEWEST_PHOTOS)
    .map((each): ReadinessProblem => ({ code: "class/too-few-photos", ...each, needed: FEWEST_PHOTOS }));
  return filled.length < 2 ? [{ code: "classes/too-few" }, ...tooFew] : tooFew;
}

function hintsOf(counts: readonly CountedClass[], filled: readonly CountedClass[], ready: boolean): ReadinessHint[] {
  const hints: ReadinessHint[] = [
    ...filled
      .filter(({ photos }) => photos >= FEWEST_PHOTOS && photos < FEW_PHOTOS)
      .map((each): ReadinessHint => ({ code: "class/few-photos", ...each, enough: FEW_PHOTOS })),
    ...counts.filter(({ photos }) => photos === 0).map(({ name }): ReadinessHint => ({ code: "class/empty", name })),
  ];
  const [fewest] = filled.toSorted((a, b) => a.photos - b.photos);
  const [most] = filled.toSorted((a, b) => b.photos - a.photos);
  if (fewest && most && most.photos >= UNBALANCED * fewest.photos) {
    hints.push({ code: "classes/unbalanced", most, fewest });
  }
  const photos = filled.reduce((sum, each) => sum + each.photos, 0);
  if (ready && photos < FEW_TO_TEST_ON * filled.length) hints.push({ code: "photos/few-to-test-on" });
  return hints;
}
