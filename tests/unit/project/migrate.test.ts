/** Old projects in today's shape. */
import { expect, test } from "vitest";
import { migrateState, STATE_VERSION } from "../../../src/dataset/migrate.ts";
import { saying } from "../../fixtures/saying.ts";

const sampleOfOne = { photo: "1a", classId: "cat", fileName: "1.png", width: 8, height: 8, fixedSplit: null };
const stateOfOne = {
  name: "Pets",
  dataset: { classes: [{ id: "cat", name: "Cat" }], samples: [sampleOfOne] },
  settings: { epochs: 20 },
  baseModelId: "mobilenet",
  lastRun: { finishedAt: "2026-01-01", summary: { outcome: { reason: "early", epochs: 12, bestEpoch: 5 } } },
};

test("a project of the first version gets what has been added since", () => {
  expect(migrateState(stateOfOne, 1)).toEqual({
    ...stateOfOne,
    dataset: {
      classes: [{ id: "cat", name: "Cat" }],
      samples: [{ ...sampleOfOne, excluded: false, burst: null, looks: null, cleared: [] }],
    },
    groups: [],
    runs: [],
    lastRun: {
      finishedAt: "2026-01-01",
      summary: { outcome: { reason: "early", epochs: 12, bestEpoch: 5, headEpochs: 12 } },
    },
  });
});

test("what a project has already is left as it is", () => {
  const excluded = { ...sampleOfOne, excluded: true, burst: "b", looks: null, cleared: ["label"] };
  const state = { ...stateOfOne, dataset: { classes: [], samples: [excluded] }, groups: [["1a", "1b"]], lastRun: null };
  expect(migrateState(state, 1)).toMatchObject({
    dataset: { samples: [excluded] },
    groups: [["1a", "1b"]],
    lastRun: null,
  });
  expect(migrateState(state, STATE_VERSION)).toBe(state);
});

test("a project of a newer version is refused with what to do", () => {
  expect(saying(() => migrateState(stateOfOne, STATE_VERSION + 1))).toMatch(
    /A newer Headstart made this project.*Open the project with the newer Headstart/,
  );
});
