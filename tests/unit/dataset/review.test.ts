/** Working through what a look found: what stays true, in which order, and where one is. */
import { describe, expect, test } from "vitest";
import type { AuditPrediction, AuditReport, Suspicion } from "../../../src/dataset/audit.ts";
import { type Dataset, type Sample, type SuspicionKind, UNSORTED, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import {
  clearSuspicion,
  deleteClass,
  deleteSamples,
  excludeSamples,
  fixSplit,
  moveSamples,
} from "../../../src/dataset/edit.ts";
import { changedSince, openSuspicions, sharesPhotos, sureMoves } from "../../../src/dataset/review.ts";
import { bySuggestion, sweep, waitingPhotos } from "../../../src/dataset/sorting.ts";
import { follow, startWalk, step } from "../../../src/dataset/walk.ts";

const sample = (photo: string, classId: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fixedSplit: null, fileName: `${photo}.jpg`, width: 10, height: 10, looks: null },
});
const of = (...photos: string[]) => new Set(photos);
const classes = ["cat", "dog", UNSORTED].map((id) => ({ id, name: id }));
const then: Dataset = {
  classes,
  samples: [sample("a", "cat"), sample("b", "cat"), sample("c", "dog"), sample("d", "dog")],
};
const suspicion = (kind: SuspicionKind, photo: string, change: Partial<Suspicion> = {}): Suspicion => ({
  ...{ kind, photo, score: 0.5, suggestion: null, others: [] },
  ...change,
});
const report = (...suspicions: Suspicion[]): AuditReport => ({
  ...{ suspicions, groups: [], predictions: [] },
});
const label = (photo: string, classId: string, probability = 0.9) =>
  suspicion("label", photo, { suggestion: { classId, probability } });

describe("what stays true of a look", () => {
  const open = (found: AuditReport, now: Dataset) =>
    openSuspicions(found, then, now).map(({ kind, photo, others }) => [kind, photo, ...others].join(" "));

  test("all of it, in its order, while nothing has changed", () => {
    const found = report(label("c", "cat"), suspicion("dark", "a"), suspicion("duplicate", "a", { others: ["b"] }));
    expect(open(found, then)).toEqual(["label c", "dark a", "duplicate a b"]);
  });

  test("photos that are gone, excluded or found in order are no longer suspected", () => {
    const found = report(label("a", "dog"), suspicion("dark", "b"), suspicion("blurred", "b"), suspicion("tiny", "c"));
    const gone = deleteSamples(then, of("a"));
    const cleared = clearSuspicion(gone, of("b"), "dark");
    expect(open(found, excludeSamples(cleared, of("c"), true))).toEqual(["blurred b"]);
  });

  test("a photo in another class is no wrong label and no outlier any more, but as dark as it was", () => {
    const found = report(label("a", "dog"), suspicion("outlier", "a"), suspicion("dark", "a"));
    expect(open(found, moveSamples(then, of("a"), "dog"))).toEqual(["dark a"]);
  });

  test("a suggestion falls with the class that it names", () => {
    expect(open(report(label("a", "dog")), deleteClass(then, "dog"))).toEqual([]);
  });

  test("a near-duplicate is one as long as another of its kind is here", () => {
    const found = report(suspicion("duplicate", "a", { others: ["b", "c"] }));
    const without = deleteSamples(then, of("b"));
    expect(open(found, without)).toEqual(["duplicate a c"]);
    expect(open(found, excludeSamples(without, of("c"), true))).toEqual([]);
  });

  test("a leak is one until a split of its photos changes", () => {
    const found = report(suspicion("leak", "a", { others: ["b", "c"] }));
    expect(open(found, fixSplit(then, of("b"), "train"))).toEqual(["leak a c"]);
    expect(open(found, fixSplit(then, of("a"), "train"))).toEqual([]);
  });

  test("undo brings everything back", () => {
    const found = report(label("a", "dog"));
    expect(open(found, deleteSamples(then, of("a")))).toEqual([]);
    expect(open(found, then)).toEqual(["label a"]);
  });

  test("new, gone, moved and excluded photos are counted", () => {
    expect(changedSince(then, then)).toBe(0);
    const moved = moveSamples(then, of("a"), "dog");
    const smaller = deleteSamples(excludeSamples(moved, of("b"), true), of("c"));
    expect(changedSince(then, { ...smaller, samples: [...smaller.samples, sample("e", "cat")] })).toBe(4);
    expect(changedSince(then, clearSuspicion(then, of("a"), "dark"))).toBe(0);
  });

  test("another project shares no photo with the one that was looked at", () => {
    expect(sharesPhotos(then, deleteSamples(then, of("a", "b", "c")))).toBe(true);
    expect(sharesPhotos(then, { classes, samples: [sample("z", "cat")] })).toBe(false);
  });

  test("sure moves are the label suggestions from the threshold on", () => {
    const found = [label("a", "dog", 0.95), label("b", "dog", 0.94), suspicion("dark", "c"), label("c", "cat", 0.99)];
    expect(sureMoves(found, 0.95)).toEqual([
      { photo: "a", classId: "dog" },
      { photo: "c", classId: "cat" },
    ]);
  });
});

describe("sorting", () => {
  const unsorted: Dataset = {
    classes,
    samples: [sample("k", "cat"), ...["a", "b", "c", "d", "e"].map((photo) => sample(photo, UNSORTED))],
  };
  const predictions: AuditPrediction[] = [
    { photo: "a", classId: "cat", probability: 0.7 },
    { photo: "b", classId: "dog", probability: 0.99 },
    { photo: "c", classId: "cat", probability: 0.55 },
    { photo: "d", classId: "bird", probability: 0.9 },
    { photo: "k", classId: "dog", probability: 0.5 },
  ];
  const order = (...args: Parameters<typeof waitingPhotos>) =>
    waitingPhotos(...args)
      .map((each) => each.sample.photo)
      .join("");

  test("the least or the most certain come first, those without a suggestion last", () => {
    expect(order(unsorted, predictions, "unsure")).toBe("cabde");
    expect(order(unsorted, predictions, "sure")).toBe("bacde");
    expect(order(unsorted, predictions, "given")).toBe("abcde");
    expect(order(unsorted, [], "unsure")).toBe("abcde");
  });

  test("excluded photos do not wait", () => {
    expect(order(excludeSamples(unsorted, of("a", "e"), true), [], "given")).toBe("bcd");
  });

  test("photos by their suggestion, in the classes' order", () => {
    const groups = bySuggestion(waitingPhotos(unsorted, predictions, "sure"), unsorted);
    expect(groups.map(([id, photos]) => [id, photos.map((each) => each.sample.photo).join("")])).toEqual([
      ["cat", "ac"],
      ["dog", "b"],
      [null, "de"],
    ]);
  });

  test("a sweep takes the suggestions from the threshold on, and what was chosen by hand", () => {
    const waiting = waitingPhotos(unsorted, predictions, "sure");
    const swept = (threshold: number, ...flipped: string[]) =>
      sweep(waiting, threshold, of(...flipped)).map(({ photo, classId }) => `${photo} ${classId}`);
    expect(swept(0.7)).toEqual(["b dog", "a cat"]);
    expect(swept(0.7, "b", "c", "e")).toEqual(["a cat", "c cat"]);
  });
});

describe("a walk through a list", () => {
  const walk = startWalk(["a", "b", "c", "d"]);

  test("goes around both ends, or stops there", () => {
    expect(step(walk, -1, true).current).toBe("d");
    expect(step(step(walk, -1, true), 1, true).current).toBe("a");
    expect(step(walk, -1, false).current).toBe("a");
    expect(step(walk, 9, false).current).toBe("d");
    expect(step(startWalk([]), 1, true).current).toBeNull();
  });

  test("goes on to the next that is left when the current one goes", () => {
    const onB = step(walk, 1, true);
    expect(follow(onB, ["a", "c", "d"]).current).toBe("c");
    expect(follow(onB, ["a", "d"]).current).toBe("d");
    expect(follow(onB, ["a"]).current).toBe("a");
    expect(follow(onB, []).current).toBeNull();
  });

  test("stays where it is when others go or the order changes", () => {
    expect(follow(step(walk, 1, true), ["d", "b"]).current).toBe("b");
  });

  test("goes to what comes back", () => {
    const after = follow(follow(step(walk, 1, true), ["a", "c", "d"]), ["a", "d"]);
    expect(after.current).toBe("d");
    expect(follow(after, ["a", "c", "d"]).current).toBe("c");
    expect(follow(follow(after, ["a", "c", "d"]), ["a", "b", "c", "d"]).current).toBe("b");
  });
});
