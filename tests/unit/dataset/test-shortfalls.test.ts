/** Shares are of the whole class, whatever near-duplicates leave over, and where they cannot be had it is said why. */
import { describe, expect, test } from "vitest";
import { english } from "../../../src/app/words/en/index.ts";
import { type Dataset, type PhotoGroups, type Sample, type Split, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { splitSamples, testShortfalls } from "../../../src/dataset/split.ts";

const sample = (photo: string, classId: string, change: Partial<Sample> = {}): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: photo, width: 10, height: 10, fixedSplit: null, looks: null, ...change },
});
/** Photos `cats-0`, `cats-1` … of each class. */
const dataset = (
  counts: Record<string, number>,
  change: (classId: string, at: number) => Partial<Sample> = () => ({}),
) => {
  const classes = Object.keys(counts).map((name) => ({ id: name, name }));
  const samples = Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, at) => sample(`${name}-${at}`, name, change(name, at))),
  );
  return { classes, samples } satisfies Dataset;
};
/** The first so many cats, each with a dog that it is like. */
const pairs = (count: number): PhotoGroups => Array.from({ length: count }, (_, at) => [`cats-${at}`, `dogs-${at}`]);

const shares = { validationShare: 0.2, testShare: 0.2, seed: 5 };
/** Photos of each class for training, validation and testing. */
function countsOf(data: Dataset, groups: PhotoGroups): number[][] {
  const splits = splitSamples(data, shares, groups);
  return data.classes.map(({ id }) => {
    const own = data.samples.filter(({ classId }) => classId === id);
    const count = (split: Split) => own.filter(({ photo }) => splits.get(photo) === split).length;
    return [count("train"), count("validation"), count("test")];
  });
}

describe("shares of a class of which some photos are like other classes'", () => {
  test("are of all its photos, not of those that are left", () => {
    const data = dataset({ cats: 20, dogs: 20 });
    expect(countsOf(data, pairs(10))).toEqual([
      [12, 4, 4],
      [12, 4, 4],
    ]);
    expect(testShortfalls(data, shares, pairs(10))).toEqual([]);
  });

  test("are cut evenly where too few are left, and every photo that is left is held out", () => {
    const data = dataset({ cats: 10, dogs: 40 });
    // Of 10 cats 2 and 2 are wanted, and 2 are left; of 40 dogs 8 and 8, and 32 are left.
    expect(countsOf(data, pairs(8))).toEqual([
      [8, 1, 1],
      [24, 8, 8],
    ]);
    expect(testShortfalls(data, shares, pairs(8))).toEqual([
      { classId: "cats", wanted: 2, found: 1, reason: "like-other-classes" },
    ]);
  });

  test("cannot be had where all are, and each class says so", () => {
    const data = dataset({ cats: 8, dogs: 8 });
    expect(countsOf(data, pairs(8))).toEqual([
      [8, 0, 0],
      [8, 0, 0],
    ]);
    expect(testShortfalls(data, shares, pairs(8))).toEqual([
      { classId: "cats", wanted: 2, found: 0, reason: "like-other-classes" },
      { classId: "dogs", wanted: 2, found: 0, reason: "like-other-classes" },
    ]);
  });
});

describe("other reasons for too few test photos", () => {
  test("a class that is one recording is learned from as a whole", () => {
    const data = dataset({ cats: 10, dogs: 10 }, (classId) => (classId === "cats" ? { burst: "film" } : {}));
    expect(countsOf(data, [])).toEqual([
      [10, 0, 0],
      [6, 2, 2],
    ]);
    expect(testShortfalls(data, shares, [])).toEqual([{ classId: "cats", wanted: 2, found: 0, reason: "one-bundle" }]);
  });

  test("photos that are fixed to training lend validation photos, but none to the test", () => {
    const data = dataset({ cats: 10, dogs: 10 }, (classId) => (classId === "cats" ? { fixedSplit: "train" } : {}));
    expect(countsOf(data, [])).toEqual([
      [8, 2, 0],
      [6, 2, 2],
    ]);
    expect(testShortfalls(data, shares, [])).toEqual([{ classId: "cats", wanted: 2, found: 0, reason: "fixed" }]);
  });

  test("nothing is missing where there is a test folder, where no test is wanted, and where groups fit only roughly", () => {
    const withFolder = dataset({ cats: 10, dogs: 10 }, (_, at) => ({ fixedSplit: at < 9 ? "train" : "test" }));
    expect(testShortfalls(withFolder, shares, [])).toEqual([]);
    const data = dataset({ cats: 8, dogs: 8 });
    expect(testShortfalls(data, { ...shares, testShare: 0 }, pairs(8))).toEqual([]);
    // Ten photos in two groups: of one group at most can be tested on.
    const groups = [0, 5].map((from) => Array.from({ length: 5 }, (_, at) => `cats-${from + at}`));
    expect(testShortfalls(dataset({ cats: 10 }), { ...shares, testShare: 0.6 }, groups)).toEqual([]);
  });
});

test("each reason is a sentence that names the classes, and counts where some photos were tested on", () => {
  const say = english.evaluate.testShortfall;
  const [none, some] = [
    { name: "left", wanted: 1, found: 0 },
    { name: "right", wanted: 3, found: 1 },
  ];
  expect(say["like-other-classes"]([none, { ...none, name: "right" }])).toMatch(
    /^The photos of “left” and “right” are too alike across classes to test on any\./,
  );
  expect(say["like-other-classes"]([none, some])).toMatch(
    /^Fewer test photos than the test share asks for: “left” has 0 of 1 and “right” has 1 of 3\./,
  );
  expect(say["one-bundle"]([none])).toMatch(/^The photos of “left” are one recording/);
  expect(say.fixed([none])).toMatch(/^No photo of “left” was tested on: all are fixed to training or validation/);
  const many = Array.from({ length: 8 }, (_, at) => ({ ...none, name: `${at}` }));
  expect(say["one-bundle"](many)).toMatch(/“0”, “1”, “2”, “3”, “4”,? and 3 more classes are/);
});
