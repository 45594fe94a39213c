/** When the quick head learns, against a door that says what is asked of it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Job } from "../../../src/app/store/jobs.ts";
import { quickGuessing } from "../../../src/app/store/quick-guessing.ts";
import type { State } from "../../../src/app/store/store.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import type { QuickRequest, QuickStep } from "../../../src/worker/protocol/index.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const photo = (name: string, classId: string) => ({ photo: name, classId, excluded: false, fixedSplit: null });
/** Two classes of some photos. */
function photos(each: number, first = "a") {
  const samples = [first, "b"].flatMap((classId) =>
    Array.from({ length: each }, (_, at) => photo(`${classId}${at}`, classId)),
  );
  return { classes: [first, "b"].map((id) => ({ id, name: id })), samples };
}

const FOUND = {
  left: 0,
  embedded: { photos: 8, ms: 800 },
  answers: true,
  about: { classIds: ["a", "b"], probabilities: [0.9, 0.1] },
};

function page(change: object = {}, conditions = { watched: true, low: false }) {
  const paces: (number | null)[] = [];
  let state = {
    ...{ preparesAhead: true, projectId: "project", engine: {}, switchingBackend: false, jobs: [] },
    ...{
      baseModels: [
        { id: "base", card: {} },
        { id: "other", card: {} },
        { id: "absent", card: null },
      ],
    },
    ...{ baseModelId: "base", settings: DEFAULT_SETTINGS, dataset: photos(3), quick: null, learningQuickly: false },
    notePace: (_: unknown, { msPerPhoto }: { msPerPhoto: number | null }) => paces.push(msPerPhoto),
    ...change,
  } as unknown as State;
  const asked: { request: QuickRequest; signal: AbortSignal; end(step?: Partial<QuickStep> | Error): Promise<void> }[] =
    [];
  const consider = quickGuessing({
    headstart: {
      learnQuickly: (request, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")));
          const end = async (step: Partial<QuickStep> | Error = {}) => {
            if (step instanceof Error) reject(step);
            else resolve({ ...FOUND, ...step });
            await vi.advanceTimersByTimeAsync(200);
          };
          asked.push({ request, signal, end });
        }),
    },
    get: () => state,
    set(part) {
      state = { ...state, ...part };
      consider();
    },
    isWatched: () => conditions.watched,
    isBatteryLow: () => conditions.low,
  });
  return {
    asked,
    paces,
    state: () => state,
    async set(part: object = {}) {
      state = { ...state, ...part };
      consider();
      await vi.advanceTimersByTimeAsync(200);
    },
  };
}
const jobs = (task: Job["task"]) => ({ jobs: [{ task }] });

test("learns from two classes of three photos, tells of the last one, and learns the same once", async () => {
  const { set, asked, state } = page({ dataset: photos(2) });
  await set();
  expect(asked).toHaveLength(0);
  expect(state().quick).toBeNull();
  await set({ dataset: photos(3) });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.request).toMatchObject({ baseModelId: "base", about: "b2" });
  expect(asked[0]?.request.learn.map((each) => each.photo)).toEqual(["a0", "b0", "a1", "b1", "a2", "b2"]);
  await asked[0]?.end();
  expect(state().quick?.newest).toEqual({ photo: "b2", answer: FOUND.about });
  await set();
  expect(asked).toHaveLength(1);
});

test("many changes in a row are learned once, and never two at a time: the newest is next", async () => {
  const { set, asked, state } = page();
  await Promise.all([set(), set({ dataset: photos(4) }), set({ dataset: photos(5) })]);
  expect(asked.map(({ request }) => request.learn.length)).toEqual([10]);
  await set({ dataset: photos(6) });
  await set({ dataset: photos(7) });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.signal.aborted).toBe(false);
  await asked[0]?.end();
  expect(asked.map(({ request }) => request.learn.length)).toEqual([10, 14]);
  const before = state().quick?.version;
  await asked[1]?.end();
  expect(state().quick?.version).not.toBe(before);
});

test("goes on while photos are left to embed, and says so", async () => {
  const { set, asked, state } = page();
  await set();
  await asked[0]?.end({ left: 8, answers: false, about: null });
  expect(state().learningQuickly).toBe(true);
  expect(state().quick).toBeNull();
  await asked[1]?.end();
  expect(state().learningQuickly).toBe(false);
  expect(state().quick).not.toBeNull();
  expect(asked).toHaveLength(2);
});

test("how long the base model takes is told once it is known, without its first photos or an import beside it", async () => {
  const { set, asked, paces } = page();
  await set(jobs("import"));
  await asked[0]?.end({ left: 30, embedded: { photos: 8, ms: 4000 } });
  await asked[1]?.end({ left: 22, embedded: { photos: 8, ms: 4000 } });
  const ended = set({ jobs: [] });
  await asked[2]?.end({ left: 14, embedded: { photos: 8, ms: 4000 } });
  await ended;
  await asked[3]?.end({ left: 6, embedded: { photos: 8, ms: 720 } });
  expect(paces).toEqual([]);
  await asked[4]?.end({ embedded: { photos: 8, ms: 880 } });
  expect(paces).toEqual([100]);
});

test("a change of labels is learned", async () => {
  const { set, asked } = page();
  await set();
  await asked[0]?.end();
  const { classes, samples } = photos(4);
  const relabelled = samples.map((each) => (each.photo === "a0" ? { ...each, classId: "b" } : each));
  await set({ dataset: { classes, samples: relabelled } });
  expect(asked[1]?.request.learn.find((each) => each.photo === "a0")?.classId).toBe("b");
});

test.each<[string, object]>([
  ["a training", jobs("train")],
  ["a look through the photos", jobs("look")],
  ["the opening of a project", jobs("open")],
  ["another base model", { baseModelId: "other" }],
  ["another project", { projectId: "second" }],
  ["another input size", { settings: { ...DEFAULT_SETTINGS, inputSize: 96 } }],
  ["being switched off", { preparesAhead: false }],
  ["a base model that is not there", { baseModelId: "absent" }],
])("%s ends it at once", async (_, change) => {
  const { set, asked } = page();
  await set();
  const ended = set(change);
  expect(asked[0]?.signal.aborted).toBe(true);
  await ended;
  const goesOn = !("jobs" in change || "preparesAhead" in change || Object.values(change).includes("absent"));
  expect(asked).toHaveLength(goesOn ? 2 : 1);
});

test.each(["import", "export", "save", "download"] as const)("it goes on beside a job (%s)", async (task) => {
  const { set, asked } = page();
  await set(jobs(task));
  expect(asked).toHaveLength(1);
});

test("while photos come in, it learns from few of them, and from the others after that", async () => {
  const { set, asked } = page({ dataset: photos(200) });
  await set(jobs("import"));
  expect(asked[0]?.request.learn).toHaveLength(48);
  await asked[0]?.end();
  await set({ jobs: [] });
  expect(asked[1]?.request.learn).toHaveLength(300);
});

test.each<[string, object]>([
  ["another project", { projectId: "second" }],
  ["another base model", { baseModelId: "other" }],
  ["being switched off", { preparesAhead: false }],
])("an answer does not outlive %s", async (_, change) => {
  const { set, asked, state } = page();
  await set();
  await asked[0]?.end();
  expect(state().quick).not.toBeNull();
  const changed = set(change);
  expect(state().quick).toBeNull();
  await changed;
});

test("it waits while the battery is low or nobody is looking", async () => {
  const conditions = { watched: false, low: true };
  const { set, asked } = page({}, conditions);
  await set();
  conditions.watched = true;
  await set();
  expect(asked).toHaveLength(0);
  conditions.low = false;
  await set();
  expect(asked).toHaveLength(1);
});

test("what fails leaves no answer and is not tried again until something changes", async () => {
  const { set, asked, state } = page();
  await set();
  await asked[0]?.end(new Error("storage full"));
  await set();
  expect(state().quick).toBeNull();
  expect(asked).toHaveLength(1);
  await set({ dataset: photos(4) });
  expect(asked).toHaveLength(2);
});

test("a worker that was started again learns again", async () => {
  const { set, asked } = page();
  await set();
  await asked[0]?.end();
  await set({ quick: null });
  expect(asked).toHaveLength(2);
});
