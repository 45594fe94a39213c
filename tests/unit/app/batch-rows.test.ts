/** The table of photos that were classified together: which rows it shows, in which order. */
import { describe, expect, test } from "vitest";
import type { BatchPhoto } from "../../../src/app/store/batch.ts";
import { isBatch } from "../../../src/app/store/batch-files.ts";
import { EVERYTHING, isMisjudged, shownRows } from "../../../src/app/use/batch/rows.ts";

const NAMES = ["dog", "cat"];

function aPhoto(id: number, path: string, place: number, probability: number, actual: number | null): BatchPhoto {
  const other = { place: 1 - place, probability: 1 - probability };
  const outcome = { photo: `hash-${id}`, best: [{ place, probability }, other], isUnknown: probability < 0.6 };
  return { id, path, fileName: path, className: actual === null ? null : (NAMES[actual] ?? null), actual, outcome };
}

const unread: BatchPhoto = {
  ...{ id: 5, path: "e.jpg", fileName: "e.jpg", className: null, actual: null },
  outcome: { fault: { code: "file/unreadable" } },
};
const photos = [
  aPhoto(3, "c10.jpg", 1, 0.7, null),
  aPhoto(1, "a.jpg", 0, 0.95, 0),
  aPhoto(2, "c2.jpg", 1, 0.5, 0),
  aPhoto(4, "d.jpg", 0, 0.69, 1),
  unread,
];
const byFile = { column: "file", descending: false } as const;
const ids = (filter: Partial<typeof EVERYTHING>, order: Parameters<typeof shownRows>[2] = byFile) =>
  shownRows(photos, { ...EVERYTHING, ...filter }, order, NAMES).map(({ id }) => id);

describe("rows", () => {
  test("are sorted by file name as people count, and turned round", () => {
    expect(ids({})).toEqual([1, 2, 3, 4, 5]);
    expect(ids({}, { column: "file", descending: true })).toEqual([5, 4, 3, 2, 1]);
  });

  test("are sorted by class, confidence and own class; equal ones in the order of the files", () => {
    expect(ids({}, { column: "predicted", descending: false })).toEqual([5, 2, 3, 1, 4]);
    expect(ids({}, { column: "confidence", descending: true })).toEqual([1, 3, 4, 2, 5]);
    expect(ids({}, { column: "own", descending: true })).toEqual([1, 2, 4, 3, 5]);
  });

  test("are filtered by class and confidence: a bound belongs to what lies above it", () => {
    expect(ids({ place: 1 })).toEqual([2, 3]);
    expect(ids({ confidence: "below70" })).toEqual([2, 4]);
    expect(ids({ confidence: "below50" })).toEqual([]);
    expect(ids({ confidence: "from90" })).toEqual([1]);
    expect(ids({ confidence: "below90", place: 0 })).toEqual([4]);
    expect(ids({ place: "unknown" })).toEqual([2]);
  });

  test("of mistakes are those whose own class is known and another", () => {
    expect(ids({ misjudged: true })).toEqual([2, 4]);
    expect(photos.filter(isMisjudged).map(({ id }) => id)).toEqual([2, 4]);
  });
});

describe("files are classified together", () => {
  const named = (...paths: string[]) => isBatch(paths.map((path) => ({ path, blob: new Blob() })));

  test("when they are folders, archives, data sets, or many", () => {
    expect(named("cats/a.jpg")).toBe(true);
    expect(named("photos.ZIP")).toBe(true);
    expect(named("train.parquet")).toBe(true);
    expect(named(...Array.from({ length: 25 }, (_, at) => `${at}.jpg`))).toBe(true);
  });

  test("but not a few photos", () => {
    expect(named("a.jpg", "b.heic", "c")).toBe(false);
    expect(named(...Array.from({ length: 24 }, (_, at) => `${at}.jpg`))).toBe(false);
  });
});
