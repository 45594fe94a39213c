import { expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { EmbeddingTable } from "../../../src/worker/embedding-table.ts";
import { predictionsOf } from "../../../src/worker/training/cross-validation.ts";
import { labelledRows } from "../../../src/worker/training/photos.ts";
import { saying } from "../../fixtures/saying.ts";

const sample = (photo: string, classId: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: `${photo}.jpg`, width: 8, height: 8, fixedSplit: null, looks: null },
});

const table = new EmbeddingTable({ base: "base", features: "average" }, 1);
for (const photo of ["a", "b"]) {
  for (const view of [0, 1]) table.add({ photo, view }, new Float32Array([view]));
}
const labels = new Map([
  ["cat", 0],
  ["dog", 1],
]);

test("each photo has its views' rows and its class; a photo that could not be read is left out", () => {
  const samples = [sample("b", "dog"), sample("unreadable", "dog"), sample("a", "cat")];
  const { photos, rows } = labelledRows(samples, 2, table, labels);
  expect(photos).toEqual(["b", "b", "a", "a"]);
  expect([...rows.labels]).toEqual([1, 1, 0, 0]);
  expect(rows.matrix).toBe(table);
  expect([...rows.rows]).toEqual([table.rowOf("b", 0), table.rowOf("b", 1), table.rowOf("a", 0), table.rowOf("a", 1)]);
});

test("a photo of an unknown class is not trained as another", () => {
  const lost = () => labelledRows([sample("a", "cat"), sample("b", "bird")], 1, table, labels);
  expect(saying(lost)).toBe(
    "“b.jpg” is in a class that does not take part in this training. Move it to one of the project's classes, or exclude it; then train again.",
  );
});

test("a prediction whose true class is not known is refused, not counted as one of the first class", () => {
  const rows = { matrix: table, rows: Int32Array.of(0), labels: Int32Array.of(1) };
  const probabilities = [
    [0.25, 0.75],
    [0.5, 0.5],
  ];
  expect(() => predictionsOf({ photos: ["one", "two"], rows }, probabilities)).toThrow(/has no label/);
  expect(predictionsOf({ photos: ["one"], rows }, probabilities)).toEqual([
    { photo: "one", actual: 1, probabilities: [0.25, 0.75] },
  ]);
});
