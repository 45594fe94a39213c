/** A run is repeated or trained further, or it is said why it cannot be. */
import { expect, test, vi } from "vitest";
import { createBesideSlice } from "../../../src/app/store/beside.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import { createRunAgainSlice } from "../../../src/app/store/run-again.ts";
import type { TrainingPlan } from "../../../src/app/store/train.ts";
import type { Sample } from "../../../src/dataset/dataset.ts";
import type { Run } from "../../../src/project/run.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { storeOf } from "../../fixtures/store-of.ts";

vi.stubGlobal("location", { hash: "#train/runs" });

const CLASSES = [
  { id: "c", name: "cat" },
  { id: "d", name: "dog" },
];
const RUN = {
  ...{ id: "run", number: 4, finishedAt: "2026-11-01T10:00:00Z", classes: CLASSES, backend: "wasm" },
  ...{ settings: { ...DEFAULT_SETTINGS, seed: 7 }, baseModel: { id: "base", name: "Base" } },
  ...{ outcome: { history: [] }, metrics: null, counts: {} },
} as unknown as Run;
const TAKEN = { photos: ["1", "2"], labels: Uint16Array.of(0, 1), splits: Uint8Array.of(0, 2) };
const sample = (photo: string, classId: string) => ({ photo, classId, fixedSplit: null, excluded: false }) as Sample;
const SAMPLES = [sample("1", "c"), sample("2", "d")];

interface Given {
  readonly run?: Partial<Run>;
  readonly samples?: readonly Sample[];
  readonly kept?: boolean;
  readonly hasBase?: boolean;
  /** What the training that begins comes to. */
  readonly result?: Partial<Run>;
}

function createStore({ run = {}, samples = SAMPLES, kept = true, hasBase = true, result = {} }: Given = {}) {
  const plans: TrainingPlan[] = [];
  const before: Run = { ...RUN, ...run };
  const { get, set } = storeOf(
    (context) => ({
      ...{ ...createNoticesSlice(context), ...createBesideSlice(context), ...createRunAgainSlice(context) },
      ...{
        runs: [before],
        dataset: { classes: CLASSES, samples },
        baseModels: hasBase ? [{ id: "base", card: {} }] : [],
      },
      async trainAs(plan: TrainingPlan) {
        plans.push(plan);
        const done: Run = { ...before, id: "again", number: 5, finishedAt: "2026-11-02T10:00:00Z", ...result };
        set({ runs: [done, before] });
        return done;
      },
    }),
    {
      photosOfRun: async () => (kept ? TAKEN : null),
      engineStatus: async () => ({ backend: "wasm" }) as never,
    },
  );
  const told = () => [...get().beside, ...get().notices].map(({ text }) => text);
  return { get, plans, told };
}

test("it is repeated on its photos, with its settings, and says that the numbers are the same", async () => {
  const { get, plans, told } = createStore({ samples: [...SAMPLES, sample("new", "c")] });
  await get().repeatRun("run");
  expect(plans).toMatchObject([{ baseModelId: "base", settings: { seed: 7 }, startFrom: null }]);
  expect(plans[0]?.dataset.samples.map(({ photo, fixedSplit }) => [photo, fixedSplit])).toEqual([
    ["1", "train"],
    ["2", "test"],
  ]);
  expect(told()).toEqual(["Run 5 repeats run 4 with the same numbers."]);
});

test("other numbers are told, too", async () => {
  const { get, told } = createStore({
    result: { metrics: { accuracy: { value: 0, low: 0, high: 1 }, macroF1: null } },
  });
  await get().repeatRun("run");
  expect(told()).toEqual([expect.stringMatching(/^Run 5 repeats run 4, but not with the same numbers/)]);
});

test("one that went on from another begins there again", async () => {
  const { get, plans } = createStore({ run: { startedFrom: "first" } });
  await get().repeatRun("run");
  expect(plans).toMatchObject([{ startFrom: "first" }]);
});

test.each<[string, Given, RegExp]>([
  ["its photos are not known", { kept: false }, /not known which photos/],
  ["photos are gone", { samples: SAMPLES.slice(1) }, /^1 photo of this run is no longer in the project/],
  ["its base model is gone", { hasBase: false }, /base model “Base” is not in this browser/],
  ["the backend is another one", { run: { backend: "webgl" } }, /made on WebGL, and the engine uses WebAssembly now/],
])("it is not repeated when %s", async (_, given, why) => {
  const { get, plans, told } = createStore(given);
  await get().repeatRun("run");
  expect(plans).toEqual([]);
  expect(told()).toEqual([expect.stringMatching(why)]);
});

test("it is trained further on the photos of today, its own in their splits", async () => {
  const { get, plans } = createStore({ samples: [...SAMPLES, sample("new", "c")] });
  await get().trainFurther("run");
  expect(plans).toMatchObject([{ startFrom: "run", settings: { seed: 7 } }]);
  expect(plans[0]?.dataset.samples.map(({ fixedSplit }) => fixedSplit)).toEqual(["train", "test", null]);
});

test("it is not trained further on other classes", async () => {
  const { get, plans, told } = createStore({ samples: [...SAMPLES, sample("new", "bird")] });
  await get().trainFurther("run");
  expect(plans).toEqual([]);
  expect(told()).toEqual([expect.stringMatching(/^The classes have changed since this run/)]);
});
