/** The photos of a run, put together again after the project has changed. */
import { expect, test } from "vitest";
import type { Dataset, Sample, Split } from "../../../src/dataset/dataset.ts";
import type { Run } from "../../../src/project/run.ts";
import { dataAfterRun, dataOfRun, goneSince, hasClassesOf, sameNumbers } from "../../../src/project/run-data.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

const CLASSES = [
  { id: "c", name: "cat" },
  { id: "d", name: "dog" },
];
const run = (change: Partial<Run> = {}) => ({ classes: CLASSES, settings: DEFAULT_SETTINGS, ...change }) as Run;

function sample(photo: string, classId: string, fixedSplit: Split | null = null, excluded = false): Sample {
  return {
    ...{ photo, classId, fixedSplit, excluded, fileName: `${photo}.png`, width: 1, height: 1 },
    ...{ burst: null, looks: null, cleared: [] },
  };
}

/** Cats 1 and 3, dogs 2 and 4; of these 3 validated and 4 tested. */
const TAKEN = {
  photos: ["1", "2", "3", "4"],
  labels: Uint16Array.of(0, 1, 0, 1),
  splits: Uint8Array.of(0, 0, 1, 2),
};
const placed = ({ samples }: Dataset) => samples.map(({ photo, classId, fixedSplit }) => [photo, classId, fixedSplit]);

test("are as they were, whatever was moved, fixed, excluded or added since", () => {
  const dataset: Dataset = {
    classes: [
      { id: "n", name: "new" },
      { id: "d", name: "hound", colour: 3 },
    ],
    samples: [
      sample("4", "d"),
      sample("new", "n"),
      sample("3", "d"),
      sample("2", "d", "test"),
      sample("1", "d", null, true),
    ],
  };
  const data = dataOfRun(run(), TAKEN, dataset);
  expect(placed(data)).toEqual([
    ["1", "c", "train"],
    ["2", "d", "train"],
    ["3", "c", "validation"],
    ["4", "d", "test"],
  ]);
  expect(data.samples.some(({ excluded }) => excluded)).toBe(false);
  expect(data.classes).toEqual([CLASSES[0], { id: "d", name: "hound", colour: 3 }]);
  expect(goneSince(TAKEN, dataset)).toBe(0);
});

test("stay in the order of the project where folds are drawn in it", () => {
  const dataset = {
    classes: CLASSES,
    samples: [sample("4", "d"), sample("1", "c"), sample("3", "c"), sample("2", "d")],
  };
  const data = dataOfRun(run({ settings: { ...DEFAULT_SETTINGS, folds: 5 } }), TAKEN, dataset);
  expect(data.samples.map(({ photo }) => photo)).toEqual(["4", "1", "3", "2"]);
});

test("that are gone are counted", () => {
  expect(goneSince(TAKEN, { classes: CLASSES, samples: [sample("1", "c")] })).toBe(3);
});

test("keep their splits when training goes on, so that nothing is tested on that was learned from", () => {
  const dataset = {
    classes: CLASSES,
    samples: [sample("1", "c"), sample("4", "d"), sample("new", "d"), sample("fixed", "c", "test")],
  };
  expect(placed(dataAfterRun(run(), TAKEN, dataset))).toEqual([
    ["1", "c", "train"],
    ["4", "d", "test"],
    ["new", "d", null],
    ["fixed", "c", "test"],
  ]);
});

test("are of the classes that the run tells apart, or not", () => {
  const of = (...samples: Sample[]) => hasClassesOf(run(), { classes: CLASSES, samples });
  expect(of(sample("1", "c"), sample("2", "d"))).toBe(true);
  expect(of(sample("1", "c"))).toBe(false);
  expect(of(sample("1", "c"), sample("2", "d"), sample("3", "n"))).toBe(false);
  expect(of(sample("1", "c"), sample("2", "d"), sample("3", "n", null, true), sample("4", "unsorted"))).toBe(true);
});

test("two runs have the same numbers when every epoch and the test came out alike", () => {
  const history = [{ epoch: 1, trainLoss: Number.NaN, validationLoss: 1, trainAccuracy: 1, validationAccuracy: 1 }];
  const outcome = { reason: "finished", epochs: 1, bestEpoch: 1, headEpochs: 1, history } as const;
  const whole = run({ outcome, metrics: null, counts: { train: 2, validation: 1, test: 1 } });
  expect(sameNumbers(whole, { ...whole, id: "other", durationMs: 9 })).toBe(true);
  const [first] = history;
  const other = { ...outcome, history: first ? [{ ...first, validationLoss: 1.0000001 }] : [] };
  expect(sameNumbers(whole, { ...whole, outcome: other })).toBe(false);
});
