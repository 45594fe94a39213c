/** What a change of the samples costs to keep. */
import { expect, test } from "vitest";
import { changedChunks } from "../../../src/dataset/chunks.ts";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";

const sample = (photo: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId: "a", fileName: photo, width: 1, height: 1, fixedSplit: null, looks: null },
});
/** 00…, 01…, … ff…, again and again: a chunk begins at each 00. */
const samples = Array.from({ length: 1024 }, (_, at) => sample(`${(at % 256).toString(16).padStart(2, "0")}-${at}`));

test("from nothing, everything is new", () => {
  const { count, order, chunks } = changedChunks([], samples);
  expect(count).toBe(1024);
  expect(order).toEqual(["00-0", "00-256", "00-512", "00-768"]);
  expect(chunks.flat()).toEqual(samples);
});

test("the same samples need nothing, in a new list too", () => {
  expect(changedChunks(samples, samples).chunks).toEqual([]);
  expect(changedChunks(samples, [...samples]).chunks).toEqual([]);
});

test("adding, deleting or changing one sample needs its own chunk alone", () => {
  const added = [...samples, sample("ff-new")];
  expect(changedChunks(samples, added).chunks).toEqual([added.slice(768)]);

  const deleted = samples.filter(({ photo }) => photo !== "05-5");
  expect(changedChunks(samples, deleted).chunks).toEqual([deleted.slice(0, 255)]);

  const changed = samples.map((each) => (each.photo === "2c-300" ? { ...each, excluded: true } : each));
  expect(changedChunks(samples, changed).chunks).toEqual([changed.slice(256, 512)]);
});

test("deleting the first sample of a chunk joins the rest to the chunk before", () => {
  const without = samples.filter(({ photo }) => photo !== "00-256");
  const { order, chunks } = changedChunks(samples, without);
  // 256 + 255 samples are more than 500: the last eleven are a chunk of their own.
  expect(order).toEqual(["00-0", "f5-501", "00-512", "00-768"]);
  expect(chunks.map(({ length }) => length)).toEqual([500, 11]);
});

test("nothing is left of a list that was emptied", () => {
  expect(changedChunks(samples, [])).toEqual({ count: 0, order: [], chunks: [] });
});
