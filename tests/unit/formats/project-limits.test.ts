/** Project files from strangers: lists that are too long are refused before anything is made of them. */
import { expect, test } from "vitest";
import { parseManifest } from "../../../src/formats/project/manifest.ts";
import { readRun } from "../../../src/formats/project/run.ts";
import { PROJECT_VERSION } from "../../../src/project/migrate.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { saying } from "../../fixtures/saying.ts";

const HASH = "0".repeat(64);
const IN_ZIP = { path: "runs/1/run.json", sha256: HASH };
const CLASS = { id: "a", name: "A" };
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));

const PROJECT = {
  name: "Mine",
  dataset: { classes: [CLASS], samples: [] },
  groups: [],
  settings: { ...DEFAULT_SETTINGS },
  baseModelId: null,
};
const manifest = (project: object, rest: object = {}) => ({
  ...{ format: "headstart-project", version: PROJECT_VERSION, savedAt: "2026-01-01T00:00:00Z" },
  ...{ project: { ...PROJECT, ...project }, runs: [], inUse: null, baseModel: null, classifier: null },
  ...rest,
});

test("a manifest within the limits is read", () => {
  expect(parseManifest(manifest({}), "p.zip").project.name).toBe("Mine");
});

test.each([
  ["classes", manifest({ dataset: { classes: times(10_001, (at) => ({ id: `${at}`, name: `${at}` })), samples: [] } })],
  ["samples", manifest({ dataset: { classes: [CLASS], samples: times(1_000_001, () => 0) } })],
  ["groups", manifest({ groups: times(1_000_001, () => 0) })],
  ["groups", manifest({ groups: [times(1_000_001, () => 0)] })],
  ["settings", manifest({ settings: { ...DEFAULT_SETTINGS, hiddenLayers: times(101, () => 8) } })],
  ["runs", manifest({}, { runs: times(201, () => IN_ZIP) })],
  ["name", manifest({ name: "n".repeat(4097) })],
])("too much in %s is refused, and named", (field, json) => {
  expect(saying(() => parseManifest(json, "p.zip"))).toMatch(
    new RegExp(`p\\.zip is not as a project file should be.*${field}`),
  );
});

const ESTIMATE = { value: 1, low: 0, high: 1 };
const run = (change: object) => ({
  ...{ id: "r", finishedAt: "2026-01-01T00:00:00Z", durationMs: 1, classes: [CLASS] },
  ...{ settings: { ...DEFAULT_SETTINGS }, baseModel: { id: null, name: "Small" }, backend: "wasm" },
  outcome: { reason: "finished", epochs: 1, bestEpoch: 1, headEpochs: 1, history: [] },
  ...{ counts: { train: 1, validation: 1, test: 1 }, metrics: { accuracy: ESTIMATE, macroF1: null } },
  ...{ classifier: null, pinned: false, details: null, classifierFiles: null },
  ...change,
});
const report = (confusion: readonly unknown[]) => ({
  report: { photos: 1, accuracy: ESTIMATE, macroF1: ESTIMATE, confusion, mistakes: [], classes: [] },
});
const read = (change: object) => readRun(run(change), { file: "p.zip", path: "runs/1/run.json" });

test("a run within the limits is read", () => {
  expect(read({}).run.id).toBe("r");
});

test.each([
  ["classes", { classes: times(10_001, (at) => ({ id: `${at}`, name: `${at}` })) }],
  ["history", { outcome: { ...run({}).outcome, history: times(100_001, () => 0) } }],
  ["confusion", { details: report(times(10_001, () => [])) }],
  ["confusion", { details: report([times(10_001, () => 0)]) }],
  ["photos", { details: { photos: times(1_000_001, () => 0) } }],
  ["weights", { classifierFiles: { model: IN_ZIP, weights: times(10_001, () => IN_ZIP) } }],
  ["unreadPhotos", { unreadPhotos: times(1_000_001, () => HASH) }],
  ["note", { note: "n".repeat(100_001) }],
])("a run with too much in its %s is refused", (_, change) => {
  expect(saying(() => read(change))).toMatch(/p\.zip is not as a project file should be: in runs\/1\/run\.json/);
});
