import { describe, expect, test } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { bundlesOf } from "../../../src/dataset/bundles.ts";
import {
  classesOf,
  type Dataset,
  EMPTY_DATASET,
  type Sample,
  type Split,
  takesPart,
  UNSORTED,
  UNTOUCHED,
} from "../../../src/dataset/dataset.ts";
import {
  addClass,
  addNumberedClass,
  addSamples,
  clearSuspicion,
  colourClass,
  deleteClass,
  deleteSamples,
  ensureClass,
  excludeSamples,
  fixSplit,
  mergeClasses,
  moveSamples,
  renameClass,
  reorderClass,
} from "../../../src/dataset/edit.ts";
import { foldsOf } from "../../../src/dataset/folds.ts";
import { createRandom, shuffled } from "../../../src/dataset/random.ts";
import { type ReadinessNote, readiness } from "../../../src/dataset/readiness.ts";
import { splitSamples } from "../../../src/dataset/split.ts";
import { saying } from "../../fixtures/saying.ts";

const sample = (photo: string, classId: string, fixedSplit: Split | null = null): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fixedSplit, fileName: `${photo}.jpg`, width: 10, height: 10, looks: null },
});
const dataset = (counts: Record<string, number>): Dataset => ({
  classes: Object.keys(counts).map((name) => ({ id: name, name })),
  samples: Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, at) => sample(`${name}-${at}`, name)),
  ),
});

describe("edits", () => {
  const named = (number: number) => `Class ${number}`;
  const two = addNumberedClass(addNumberedClass(EMPTY_DATASET, "a", named), "b", named);

  test("classes get free names", () => {
    expect(two.classes.map(({ name }) => name)).toEqual(["Class 1", "Class 2"]);
    const three = addNumberedClass(deleteClass(two, "a"), "c", named);
    expect(three.classes.map(({ name }) => name)).toEqual(["Class 2", "Class 3"]);
  });

  test("a taken or empty name is refused", () => {
    expect(saying(() => renameClass(two, "a", " Class 2 "))).toBe("There is already a class named “Class 2”.");
    expect(saying(() => renameClass(two, "a", "  "))).toBe("A class needs a name.");
    expect(renameClass(two, "a", " Cats ").classes[0]?.name).toBe("Cats");
    // Marks that turn the direction of writing around, and a control character.
    expect(renameClass(two, "a", "Ca\u202ets\u2066\u0007").classes[0]?.name).toBe("Cats");
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

  test("classes are merged, put in another order and coloured", () => {
    const { dataset: full } = addSamples(addClass(two, "c", "Class 3"), [sample("x", "a"), sample("y", "b")]);
    const merged = mergeClasses(full, "a", "b");
    expect(merged.classes.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(merged.samples.map(({ classId }) => classId)).toEqual(["b", "b"]);
    expect(reorderClass(full, "a", 2).classes.map(({ id }) => id)).toEqual(["b", "c", "a"]);
    expect(reorderClass(full, "c", 0).classes.map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect(colourClass(full, "b", 4).classes.map(({ colour }) => colour)).toEqual([0, 4, 2]);
  });

  test("photos are excluded, fixed to a split and cleared of a suspicion", () => {
    const { dataset: full } = addSamples(two, [sample("x", "a"), sample("y", "a")]);
    const [x] = [new Set(["x"])];
    expect(excludeSamples(full, x, true).samples.map(takesPart)).toEqual([false, true]);
    expect(fixSplit(full, x, "test").samples.map(({ fixedSplit }) => fixedSplit)).toEqual(["test", null]);
    const cleared = clearSuspicion(clearSuspicion(full, x, "dark"), x, "dark");
    expect(cleared.samples.map((each) => each.cleared)).toEqual([["dark"], []]);
  });

  test("a class is made once", () => {
    const [made, first] = ensureClass(EMPTY_DATASET, "Unsorted", () => "id");
    expect(ensureClass(made, "Unsorted", () => "other")).toEqual([made, first]);
  });

  test("Unsorted is no class: it does not count in numbered names, and none can be called so in any letters", () => {
    const [unsorted] = ensureClass(EMPTY_DATASET, "Unsorted", () => "id");
    const one = addNumberedClass(unsorted, "a", named);
    expect(classesOf(one).map(({ name }) => name)).toEqual(["Class 1"]);
    expect(saying(() => renameClass(one, "a", "unsorted "))).toMatch(/^“unsorted” is for photos without a class/);
    expect(saying(() => addClass(one, "b", "UNSORTED"))).toMatch(/without a class/);
    const [again, found] = ensureClass(one, "unSorted", () => "other");
    expect([again, found.id]).toEqual([one, UNSORTED]);
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

describe("groups", () => {
  const shares = { validationShare: 0.2, testShare: 0.2, seed: 3 };
  const groupsOf = (name: string, sizes: readonly number[]) => {
    let next = 0;
    return sizes.map((size) => Array.from({ length: size }, () => `${name}-${next++}`));
  };

  test("near-duplicates never straddle, and the shares still hold", () => {
    const data = dataset({ cats: 60, dogs: 40 });
    const groups = [...groupsOf("cats", [5, 5, 4, 3, 2, 2]), ...groupsOf("dogs", [6, 3])];
    for (let seed = 0; seed < 50; seed++) {
      const splits = splitSamples(data, { ...shares, seed }, groups);
      for (const group of groups) expect(new Set(group.map((photo) => splits.get(photo))).size).toBe(1);
      const test = [...splits.values()].filter((split) => split === "test");
      expect(test.length).toBe(20);
      expect(splits.size).toBe(100);
    }
  });

  test("photos of one recording stay together, also over a near-duplicate", () => {
    const filmed = (photo: string, burst: string | null) => ({ ...sample(photo, "cats"), burst });
    const samples = [filmed("a", "1"), filmed("b", "1"), filmed("c", "2"), filmed("d", "2"), filmed("e", null)];
    expect(bundlesOf(samples, [["b", "c"]]).map((bundle) => bundle.map(({ photo }) => photo))).toEqual([
      ["a", "b", "c", "d"],
      ["e"],
    ]);
  });

  test("they follow the one that is fixed to test; one that is fixed elsewhere takes no part", () => {
    const samples = [
      sample("held", "cats", "test"),
      sample("free", "cats"),
      sample("learned", "cats", "train"),
      ...Array.from({ length: 9 }, (_, at) => sample(`other-${at}`, "cats")),
    ];
    const splits = splitSamples({ classes: [{ id: "cats", name: "cats" }], samples }, shares, [
      ["held", "free", "learned"],
    ]);
    expect([splits.get("held"), splits.get("free"), splits.get("learned")]).toEqual(["test", "test", undefined]);
  });

  test("a group of several classes is learned from", () => {
    const splits = splitSamples(dataset({ cats: 10, dogs: 10 }), shares, [["cats-0", "dogs-0"]]);
    expect([splits.get("cats-0"), splits.get("dogs-0")]).toEqual(["train", "train"]);
  });

  test("unsorted and excluded photos take no part", () => {
    const data = dataset({ cats: 5, [UNSORTED]: 3 });
    const splits = splitSamples(excludeSamples(data, new Set(["cats-2"]), true), shares);
    expect([...splits.keys()].sort()).toEqual(["cats-0", "cats-1", "cats-3", "cats-4"]);
  });

  test("folds spread every class evenly and keep groups whole", () => {
    const data = dataset({ cats: 53, dogs: 17 });
    const groups = groupsOf("cats", [4, 4, 3]);
    const folds = foldsOf(data.samples, 5, 7, groups);
    expect([...foldsOf(data.samples.toReversed(), 5, 7, groups)].sort()).toEqual([...folds].sort());
    for (const group of groups) expect(new Set(group.map((photo) => folds.get(photo))).size).toBe(1);
    for (const [name, fewest, most] of [
      ["cats", 10, 11],
      ["dogs", 3, 4],
    ] as const) {
      const counts = Array.from(
        { length: 5 },
        (_, fold) => [...folds].filter(([photo, own]) => own === fold && photo.startsWith(name)).length,
      );
      expect([Math.min(...counts), Math.max(...counts)]).toEqual([fewest, most]);
    }
  });
});

describe("readiness", () => {
  const said = (notes: readonly ReadinessNote[]) => notes.map((note) => sentence(words.data.readiness, note));

  test("says what is missing", () => {
    const problems = (counts: Record<string, number>) => said(readiness(dataset(counts)).problems);
    expect(problems({ cats: 12 })).toEqual(["Training needs photos in at least two classes."]);
    expect(problems({ cats: 12, dogs: 2 })).toEqual(["“dogs” has 2 photos; it needs at least 3."]);
  });

  test("hints at cross-validation where few photos can be tested on", () => {
    const { hints } = readiness(dataset({ cats: 15, dogs: 20 }));
    expect(said(hints)).toEqual([
      "With so few photos, few are left for testing. Cross-validation (Train, More settings) tests every one of them.",
    ]);
    expect(readiness(dataset({ cats: 20, dogs: 20 })).hints).toEqual([]);
  });

  test("hints at few and unbalanced photos", () => {
    const { ready, hints } = readiness(dataset({ cats: 50, dogs: 10, birds: 0 }));
    expect(ready).toBe(true);
    expect(said(hints)).toEqual([
      "“birds” has no photos and is left out.",
      "“cats” has 50 photos but “dogs” only 10: classes with few photos are learned less well.",
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

  test("goes on from a state that was read", () => {
    const random = createRandom(5);
    random();
    const later = createRandom(6);
    later.restore(random.state());
    expect([later(), later()]).toEqual([random(), random()]);
  });

  test("shuffles without losing anything", () => {
    const items = Array.from({ length: 50 }, (_, at) => at);
    const mixed = shuffled(items, createRandom(5));
    expect(mixed).not.toEqual(items);
    expect(mixed.toSorted((a, b) => a - b)).toEqual(items);
  });
});
