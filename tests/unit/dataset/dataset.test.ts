import { describe, expect, test } from "vitest";
import { type Dataset, EMPTY_DATASET, type Sample, type Split } from "../../../src/dataset/dataset.ts";
import {
  addClass,
  addSamples,
  deleteClass,
  deleteSamples,
  ensureClass,
  moveSamples,
  renameClass,
} from "../../../src/dataset/edit.ts";
import { placeFile } from "../../../src/dataset/intake.ts";
import { createRandom, shuffled } from "../../../src/dataset/random.ts";
import { readiness } from "../../../src/dataset/readiness.ts";
import { splitSamples } from "../../../src/dataset/split.ts";

const sample = (photo: string, classId: string, fixedSplit: Split | null = null): Sample => ({
  ...{ photo, classId, fixedSplit, fileName: `${photo}.jpg`, width: 10, height: 10 },
});
const dataset = (counts: Record<string, number>): Dataset => ({
  classes: Object.keys(counts).map((name) => ({ id: name, name })),
  samples: Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, at) => sample(`${name}-${at}`, name)),
  ),
});

describe("the folder rule", () => {
  test.each([
    ["cat.jpg", null, null],
    ["photos/cats/1.jpg", "cats", null],
    ["set/train/cats/1.jpg", "cats", "train"],
    ["set/VALID/cats/1.jpg", "cats", "validation"],
    ["set/val/cats/1.jpg", "cats", "validation"],
    ["set/test/cats/1.jpg", "cats", "test"],
    ["set/test/1.jpg", null, "test"],
    ["set/test/cats/kittens/1.jpg", "kittens", null],
    ["cats/cafe\u0301", "cats", null],
    ["cafe\u0301/1.jpg", "caf\u00e9", null],
  ])("%s", (path, className, fixedSplit) => {
    expect(placeFile(path)).toMatchObject({ kind: "candidate", className, fixedSplit });
  });

  test.each(["cats/.DS_Store", "__MACOSX/cats/._1.jpg", "cats/Thumbs.db", ".git/a.jpg", "readme.txt", "labels.csv"])(
    "%s is ignored",
    (path) => {
      expect(placeFile(path)).toEqual({ kind: "ignored" });
    },
  );
});

describe("edits", () => {
  const two = addClass(addClass(EMPTY_DATASET, "a"), "b");

  test("classes get free names", () => {
    expect(two.classes.map(({ name }) => name)).toEqual(["Class 1", "Class 2"]);
    expect(addClass(deleteClass(two, "a"), "c").classes.map(({ name }) => name)).toEqual(["Class 2", "Class 3"]);
  });

  test("a taken or empty name is refused", () => {
    expect(() => renameClass(two, "a", " Class 2 ")).toThrow("There is already a class named “Class 2”.");
    expect(() => renameClass(two, "a", "  ")).toThrow("A class needs a name.");
    expect(renameClass(two, "a", " Cats ").classes[0]?.name).toBe("Cats");
  });

  test("the same bytes are in a dataset once", () => {
    const result = addSamples(two, [sample("x", "a"), sample("y", "a"), sample("x", "b")]);
    expect([result.added, result.duplicates]).toEqual([2, 1]);
    expect(result.dataset.samples.map(({ photo, classId }) => [photo, classId])).toEqual([
      ["x", "a"],
      ["y", "a"],
    ]);
  });

  test("photos move and go, and the old dataset stays as it was", () => {
    const { dataset: full } = addSamples(two, [sample("x", "a"), sample("y", "a")]);
    expect(moveSamples(full, new Set(["x"]), "b").samples[0]?.classId).toBe("b");
    expect(deleteSamples(full, new Set(["x"])).samples.map(({ photo }) => photo)).toEqual(["y"]);
    expect(deleteClass(full, "a").samples).toEqual([]);
    expect(full.samples.map(({ classId }) => classId)).toEqual(["a", "a"]);
  });

  test("a class is made once", () => {
    const [made, first] = ensureClass(EMPTY_DATASET, "Unsorted", () => "id");
    expect(ensureClass(made, "Unsorted", () => "other")).toEqual([made, first]);
  });
});

describe("splits", () => {
  const shares = { validationShare: 0.2, testShare: 0.1, seed: 1 };
  const countsOf = (data: Dataset, settings = shares) => {
    const splits = splitSamples(data, settings);
    return data.classes.map(({ id }) => {
      const own = data.samples.filter(({ classId }) => classId === id).map(({ photo }) => splits.get(photo));
      return (["train", "validation", "test"] as const).map((split) => own.filter((each) => each === split).length);
    });
  };

  test("every class is split in the same proportions", () => {
    expect(countsOf(dataset({ cats: 10, dogs: 100 }))).toEqual([
      [7, 2, 1],
      [70, 20, 10],
    ]);
  });

  test("few photos leave one in each part, and one always trains", () => {
    expect(countsOf(dataset({ a: 3, b: 2, c: 1 }))).toEqual([
      [1, 1, 1],
      [1, 0, 1],
      [1, 0, 0],
    ]);
  });

  test("the same seed gives the same split, whatever the order and the other classes", () => {
    const small = dataset({ cats: 30 });
    const large = dataset({ dogs: 9, cats: 30 });
    const shuffledSamples = { ...large, samples: large.samples.toReversed() };
    const [first, second] = [splitSamples(small, shares), splitSamples(shuffledSamples, shares)];
    for (const { photo } of small.samples) expect(second.get(photo)).toBe(first.get(photo));
    expect([...splitSamples(small, { ...shares, seed: 2 })]).not.toEqual([...first]);
  });

  test("what folders fixed stays; a test folder lends nothing and a train folder lends validation photos", () => {
    const samples = Array.from({ length: 20 }, (_, at) => sample(`p${at}`, "cats", at < 15 ? "train" : "test"));
    const data: Dataset = { classes: [{ id: "cats", name: "cats" }], samples };
    expect(countsOf(data)).toEqual([[12, 3, 5]]);
    const splits = splitSamples(data, shares);
    for (const { photo, fixedSplit } of samples) if (fixedSplit === "test") expect(splits.get(photo)).toBe("test");
  });
});

describe("readiness", () => {
  test("says what is missing", () => {
    expect(readiness(dataset({ cats: 12 })).problems).toEqual(["Training needs photos in at least two classes."]);
    expect(readiness(dataset({ cats: 12, dogs: 2 })).problems).toEqual([
      "“dogs” has 2 of the 3 photos it needs at least.",
    ]);
  });

  test("hints at few and unbalanced photos", () => {
    const { ready, hints } = readiness(dataset({ cats: 50, dogs: 10, birds: 0 }));
    expect(ready).toBe(true);
    expect(hints).toEqual([
      "“birds” has no photos and is left out.",
      "“cats” has 50 photos and “dogs” 10: rare classes are learned less well.",
    ]);
  });
});

describe("randomness", () => {
  test("is the published mulberry32", () => {
    // First outputs for seed 1 of the reference implementation in C.
    const random = createRandom(1);
    expect([random(), random(), random()].map((value) => Math.round(value * 2 ** 32))).toEqual([
      2693262067, 11749833, 2265367787,
    ]);
  });

  test("shuffles without losing anything", () => {
    const items = Array.from({ length: 50 }, (_, at) => at);
    const mixed = shuffled(items, createRandom(5));
    expect(mixed).not.toEqual(items);
    expect(mixed.toSorted((a, b) => a - b)).toEqual(items);
  });
});
