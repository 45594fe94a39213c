/** A search for better settings, as the page asks for it, shows it and takes over what it found. */
import { expect, test, vi } from "vitest";
import { createBesideSlice } from "../../../src/app/store/beside.ts";
import { createJobsSlice } from "../../../src/app/store/jobs.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import type { State } from "../../../src/app/store/store.ts";
import { createTuningSlice } from "../../../src/app/store/tuning.ts";
import { EMPTY_DATASET } from "../../../src/dataset/dataset.ts";
import type { SearchReport, TriedCandidate } from "../../../src/evaluation/search-report.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import type { Tuned, TuneEvent, TuneRequest } from "../../../src/worker/protocol/index.ts";
import { storeOf } from "../../fixtures/store-of.ts";

vi.stubGlobal("location", { hash: "#train/tune" });

const tried = (change: Partial<TriedCandidate["settings"]>, baseModelId = "base"): TriedCandidate => ({
  ...{ settings: { ...DEFAULT_SETTINGS, ...change }, baseModelId, standing: "complete", folds: 5 },
  score: { accuracy: 0.9, loss: 0.3, photos: 50 },
});
const REPORT: SearchReport = {
  tried: [tried({}), tried({ hiddenLayers: [128], dropout: 0.3 }), tried({}, "other")],
  ...{ ranking: [1, 0, 2], gain: null, photos: 50 },
};
const TRYING: TuneEvent = { kind: "trying", trial: { candidate: 1, fold: 0 }, report: REPORT };

/** @param search what the worker does */
function createStore(
  search: (tell: (event: TuneEvent) => void, stopped: Promise<void>, signal: AbortSignal) => Promise<Tuned>,
) {
  const requests: TuneRequest[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const { get, set } = storeOf(
    (context) => ({
      ...{ ...createNoticesSlice(context), ...createBesideSlice(context), ...createJobsSlice(context) },
      ...createTuningSlice(context),
      ...{ projectId: "p", dataset: EMPTY_DATASET, settings: { ...DEFAULT_SETTINGS, fineTune: true }, groups: [] },
      ...{ comparedAs: null, baseModelId: "base" },
      baseModels: [
        { id: "base", card: {} },
        { id: "other", card: {} },
        { id: "catalogue", card: null },
      ],
      readyBaseModel: async () => ({ id: "base" }),
      refuseWithoutBaseModel: () => undefined,
      seeEngine: async () => undefined,
      chooseBaseModel: (id: string) => context.set({ baseModelId: id }),
      changeSettings: (change: Partial<State["settings"]>) =>
        context.set(({ settings }) => ({ settings: { ...settings, ...change } })),
    }),
    {
      async tune(request, onEvent, signal) {
        requests.push(request);
        return search(onEvent, stopped, signal);
      },
      stopTuning: async () => stop(),
    },
  );
  return { get, set, requests };
}

test("it asks for the budget and for the other base models that are here, and keeps what was found", async () => {
  const { get, requests } = createStore(async () => ({ report: REPORT, end: "all", tooSlow: ["other"] }));
  await get().tune(60);
  expect(requests).toMatchObject([{ budget: 60, baseModelId: "base", otherBases: ["other"] }]);
  expect(get().tuning).toMatchObject({ report: REPORT, end: "all", trying: null, tooSlow: ["other"] });
  expect(get().jobs).toEqual([]);
});

test("Stop ends it with what it has found", async () => {
  const { get } = createStore(async (tell, stopped) => {
    tell({ kind: "begun" });
    tell(TRYING);
    await stopped;
    return { report: REPORT, end: "user", tooSlow: [] };
  });
  const over = get().tune(10);
  await expect.poll(() => get().tuning?.trying).toEqual({ candidate: 1, fold: 0 });
  const [job] = get().jobs;
  expect(job).toMatchObject({ task: "tune", kind: "tune", progress: { total: 10, unit: "seconds" } });
  get().cancelJob(job?.id ?? 0);
  await over;
  expect(get().tuning).toMatchObject({ end: "user", trying: null });
});

test("before anything was tried, Stop leaves nothing", async () => {
  const { get } = createStore(
    (_, __, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      }),
  );
  const over = get().tune(10);
  await expect.poll(() => get().jobs[0]?.waitsFor).toBeNull();
  get().cancelJob(get().jobs[0]?.id ?? 0);
  await over;
  expect(get().tuning).toBeNull();
  expect(get().beside).toEqual([]);
});

test("what goes wrong on the way leaves what was found", async () => {
  const { get } = createStore(async (tell) => {
    tell(TRYING);
    await new Promise((resolve) => setTimeout(resolve, 400));
    throw new Error("gone");
  });
  await get().tune(10);
  expect(get().tuning).toMatchObject({ end: "broken", trying: null, report: REPORT });
});

test("the settings of a candidate are taken over, without what was no part of the search", () => {
  const { get, set } = createStore(async () => ({ report: REPORT, end: "all", tooSlow: [] }));
  set({ tuning: { report: REPORT, trying: null, end: "all", tooSlow: [], dataset: EMPTY_DATASET } });
  get().takeTuned(1);
  expect(get().settings).toEqual({ ...DEFAULT_SETTINGS, hiddenLayers: [128], dropout: 0.3, fineTune: true });
  expect(get().baseModelId).toBe("base");
  get().takeTuned(2);
  expect(get().baseModelId).toBe("other");
});
