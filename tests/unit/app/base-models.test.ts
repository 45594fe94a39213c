/** Which base model a project has when the one that it names is not in this browser. */
import { expect, test } from "vitest";
import { baseToBeginWith, createBaseModelsSlice } from "../../../src/app/store/base-models.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import type { SliceContext } from "../../../src/app/store/store.ts";
import { shippedEarlier } from "../../../src/project/earlier-base.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";
import type { BaseModelEntry } from "../../../src/worker/protocol/index.ts";
import { saying, sayingLater } from "../../fixtures/saying.ts";
import { storeOf } from "../../fixtures/store-of.ts";

/** The base model at 96 px that shipped before, as projects made with it name it. */
const EARLIER = "4558156d6a3ad8ba";

const entry = (id: string, builtIn: boolean) => ({ id, name: id, card: {}, builtIn }) as unknown as BaseModelEntry;

/** The slice in a store of its own; the list is what the worker has. */
function createStore(baseModelId: string | null) {
  let list = [entry("built-in", true), entry("kept", false)];
  const worker = {
    listBaseModels: async () => list,
    async deleteBaseModel(id: string) {
      list = list.filter((each) => each.id !== id);
    },
  };
  const rest = {
    settings: { ...DEFAULT_SETTINGS, inputSize: 160 },
    attempt: (work: () => Promise<void>) => work(),
    refuseDuringJobs: () => undefined,
    clearBeside: () => undefined,
    projectId: "project",
  };
  const make = (context: SliceContext) => ({
    ...{ ...createNoticesSlice(context), ...createBaseModelsSlice(context), ...rest },
    changeSettings: (change: Partial<TrainingSettings>) =>
      context.set(({ settings }) => ({ settings: { ...settings, ...change } })),
    baseModelId,
  });
  return storeOf(make, worker).get;
}

test("a project without a choice gets the built-in base model", async () => {
  const get = createStore(null);
  await get().loadBaseModels();
  expect((await get().readyBaseModel()).id).toBe("built-in");
});

test("who asks for it before the list is there waits", async () => {
  const get = createStore("kept");
  get().refuseWithoutBaseModel();
  expect((await get().readyBaseModel()).id).toBe("kept");
});

test("the choice of a base model that shipped earlier stays, and training with it is refused", async () => {
  const get = createStore(EARLIER);
  await get().loadBaseModels();
  expect(get().baseModelId).toBe(EARLIER);
  expect(shippedEarlier(EARLIER)).toBe(true);
  const refusal = /not in this browser\. Choose another one on the Train page/;
  expect(saying(() => get().refuseWithoutBaseModel())).toMatch(refusal);
  expect(await sayingLater(get().readyBaseModel())).toMatch(refusal);
});

test("the built-in base model takes its place when it is chosen, at its own input size", async () => {
  const get = createStore(EARLIER);
  await get().loadBaseModels();
  get().chooseBaseModel("built-in");
  expect((await get().readyBaseModel()).id).toBe("built-in");
  expect(get().settings.inputSize).toBeNull();
});

test("a new project does not take over a choice that is not here", async () => {
  const get = createStore(EARLIER);
  await get().loadBaseModels();
  expect(baseToBeginWith(get())).toBe("built-in");
});

test("deleting the chosen base model chooses the built-in one; deleting another changes nothing", async () => {
  const chosen = createStore("kept");
  await chosen().loadBaseModels();
  await chosen().deleteBaseModel("kept");
  expect(chosen().baseModelId).toBe("built-in");

  const other = createStore(EARLIER);
  await other().loadBaseModels();
  await other().deleteBaseModel("kept");
  expect(other().baseModelId).toBe(EARLIER);
});
