/** When the page says that the result shown no longer matches the project. */
import { expect, test } from "vitest";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import { changesSinceRun, createStaleSlice } from "../../../src/app/store/stale.ts";
import type { Sample } from "../../../src/dataset/dataset.ts";
import type { Run } from "../../../src/project/run.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { storeOf } from "../../fixtures/store-of.ts";

const sample = (photo: string, classId: string) =>
  ({ photo, classId, fixedSplit: null, excluded: false, burst: null }) as Sample;
const SAMPLES = ["1", "2", "3", "4", "5", "6"].map((photo, at) => sample(photo, at < 3 ? "cat" : "dog"));
const CLASSES = [
  { id: "cat", name: "Cat" },
  { id: "dog", name: "Dog" },
];
const RUN = { id: "run", classes: CLASSES, settings: DEFAULT_SETTINGS, baseModel: { id: "base", name: "Base" } };

function createStore() {
  let asked = 0;
  const worker = {
    async photosOfRun() {
      asked += 1;
      const photos = SAMPLES.map(({ photo }) => photo);
      return { photos, labels: Uint16Array.of(0, 0, 0, 1, 1, 1), splits: new Uint8Array(6) };
    },
  };
  const project = {
    dataset: { classes: CLASSES, samples: SAMPLES },
    settings: DEFAULT_SETTINGS,
    groups: [],
    jobs: [],
    capturing: null,
  };
  const inUse = { runs: [RUN as unknown as Run], classifier: { runId: "run" }, baseModelId: "base" };
  const store = storeOf(
    (context) => ({ ...createNoticesSlice(context), ...createStaleSlice(context), ...project, ...inUse }),
    worker,
  );
  return { ...store, asked: () => asked };
}

test("not before it is known which photos took part, which is asked once", async () => {
  const { get, set, asked } = createStore();
  set({ baseModelId: "other" });
  expect(changesSinceRun(get())).toBe(0);
  await get().loadTaken();
  await get().loadTaken();
  expect([changesSinceRun(get()), asked()]).toEqual([1, 1]);
});

test("not while photos come in or a training is under way, which would change it again", async () => {
  const { get, set } = createStore();
  await get().loadTaken();
  set({ dataset: { classes: CLASSES, samples: [...SAMPLES, sample("7", "cat")] } });
  expect(changesSinceRun(get())).toBe(1);
  for (const task of ["import", "train"] as const) {
    set({ jobs: [{ task } as never] });
    expect(changesSinceRun(get())).toBe(0);
  }
  set({ jobs: [] });
  expect(changesSinceRun(get())).toBe(1);
});

test("not of a classifier from elsewhere", async () => {
  const { get, set } = createStore();
  await get().loadTaken();
  set({ classifier: null, baseModelId: "other" });
  expect(changesSinceRun(get())).toBe(0);
});
