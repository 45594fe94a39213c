/** Old projects in today's shape. */
import { describe, expect, test } from "vitest";
import { migrateProject, PROJECT_VERSION, runOf } from "../../../src/project/migrate.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { saying } from "../../fixtures/saying.ts";

const sampleOfOne = { photo: "1a", classId: "cat", fileName: "1.png", width: 8, height: 8, fixedSplit: null };
const history = [{ epoch: 1, trainLoss: 2, validationLoss: 3, trainAccuracy: 0.5, validationAccuracy: 0.25 }];
const accuracy = { value: 0.75, low: 0.5, high: 0.875 };
const macroF1 = { value: 0.7, low: 0.4, high: 0.9 };
const figures = { precision: 1, recall: 0.5, f1: 0.6, support: 2 };
const mistakes = [{ photo: "1a", actual: 0, predicted: 1, confidence: 0.9 }];
const report = {
  photos: 4,
  accuracy,
  macroF1,
  confusion: [
    [1, 1],
    [0, 2],
  ],
  mistakes,
};
const classifier = { name: "Pets", inputSize: { height: 8, width: 8 }, crop: "center", parameters: 10 };
const lastRun = {
  summary: {
    outcome: { reason: "early", epochs: 12, bestEpoch: 5, history },
    report: {
      ...report,
      classNames: ["Cat", "Dog"],
      classes: [
        { ...figures, className: "Cat" },
        { ...figures, className: "Dog" },
      ],
    },
    classifier: { ...classifier, classNames: ["Cat", "Dog"], baseModelName: "Base", trainedAt: "2026-01-01T00:00:01Z" },
    counts: { train: 8, validation: 2, test: 4 },
  },
  settings: { epochs: 20 },
  baseModelName: "Base",
  finishedAt: "2026-01-01T00:00:02Z",
};
const stateOfOne = {
  name: "Pets",
  dataset: { classes: [{ id: "cat", name: "Cat" }], samples: [sampleOfOne] },
  settings: { epochs: 20 },
  baseModelId: "mobilenet",
  lastRun,
};

test("a project of the first version gets what has been added since", () => {
  const { state, runs } = migrateProject(stateOfOne, 1);
  const { lastRun: _, ...kept } = stateOfOne;
  expect(state).toEqual({
    ...kept,
    dataset: {
      classes: [{ id: "cat", name: "Cat" }],
      samples: [{ ...sampleOfOne, excluded: false, burst: null, looks: null, cleared: [] }],
    },
    groups: [],
    settings: { ...DEFAULT_SETTINGS, solver: "gradient", epochs: 20 },
  });
  expect(runs.map(({ run }) => run.outcome)).toEqual([
    { reason: "early", epochs: 12, bestEpoch: 5, history, headEpochs: 12 },
  ]);
});

test("what a project has already is left as it is", () => {
  const excluded = { ...sampleOfOne, excluded: true, burst: "b", looks: null, cleared: ["label"] };
  const state = { ...stateOfOne, dataset: { classes: [], samples: [excluded] }, groups: [["1a", "1b"]], lastRun: null };
  expect(migrateProject(state, 1)).toMatchObject({
    state: { dataset: { samples: [excluded] }, groups: [["1a", "1b"]] },
    runs: [],
  });
  const { lastRun: _, ...today } = state;
  const { state: same } = migrateProject(today, PROJECT_VERSION);
  expect(same).toEqual(today);
  for (const [key, value] of Object.entries(today)) expect(same[key as keyof typeof same]).toBe(value);
});

test("a project of a newer version is refused with what to do", () => {
  expect(saying(() => migrateProject(stateOfOne, PROJECT_VERSION + 1))).toMatch(
    /A newer Headstart made this project.*Open the project with the newer Headstart/,
  );
});

describe("of version 2", () => {
  const headEpochs = 12;
  const last = { ...lastRun, summary: { ...lastRun.summary, outcome: { ...lastRun.summary.outcome, headEpochs } } };
  const short = {
    ...{ baseModelName: "Base", settings: { seed: 5 }, counts: last.summary.counts, accuracy, macroF1 },
    outcome: { reason: "finished", epochs: 3, bestEpoch: 3, headEpochs: 3 },
  };
  const stateOfTwo = {
    ...{ ...stateOfOne, groups: [], lastRun: last },
    runs: [
      { ...short, finishedAt: last.finishedAt },
      { ...short, finishedAt: "2025-12-31T00:00:00Z" },
      { ...short, finishedAt: "2025-12-30T00:00:00Z", accuracy: null, macroF1: null },
    ],
  };
  const { state, runs } = migrateProject(stateOfTwo, 2);

  test("runs leave the state, each once, with ids that differ", () => {
    expect(Object.keys(state).sort()).toEqual(["baseModelId", "dataset", "groups", "name", "settings"]);
    expect(runs).toHaveLength(3);
    expect(new Set(runs.map(({ run }) => run.id)).size).toBe(3);
  });

  test("the last run knows its classes by id, as far as they are there, and keeps its report", () => {
    const [newest] = runs;
    expect(newest?.run).toMatchObject({
      ...{ finishedAt: "2026-01-01T00:00:01Z", durationMs: null, backend: null, pinned: false, deletedAt: null },
      ...{ baseModel: { id: null, name: "Base" }, counts: { train: 8, validation: 2, test: 4 }, classifier },
      ...{ metrics: { accuracy, macroF1 }, settings: { ...DEFAULT_SETTINGS, solver: "gradient", epochs: 20 } },
    });
    const [cat, dog] = newest?.run.classes ?? [];
    expect(cat).toEqual({ id: "cat", name: "Cat" });
    // The class has been renamed or deleted since.
    expect(dog?.name).toBe("Dog");
    expect(state.dataset.classes.map(({ id }) => id)).not.toContain(dog?.id);
    expect(newest?.details).toEqual({ report: { ...report, classes: [figures, figures] } });
  });

  test("earlier runs keep their figures, and no classifier", () => {
    const [, second, third] = runs;
    expect(second).toMatchObject({
      run: { metrics: { accuracy, macroF1 }, settings: { seed: 5 }, classes: [], classifier: null },
      details: null,
    });
    expect(second?.run.outcome).toEqual({ ...short.outcome, history: [] });
    expect(third?.run.metrics).toBeNull();
  });

  test("a classifier is known by when it was trained", () => {
    const list = migrateProject(stateOfTwo, 2).runs;
    expect(runOf(list, { trainedAt: "2026-01-01T00:00:01Z" })).toBe(list[0]?.run);
    // A run whose classifier was not kept, and none.
    expect(runOf(list, { trainedAt: "2025-12-31T00:00:00Z" })).toBeNull();
    expect(runOf(list, { trainedAt: null })).toBeNull();
  });

  test.each([null, Number.NaN])("a setting that an emptied box left as %s is as it is by default", (epochs) => {
    const emptied = migrateProject({ ...stateOfTwo, settings: { epochs, patience: 7 } }, 2);
    expect(emptied.state.settings).toEqual({ ...DEFAULT_SETTINGS, solver: "gradient", patience: 7 });
  });

  test("a run without test photos has no metrics", () => {
    const untested = { ...last, summary: { ...last.summary, report: { ...last.summary.report, photos: 0 } } };
    expect(migrateProject({ ...stateOfTwo, lastRun: untested }, 2).runs[0]?.run.metrics).toBeNull();
  });
});
