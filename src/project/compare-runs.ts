/** Two runs, compared on the test photos that both were tested on. */
import type { PhotoId } from "../dataset/dataset.ts";
import { predictedClass } from "../evaluation/confusion.ts";
import { holm, mcnemar } from "../evaluation/mcnemar.ts";
import type { Run, RunId } from "./run.ts";
import { type RunPhotos, unpackRunPhotos } from "./run-photos.ts";

/** What a run said of its test photos; null where that was not kept. */
export interface TestedRun {
  readonly run: Run;
  readonly photos: RunPhotos | null;
}

export type RunPair = { readonly first: RunId; readonly second: RunId } & (
  | {
      readonly kind: "compared";
      /** Photos that both were tested on, with the same label. */
      readonly shared: number;
      /** Photos that both were tested on, with labels that are not the same: they are not counted. */
      readonly relabelled: number;
      /** Of the shared ones, those that only one of the two is right on. */
      readonly onlyFirst: number;
      readonly onlySecond: number;
      /** By McNemar's exact test, adjusted for the number of pairs by Holm's method, 0..1. */
      readonly p: number;
    }
  | { readonly kind: "nothing-shared" }
  | { readonly kind: "not-kept" }
);

/** Every pair of some runs, in their order. */
export function compareRuns(runs: readonly TestedRun[]): RunPair[] {
  const tested = runs.map(({ run, photos }) => ({ id: run.id, answers: photos && answersOf(run, photos) }));
  const pairs = tested.flatMap((first, at) => tested.slice(at + 1).map((second) => pairOf(first, second)));
  const adjusted = holm(pairs.flatMap((pair) => (pair.kind === "compared" ? [pair.p] : [])));
  return pairs.map((pair) => (pair.kind === "compared" ? { ...pair, p: adjusted.shift() ?? pair.p } : pair));
}

interface Answer {
  /** Id of the class that the photo had. */
  readonly label: string;
  readonly isRight: boolean;
}

type Answers = ReadonlyMap<PhotoId, Answer>;

function answersOf({ classes }: Run, photos: RunPhotos): Answers {
  const answers = new Map<PhotoId, Answer>();
  for (const { photo, label, prediction } of unpackRunPhotos(photos, classes.length)) {
    if (prediction?.as !== "test") continue;
    const isRight = predictedClass(prediction.probabilities) === label;
    answers.set(photo, { label: classes[label]?.id ?? "", isRight });
  }
  return answers;
}

interface Tested {
  readonly id: RunId;
  readonly answers: Answers | null;
}

function pairOf(first: Tested, second: Tested): RunPair {
  const names = { first: first.id, second: second.id };
  if (!first.answers || !second.answers) return { ...names, kind: "not-kept" };
  let [shared, relabelled, onlyFirst, onlySecond] = [0, 0, 0, 0];
  for (const [photo, own] of first.answers) {
    const other = second.answers.get(photo);
    if (!other) continue;
    if (other.label !== own.label) {
      relabelled += 1;
      continue;
    }
    shared += 1;
    if (own.isRight && !other.isRight) onlyFirst += 1;
    if (!own.isRight && other.isRight) onlySecond += 1;
  }
  if (shared === 0) return { ...names, kind: "nothing-shared" };
  return { ...names, kind: "compared", shared, relabelled, onlyFirst, onlySecond, p: mcnemar(onlyFirst, onlySecond) };
}
