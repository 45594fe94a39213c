/** Parts of photos, as if fewer had been taken. */
import { expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { portionOf } from "../../../src/dataset/portion.ts";

const sample = (photo: string, classId: string, burst: string | null = null): Sample => ({
  ...{ ...UNTOUCHED, photo, classId, burst, fileName: "", width: 1, height: 1, fixedSplit: null, looks: null },
});
const SAMPLES = [
  ...Array.from({ length: 40 }, (_, at) => sample(`a${at}`, "a")),
  ...Array.from({ length: 8 }, (_, at) => sample(`b${at}`, "b")),
  sample("c0", "c"),
];
const by = { groups: [], seed: 3 };
const countsOf = (some: readonly Sample[]) =>
  ["a", "b", "c"].map((id) => some.filter(({ classId }) => classId === id).length);

test("each class gives the same share, and no class goes", () => {
  expect(countsOf(portionOf(SAMPLES, 0.25, by))).toEqual([10, 2, 1]);
  expect(countsOf(portionOf(SAMPLES, 0.5, by))).toEqual([20, 4, 1]);
  expect(portionOf(SAMPLES, 1, by)).toEqual(SAMPLES);
});

test("a smaller share is part of a larger one", () => {
  const larger = new Set(portionOf(SAMPLES, 0.5, by));
  expect(portionOf(SAMPLES, 0.25, by).every((each) => larger.has(each))).toBe(true);
});

test("near-duplicates and recordings come whole or not at all", () => {
  const groups = [["a0", "a1", "a2"]];
  const some = [...SAMPLES, ...[0, 1, 2, 3].map((at) => sample(`d${at}`, "b", "recording"))];
  for (const share of [0.25, 0.5, 0.75]) {
    const taken = new Set(portionOf(some, share, { groups, seed: 3 }).map(({ photo }) => photo));
    expect([0, 3]).toContain(["a0", "a1", "a2"].filter((each) => taken.has(each)).length);
    expect([0, 4]).toContain(["d0", "d1", "d2", "d3"].filter((each) => taken.has(each)).length);
  }
});
