import { expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { predictionsOf } from "../../../src/worker/cross-validation.ts";
import { gatherEmbeddings } from "../../../src/worker/training-photos.ts";

const sample = (photo: string, classId: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: `${photo}.jpg`, width: 4, height: 3, fixedSplit: null, looks: null },
});
const prepared = { embedding: () => new Float32Array([1, 2]) };
const labels = new Map([
  ["cat", 0],
  ["dog", 1],
]);

test("photos are labelled by their class", () => {
  const gathered = gatherEmbeddings([sample("one", "dog"), sample("two", "cat")], 1, prepared, labels);
  expect([...gathered.labels]).toEqual([1, 0]);
});

test("a photo of a class that is not trained is refused, not learned as the first class", () => {
  const gather = () => gatherEmbeddings([sample("one", "cat"), sample("two", "gone")], 1, prepared, labels);
  expect(gather).toThrow(expect.objectContaining({ fault: { code: "training/unknown-class", photo: "two" } }));
});

test("a prediction whose true class is not known is refused, not counted as one of the first class", () => {
  const given = { photos: ["one", "two"], labels: Int32Array.of(1) };
  const rows = [
    [0.25, 0.75],
    [0.5, 0.5],
  ];
  expect(() => predictionsOf(given, rows)).toThrow(
    expect.objectContaining({ fault: { code: "training/unknown-class", photo: "two" } }),
  );
  expect(predictionsOf({ ...given, photos: ["one"] }, rows)).toEqual([
    { photo: "one", actual: 1, probabilities: [0.25, 0.75] },
  ]);
});
