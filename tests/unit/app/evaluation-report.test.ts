/** The report of a run: it says what is known, in the order of a model card, and its numbers are those of the metrics. */
import { describe, expect, test } from "vitest";
import { buildReport, type ReportFacts } from "../../../src/app/evaluate/report/build.ts";
import { reportOf } from "../../../src/evaluation/evaluate.ts";
import { measure } from "../../../src/evaluation/measure.ts";
import { oneAgainstRest, type Scores } from "../../../src/evaluation/scores.ts";
import { reportHtml } from "../../../src/formats/report/html.ts";
import type { Run } from "../../../src/project/run.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

const SCORES: Scores = {
  photos: ["a", "b", "c", "d"],
  labels: [0, 0, 1, 1],
  probabilities: [0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6],
  classes: 2,
};

function factsOf(classNames: readonly string[], scores: Scores): ReportFacts {
  const measures = measure(scores);
  if (!measures) throw new Error("Nothing was measured.");
  const run = {
    ...{ id: "run", finishedAt: "2026-11-01T10:00:00Z", durationMs: 2000, note: "in the garden" },
    classes: classNames.map((name) => ({ id: name, name })),
    settings: { ...DEFAULT_SETTINGS, seed: 77 },
    ...{ baseModel: { id: "base", name: "Small base" }, backend: "wasm" },
    outcome: { reason: "finished", epochs: 0, bestEpoch: 1, headEpochs: 0, history: [] },
    counts: { train: 8, validation: 0, test: 4 },
    classifier: { name: "Pets", inputSize: { height: 96, width: 96 }, crop: "fill", parameters: 1234 },
  } as unknown as Run;
  return {
    ...{ project: "Pets", run, number: 3, classNames },
    measured: { test: { measures, report: reportOf(measures.answers, scores.classes) } },
    taken: { photos: ["a", "b", "e"], labels: Uint16Array.of(0, 0, 1), splits: Uint8Array.of(2, 2, 0) },
    scores: classNames.length < 8 ? classNames.map((_, label) => oneAgainstRest(scores, label)) : [],
    versions: { headstart: "0.1.0", tensorflow: "4.22.0" },
    madeAt: "2026-11-02T10:00:00Z",
  };
}

describe("the report of a run", () => {
  const report = buildReport(factsOf(["cat", "dog"], SCORES));
  const html = reportHtml(report);

  test("says what the model is, made of what, and its weaknesses", () => {
    for (const told of ["Small base", "in the garden", "77", "1,234", "Headstart 0.1.0", "cat and dog"]) {
      expect(html).toContain(told);
    }
    expect(report.sections.map(({ heading }) => heading)).toEqual([
      ...["The model", "What it is for", "Known weaknesses", "Metrics on the test photos"],
      ...["Confusion matrix, test photos", "Curves and confidence, test photos", "The photos", "Training", "Settings"],
    ]);
    expect(html).toContain("Of 2 photos of cat, it found 50.0%.");
    expect(html).toContain("1 photo of cat called dog.");
  });

  test("counts the photos of each class in each part", () => {
    const table = report.sections.find(({ heading }) => heading === "The photos")?.parts[0];
    expect(table).toMatchObject({
      rows: [
        ["cat", "0", "0", "2"],
        ["dog", "1", "0", "0"],
        ["All classes", "1", "0", "2"],
      ],
    });
  });

  test("has every number unrounded for programs, with its interval", () => {
    const { test: found } = JSON.parse(JSON.stringify(report.data));
    expect(found.overall.accuracy.value).toBe(0.75);
    expect(found.overall.accuracy.interval.low).toBeCloseTo(0.3006, 4);
    expect(found.confusion).toEqual([
      [1, 1],
      [0, 2],
    ]);
  });

  test("of many classes lists the confusions instead of the matrix", () => {
    const classes = 50;
    const labels = Array.from({ length: classes }, (_, label) => label);
    const probabilities = labels.flatMap((label) =>
      labels.map((each) => (each === (label < 2 ? 1 - label : label) ? 1 : 0)),
    );
    const many = buildReport(
      factsOf(
        labels.map((label) => `class ${label}`),
        {
          ...{ photos: labels.map(String), labels, probabilities, classes },
        },
      ),
    );
    const matrix = many.sections.find(({ heading }) => heading === "Confusion matrix, test photos");
    expect(matrix?.parts.at(-1)).toMatchObject({
      rows: [
        ["class 0", "class 1", "1"],
        ["class 1", "class 0", "1"],
      ],
    });
  });
});
