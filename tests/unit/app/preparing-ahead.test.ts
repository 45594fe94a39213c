/** When photos are prepared ahead, against a door that says what is asked of it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Job } from "../../../src/app/store/jobs.ts";
import { preparingAhead } from "../../../src/app/store/preparing-ahead.ts";
import type { State } from "../../../src/app/store/store.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const photos = (...names: string[]) => ({ classes: [], samples: names.map((photo) => ({ photo, classId: "a" })) });

function page(change: object = {}, conditions = { taken: false, low: false }) {
  let state = {
    ...{ preparesAhead: true, projectId: "project", engine: {}, switchingBackend: false, jobs: [], ahead: null },
    ...{ baseModels: [entry("base"), entry("other")], baseModelId: "base", settings: DEFAULT_SETTINGS },
    ...{ dataset: photos("one"), notePace: () => undefined },
    ...change,
  } as unknown as State;
  const asked: { base: string; photos: number; end(error?: Error): Promise<void>; signal: AbortSignal }[] = [];
  const consider = preparingAhead({
    headstart: {
      prepareAhead({ baseModelId, dataset }, onEvent, signal) {
        onEvent({ kind: "preparing", done: 1, total: 2, secondsLeft: null, msPerPhoto: null });
        return new Promise<void>((resolve, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")));
          const end = async (error?: Error) => {
            if (error) reject(error);
            else resolve();
            await vi.advanceTimersByTimeAsync(500);
          };
          asked.push({ base: baseModelId, photos: dataset.samples.length, end, signal });
        });
      },
    },
    get: () => state,
    set: (part) => {
      state = { ...state, ...part };
    },
    isEngineTaken: () => conditions.taken,
    isBatteryLow: () => conditions.low,
  });
  return {
    asked,
    ahead: () => state.ahead,
    async set(part: object = {}) {
      state = { ...state, ...part };
      consider();
      await vi.advanceTimersByTimeAsync(500);
    },
  };
}

const entry = (id: string) => ({ id, card: {} });
const jobs = (task: Job["task"]) => ({ jobs: [{ task }] });

test("begins when all is there, tells how far it is, and does the same photos once", async () => {
  const { set, asked, ahead } = page({ engine: null });
  await set();
  expect(asked).toHaveLength(0);
  await set({ engine: {} });
  expect(asked).toMatchObject([{ base: "base", photos: 1 }]);
  expect(ahead()).toEqual({ done: 1, total: 2 });
  await asked[0]?.end();
  await set();
  expect(ahead()).toBeNull();
  expect(asked).toHaveLength(1);
});

test("photos that come in meanwhile, as from the camera, are next", async () => {
  const { set, asked } = page();
  await set();
  await set({ dataset: photos("one", "two") });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.signal.aborted).toBe(false);
  await asked[0]?.end();
  expect(asked.map((each) => each.photos)).toEqual([1, 2]);
});

test.each<[string, object]>([
  ["an import", jobs("import")],
  ["a training", jobs("train")],
  ["an export", jobs("export")],
  ["another base model", { baseModelId: "other" }],
  ["another project", { projectId: "second" }],
  ["another input size", { settings: { ...DEFAULT_SETTINGS, inputSize: 96 } }],
  ["being switched off", { preparesAhead: false }],
])("%s ends it at once", async (_, change) => {
  const { set, asked, ahead } = page();
  await set();
  const [first] = asked;
  const ended = set(change);
  expect(first?.signal.aborted).toBe(true);
  await ended;
  const goesOn = !("jobs" in change || "preparesAhead" in change);
  expect(asked).toHaveLength(goesOn ? 2 : 1);
  expect(ahead()).toEqual(goesOn ? { done: 1, total: 2 } : null);
});

test("goes on when the job is over", async () => {
  const { set, asked } = page();
  await set();
  await set(jobs("train"));
  await set({ jobs: [] });
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

test.each(["taken", "low"] as const)(
  "waits while the engine is taken or the battery is low (%s)",
  async (condition) => {
    const conditions = { taken: false, low: false, [condition]: true };
    const { set, asked } = page({}, conditions);
    await set();
    expect(asked).toHaveLength(0);
    conditions[condition] = false;
    await set();
    expect(asked).toHaveLength(1);
  },
);

test("what fails is not tried again until something changes, and nothing is prepared without photos or weights", async () => {
  const { set, asked } = page();
  await set();
  await asked[0]?.end(new Error("storage full"));
  await set();
  expect(asked).toHaveLength(1);
  await set({ dataset: photos("one", "two") });
  expect(asked).toHaveLength(2);
  await set({ dataset: photos() });
  await set({ dataset: photos("one"), baseModels: [{ id: "base", card: null }] });
  expect(asked).toHaveLength(2);
});
