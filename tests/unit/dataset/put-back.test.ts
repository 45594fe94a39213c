/** Deletions taken back after other changes. */
import { describe, expect, test } from "vitest";
import { type Dataset, EMPTY_DATASET, type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import {
  addClass,
  addSamples,
  deleteClass,
  deleteSamples,
  excludeSamples,
  mergeClasses,
  moveSamples,
  renameClass,
} from "../../../src/dataset/edit.ts";
import { classPutBack, putBack } from "../../../src/dataset/put-back.ts";

const sample = (photo: string, classId: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: photo, width: 1, height: 1, fixedSplit: null, looks: null },
});
const before = addSamples(addClass(addClass(EMPTY_DATASET, "a", "Ants"), "b", "Bees"), [
  sample("1", "a"),
  sample("2", "b"),
  sample("3", "a"),
]).dataset;
const placed = ({ samples }: Dataset) => samples.map(({ photo, classId }) => `${photo} ${classId}`);
const names = ({ classes }: Dataset) => classes.map(({ name }) => name);

describe("put back at once", () => {
  test.each([
    ["photos", deleteSamples(before, new Set(["1", "2"]))],
    ["a class with its photos", deleteClass(before, "a")],
    ["a merged class", mergeClasses(before, "a", "b")],
  ])("%s: all is as it was", (_, after) => {
    expect(putBack(after, { before, after })).toEqual(before);
  });
});

describe("put back after other changes", () => {
  test("what has changed since stays, and photos that came meanwhile are last", () => {
    const after = deleteSamples(before, new Set(["1"]));
    const later = addSamples(excludeSamples(after, new Set(["2"]), true), [sample("4", "b")]).dataset;
    const back = putBack(later, { before, after });
    expect(placed(back)).toEqual(["1 a", "2 b", "3 a", "4 b"]);
    expect(back.samples.map(({ excluded }) => excluded)).toEqual([false, true, false, false]);
  });

  test("a photo that has come in again is there once, where it is now", () => {
    const after = deleteSamples(before, new Set(["1"]));
    const again = addSamples(after, [sample("1", "b")]).dataset;
    expect(placed(putBack(again, { before, after }))).toEqual(["1 b", "2 b", "3 a"]);
  });

  test("of two deletions, each brings back its own", () => {
    const first = deleteSamples(before, new Set(["1"]));
    const second = deleteSamples(first, new Set(["2"]));
    expect(placed(putBack(second, { before, after: first }))).toEqual(["1 a", "3 a"]);
    expect(placed(putBack(second, { before: first, after: second }))).toEqual(["2 b", "3 a"]);
  });

  test("a photo brings its class back when that has gone, too", () => {
    const after = deleteSamples(before, new Set(["1"]));
    const gone = deleteClass(after, "a");
    const back = putBack(gone, { before, after });
    expect([names(back), placed(back)]).toEqual([
      ["Ants", "Bees"],
      ["1 a", "2 b"],
    ]);
  });

  test("a class whose name was given to another gets a free one", () => {
    const after = deleteClass(before, "a");
    const back = putBack(renameClass(after, "b", "Ants"), { before, after });
    expect(names(back)).toEqual(["Ants 2", "Ants"]);
  });

  test("a photo that has left the class it was merged into stays where it went", () => {
    const after = mergeClasses(before, "a", "b");
    const moved = moveSamples(addClass(after, "c", "Cats"), new Set(["3"]), "c");
    expect(placed(putBack(moved, { before, after }))).toEqual(["1 a", "2 b", "3 c"]);
  });
});

test("the class that came back is told: one that was deleted, or that of the photos", () => {
  expect(classPutBack({ before, after: deleteClass(before, "b") })).toBe("b");
  expect(classPutBack({ before, after: deleteSamples(before, new Set(["3"])) })).toBe("a");
  expect(classPutBack({ before, after: before })).toBeNull();
});
