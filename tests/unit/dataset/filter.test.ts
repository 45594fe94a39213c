import { describe, expect, test } from "vitest";
import type { AuditReport } from "../../../src/dataset/audit.ts";
import { type Sample, type Split, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { type Findings, filterSamples, NO_FILTER, type PhotoFilter } from "../../../src/dataset/filter.ts";

const sample = (photo: string, classId: string, fileName: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName, fixedSplit: null, width: 10, height: 10, looks: null },
});
const samples = [
  sample("a", "cat", "Garden Tom 1.JPG"),
  sample("b", "cat", "garden-tom-2.jpg"),
  sample("c", "dog", "Caf\u00e9 Rex.jpg"),
  sample("d", "dog", "rex.png"),
];
const splits = new Map<string, Split>([
  ["a", "train"],
  ["b", "test"],
  ["c", "train"],
]);
const audit: Pick<AuditReport, "suspicions" | "predictions"> = {
  suspicions: [
    { kind: "label", photo: "b", score: 0.9, suggestion: { classId: "dog", probability: 0.9 }, others: [] },
    { kind: "dark", photo: "d", score: 0.4, suggestion: null, others: [] },
  ],
  predictions: [
    { photo: "a", classId: "cat", probability: 0.8 },
    { photo: "b", classId: "dog", probability: 0.9 },
    { photo: "c", classId: "dog", probability: 0.7 },
  ],
};
const found = (filter: Partial<PhotoFilter>, known: Findings = { splits, audit }) =>
  filterSamples(samples, { ...NO_FILTER, ...filter }, known)
    .map(({ photo }) => photo)
    .join("");

describe("photos are found", () => {
  test.each<[string, Partial<PhotoFilter>, string]>([
    ["by nothing: all", {}, "abcd"],
    ["by words of the file's name in any case and order", { text: "tom GARDEN" }, "ab"],
    ["however an accent is written", { text: "cafe\u0301" }, "c"],
    ["by class", { classId: "dog" }, "cd"],
    ["by split", { split: "train" }, "ac"],
    ["by having no split", { split: "none" }, "d"],
    ["by any suspicion", { suspicion: "any" }, "bd"],
    ["by one kind of suspicion", { suspicion: "dark" }, "d"],
    ["by what they look like", { prediction: "dog" }, "bc"],
    ["by looking like another class than their own", { prediction: "another" }, "b"],
    ["by all of it together", { text: "garden", classId: "cat", split: "train", prediction: "cat" }, "a"],
  ])("%s", (_, filter, expected) => expect(found(filter)).toBe(expected));

  test("by no suspicion and no prediction before anybody has looked through them", () => {
    expect(found({ suspicion: "any" }, { splits, audit: null })).toBe("");
    expect(found({ prediction: "another" }, { splits, audit: null })).toBe("");
  });
});
