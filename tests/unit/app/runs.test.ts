/** The runs of a project as the page keeps them: which are listed, shown and in use, and what is told of them. */
import { describe, expect, test, vi } from "vitest";
import { createBesideSlice } from "../../../src/app/store/beside.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import { createRunsSlice, keptRuns, runInUse, shownRun } from "../../../src/app/store/runs.ts";
import { classNamesInUse, classNamesOf } from "../../../src/app/store/selectors.ts";
import type { State } from "../../../src/app/store/store.ts";
import { type PhotoClass, UNSORTED } from "../../../src/dataset/dataset.ts";
import type { EvaluationReport } from "../../../src/evaluation/report.ts";
import { type ClassifierSummary, summaryOfRun } from "../../../src/project/classifier.ts";
import { RUN_LIMITS, type Run, runsToForget } from "../../../src/project/run.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { storeOf } from "../../fixtures/store-of.ts";

// The page shows Evaluate.
vi.stubGlobal("location", { hash: "#train/runs" });

/** Nothing reads what is in it. */
const EMPTY = {
  photos: 0,
  accuracy: null,
  macroF1: null,
  classes: [],
  confusion: [],
  mistakes: [],
} as unknown as EvaluationReport;

/** A run of a day of November 2026. */
function aRun(day: number, changes: Partial<Run> = {}): Run {
  return {
    ...{ id: `run-${day}`, finishedAt: `2026-11-${String(day).padStart(2, "0")}T10:00:00Z`, durationMs: 1000 },
    classes: [
      { id: "c", name: "cat" },
      { id: "d", name: "dog" },
    ],
    ...{ settings: DEFAULT_SETTINGS, baseModel: { id: "base", name: "Base" }, backend: "wasm" },
    outcome: { reason: "finished", epochs: 1, bestEpoch: 1, headEpochs: 1, history: [] },
    ...{ counts: { train: 6, validation: 2, test: 2 }, metrics: null, pinned: false, deletedAt: null },
    classifier: { name: "Pets", inputSize: { height: 96, width: 96 }, crop: "fill", parameters: 9 },
    ...changes,
  } as Run;
}

const inUse = (run: Run) => summaryOfRun(run) as ClassifierSummary;

/** The slice in a store of its own, before a worker that keeps runs in memory. */
function createStore(runs: readonly Run[]) {
  const kept = new Map(runs.map((run) => [run.id, run]));
  const asked: string[] = [];
  const worker = {
    async evaluateRun(id: string) {
      asked.push(id);
      return EMPTY;
    },
    activateRun: async (id: string) => inUse(kept.get(id) as Run),
    async changeRun(id: string, change: Partial<Run>) {
      const changed = { ...(kept.get(id) as Run), ...change };
      kept.set(id, changed);
      return changed;
    },
  };
  const dataset = { classes: [], samples: [] };
  const { get } = storeOf(
    (context) => ({
      ...{ ...createNoticesSlice(context), ...createBesideSlice(context), ...createRunsSlice(context) },
      ...{ classifier: null, dataset, runs },
    }),
    worker,
  );
  return { get, asked };
}

const told = ({ notices }: State) => notices.map(({ text }) => text);

describe("a training that has ended", () => {
  test("puts its run first, and its classifier in use; the report shown before goes", () => {
    const { get } = createStore([aRun(1)]);
    get().showRun("run-1");
    get().takeRun(aRun(2), inUse(aRun(2)), []);
    expect(get().runs.map(({ id }) => id)).toEqual(["run-2", "run-1"]);
    expect(get()).toMatchObject({ shownRunId: null, report: null, predictions: [], classifier: { runId: "run-2" } });
    expect(shownRun(get())?.id).toBe("run-2");
    expect(told(get())).toEqual([]);
  });

  test("forgets the oldest unpinned run of more than fifty, and says so", () => {
    const old = Array.from({ length: RUN_LIMITS.runs }, (_, at) =>
      aRun(1, { id: `old-${at}`, finishedAt: new Date(2026, 0, 1 + at).toISOString(), pinned: at === 0 }),
    ).reverse();
    const { get } = createStore(old);
    const latest = aRun(30);
    const forgotten = runsToForget([latest, ...old]).map(({ id }) => id);
    expect(forgotten).toEqual(["old-1"]);
    get().takeRun(latest, inUse(latest), forgotten);
    expect(get().runs).toHaveLength(RUN_LIMITS.runs);
    expect(get().runs.at(-1)?.id).toBe("old-0");
    expect(told(get())).toEqual(["An older run was deleted to make room. Pin runs that you want to keep."]);
  });
});

describe("a run", () => {
  test("that is shown is not the one in use, until it is used", async () => {
    const { get } = createStore([aRun(2), aRun(1)]);
    await get().activateRun("run-2");
    get().showRun("run-1");
    expect([shownRun(get())?.id, runInUse(get())?.id]).toEqual(["run-1", "run-2"]);
    await get().activateRun("run-1");
    expect([shownRun(get())?.id, runInUse(get())?.id]).toEqual(["run-1", "run-1"]);
    expect(get().beside.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^The classifier of the run of Nov 1, .* is in use\.$/),
    ]);
  });

  test("is evaluated once, and not shown when another was chosen meanwhile", async () => {
    const { get, asked } = createStore([aRun(2), aRun(1)]);
    get().showRun("run-1");
    await get().loadReport("run-1");
    await get().loadReport("run-1");
    expect(asked).toEqual(["run-1"]);
    const late = get().loadReport("run-2");
    await late;
    expect(get().report?.run).toBe("run-1");
  });

  test("is deleted with an offer to take it back, which does", async () => {
    const { get } = createStore([aRun(2), aRun(1)]);
    get().showRun("run-1");
    await get().deleteRun("run-1");
    expect(keptRuns(get().runs).map(({ id }) => id)).toEqual(["run-2"]);
    expect(get().shownRunId).toBeNull();
    const [notice] = get().notices;
    expect([notice?.text, notice?.action?.label]).toEqual(["Deleted the run.", "Bring back"]);
    notice?.action?.run();
    await new Promise((resolve) => setTimeout(resolve));
    expect(keptRuns(get().runs).map(({ id }) => id)).toEqual(["run-2", "run-1"]);
  });

  test("is written about", async () => {
    const { get } = createStore([aRun(1)]);
    await get().noteRun("run-1", "more light");
    expect(get().runs[0]?.note).toBe("more light");
  });

  test("is pinned and let go", async () => {
    const { get } = createStore([aRun(1)]);
    await get().pinRun("run-1", true);
    expect(get().runs[0]?.pinned).toBe(true);
    await get().pinRun("run-1", false);
    expect(get().runs[0]?.pinned).toBe(false);
  });
});

describe("runs to compare", () => {
  test("are at most five: of more, the one that was chosen first goes", () => {
    const { get } = createStore([1, 2, 3, 4, 5, 6].map((day) => aRun(day)));
    for (const day of [1, 2, 3, 4, 5, 6]) get().chooseRun(`run-${day}`, true);
    expect(get().chosenRuns).toEqual(["run-2", "run-3", "run-4", "run-5", "run-6"]);
    get().chooseRun("run-4", false);
    expect(get().chosenRuns).toEqual(["run-2", "run-3", "run-5", "run-6"]);
  });

  test("lose one that is deleted", async () => {
    const { get } = createStore([aRun(2), aRun(1)]);
    for (const day of [1, 2]) get().chooseRun(`run-${day}`, true);
    await get().deleteRun("run-1");
    expect(get().chosenRuns).toEqual(["run-2"]);
  });
});

describe("the names of a run's classes", () => {
  const today = (...classes: [id: string, name: string][]) => ({
    classes: classes.map(([id, name]) => ({ id, name, colour: 0 }) as PhotoClass),
    samples: [],
  });

  test("are today's; those that are gone keep the one that they had", () => {
    expect(classNamesOf(aRun(1), today(["d", "hound"], ["c", "cat"]))).toEqual(["cat", "hound"]);
    expect(classNamesOf(aRun(1), today(["d", "hound"], [UNSORTED, "Unsorted"]))).toEqual(["cat", "hound"]);
  });

  test("go for the classifier in use, and not for one from elsewhere", () => {
    const runs = [aRun(1)];
    const dataset = today(["c", "tom"], ["d", "dog"]);
    expect(classNamesInUse({ runs, dataset, classifier: inUse(aRun(1)) })).toEqual(["tom", "dog"]);
    const other = { ...inUse(aRun(1)), runId: null };
    expect(classNamesInUse({ runs, dataset, classifier: other })).toEqual(["cat", "dog"]);
    expect(classNamesInUse({ runs, dataset, classifier: null })).toEqual([]);
  });
});
