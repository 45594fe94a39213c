/** What Evaluate holds beyond the overview: metrics of the run shown, on the photos that were chosen. */
import { expect, test, vi } from "vitest";
import { createMeasuresSlice, hasValidation, measuredOnOf } from "../../../src/app/store/measures.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import { createRunsSlice } from "../../../src/app/store/runs.ts";
import type { Run } from "../../../src/project/run.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { storeOf } from "../../fixtures/store-of.ts";

vi.stubGlobal("location", { hash: "#evaluate" });

const aRun = (id: string, validation: number, folds = 0) =>
  ({ id, counts: { train: 9, validation, test: 3 }, settings: { ...DEFAULT_SETTINGS, folds } }) as Run;

function createStore(runs: readonly Run[]) {
  const asked: string[] = [];
  const worker = {
    async measureRun(id: string, on: string) {
      asked.push(`${id} ${on}`);
      return null;
    },
  };
  const { get } = storeOf(
    (context) => ({
      ...{ ...createNoticesSlice(context), ...createRunsSlice(context), ...createMeasuresSlice(context) },
      ...{ classifier: null, runs },
    }),
    worker,
  );
  return { get, asked };
}

test("a run is measured on the chosen photos, once", async () => {
  const { get, asked } = createStore([aRun("a", 4)]);
  get().showRun("a");
  await get().loadMeasures("a", "test");
  await get().loadMeasures("a", "test");
  get().measureOn("validation");
  await get().loadMeasures("a", "validation");
  expect(asked).toEqual(["a test", "a validation"]);
  expect(get().measured).toEqual({ run: "a", on: "validation", found: null });
});

test("what comes when other photos, or another run, were chosen meanwhile is not shown", async () => {
  const { get } = createStore([aRun("a", 4), aRun("b", 4)]);
  get().showRun("a");
  const late = get().loadMeasures("a", "test");
  get().measureOn("validation");
  await late;
  expect(get().measured).toBeNull();
  const later = get().loadMeasures("a", "validation");
  get().showRun("b");
  await later;
  expect(get().measured).toBeNull();
});

test("without validation photos of its own, a run is shown on its test photos", () => {
  expect(measuredOnOf(aRun("a", 4), "validation")).toBe("validation");
  expect(measuredOnOf(aRun("a", 0), "validation")).toBe("test");
  // With cross-validation, they are test photos of another fold.
  expect(hasValidation(aRun("a", 4, 3))).toBe(false);
});
