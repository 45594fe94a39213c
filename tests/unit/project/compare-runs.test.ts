/** Runs compared on the photos that both were tested on. */
import { expect, test } from "vitest";
import { compareRuns, type TestedRun } from "../../../src/project/compare-runs.ts";
import type { Run } from "../../../src/project/run.ts";
import { packRunPhotos, type RunPhoto } from "../../../src/project/run-photos.ts";

const CLASSES = [
  { id: "c", name: "cat" },
  { id: "d", name: "dog" },
];

/** @param answers of each test photo: whether it was right, or that its label was another one; nothing for none kept */
function tested(id: string, answers: Readonly<Record<string, "right" | "wrong" | "other label">> | null): TestedRun {
  const photos = Object.entries(answers ?? {}).map(([photo, answer]): RunPhoto => {
    const label = answer === "other label" ? 1 : 0;
    const isCat = answer === "right";
    return { photo, split: "test", label, prediction: { as: "test", probabilities: isCat ? [0.9, 0.1] : [0.1, 0.9] } };
  });
  const learned: RunPhoto = { photo: "learned", split: "train", label: 0, prediction: null };
  return {
    run: { id, classes: CLASSES } as unknown as Run,
    photos: answers && packRunPhotos([learned, ...photos]),
  };
}

const many = (right: number, wrong: number, from = 0) =>
  Object.fromEntries(
    Array.from({ length: right + wrong }, (_, at) => [`photo ${from + at}`, at < right ? "right" : "wrong"] as const),
  );

test("counts the photos that only one is right on, of those that both saw with one label", () => {
  const first = tested("a", { ...many(9, 0), "only a": "right", moved: "right" });
  const second = tested("b", { ...many(3, 6), "only b": "right", moved: "other label" });
  expect(compareRuns([first, second])).toEqual([
    {
      ...{ first: "a", second: "b", kind: "compared", shared: 9, relabelled: 1, onlyFirst: 6, onlySecond: 0 },
      p: expect.closeTo(0.03125, 10),
    },
  ]);
});

test("says when there is nothing to compare", () => {
  const runs = [tested("a", many(3, 0)), tested("b", many(3, 0, 10)), tested("c", null)];
  expect(compareRuns(runs).map(({ first, second, kind }) => [first, second, kind])).toEqual([
    ["a", "b", "nothing-shared"],
    ["a", "c", "not-kept"],
    ["b", "c", "not-kept"],
  ]);
});

test("adjusts for the number of pairs", () => {
  const runs = [tested("a", many(8, 0)), tested("b", many(2, 6)), tested("c", many(2, 6))];
  const probabilities = compareRuns(runs).map((pair) => (pair.kind === "compared" ? pair.p : null));
  // Two of 0.03125 and one of 1, by Holm: three times the least, then no less.
  expect(probabilities).toEqual([expect.closeTo(0.09375, 10), expect.closeTo(0.09375, 10), 1]);
});
