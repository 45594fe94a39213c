/** Whatever is deleted can be brought back by the message that tells of it, and the focus is told where to go. */
import { describe, expect, test } from "vitest";
import { createBaseModelsSlice } from "../../../src/app/store/base-models.ts";
import { createBesideSlice } from "../../../src/app/store/beside.ts";
import { createDataSlice } from "../../../src/app/store/data.ts";
import { createExportSlice } from "../../../src/app/store/export.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import type { SliceContext, State } from "../../../src/app/store/store.ts";
import { type Dataset, type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import type { BaseModelEntry, SavedClassifier } from "../../../src/worker/protocol/index.ts";
import { storeOf } from "../../fixtures/store-of.ts";

const sample = (photo: string, classId: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: photo, width: 1, height: 1, fixedSplit: null, looks: null },
});
const dataset: Dataset = {
  classes: ["a", "b", "c"].map((id, colour) => ({ id, name: id.toUpperCase(), colour })),
  samples: [sample("1", "a"), sample("2", "a"), sample("3", "b")],
};

/** The slices in a store of their own, before a worker that marks what is deleted. */
function createStore() {
  const gone = new Set<string>();
  const models = [
    { id: "built-in", name: "Own", card: {}, builtIn: true },
    { id: "kept", name: "Kept", card: {}, builtIn: false },
  ] as unknown as BaseModelEntry[];
  const saved = [{ id: "saved", summary: { name: "Pets" } }] as unknown as SavedClassifier[];
  const worker = {
    listBaseModels: async () => models.filter(({ id }) => !gone.has(id)),
    deleteBaseModel: async (id: string) => void gone.add(id),
    restoreBaseModel: async (id: string) => void gone.delete(id),
    listClassifiers: async () => saved.filter(({ id }) => !gone.has(id)),
    deleteClassifier: async (id: string) => void gone.add(id),
    restoreClassifier: async (id: string) => void gone.delete(id),
  };
  return storeOf((context: SliceContext) => {
    const slices = {
      ...createNoticesSlice(context),
      ...createBesideSlice(context),
      ...createDataSlice(context),
      ...createBaseModelsSlice(context),
      ...createExportSlice(context),
    };
    const changeSettings = (change: Partial<State["settings"]>) =>
      context.set(({ settings }) => ({ settings: { ...settings, ...change } }));
    return {
      ...slices,
      ...{ dataset, jobs: [], projectId: "project", baseModelId: "kept", changeSettings },
      settings: { ...DEFAULT_SETTINGS, inputSize: 160 },
      refuseDuringJobs: () => undefined,
    };
  }, worker);
}

async function bringBack({ notices }: State): Promise<void> {
  const action = notices.at(-1)?.action;
  expect(action?.label).toBe("Bring back");
  action?.run();
  await new Promise((resolve) => setTimeout(resolve));
}
const told = ({ notices }: State) => notices.at(-1)?.text;
const names = ({ dataset: { classes } }: State) => classes.map(({ name }) => name);

describe("brought back by the message that tells of it", () => {
  test("photos", async () => {
    const { get } = createStore();
    get().deletePhotos(new Set(["1", "3"]));
    expect(told(get())).toBe("Deleted 2 photos.");
    await bringBack(get());
    expect(get().dataset).toEqual(dataset);
    expect(get().attention).toEqual({ to: "class", classId: "a" });
    get().undo();
    expect(get().dataset.samples.map(({ photo }) => photo)).toEqual(["2"]);
  });

  test("a class with its photos, also while photos come in and Undo cannot be used", async () => {
    const { get, set } = createStore();
    set({ jobs: [{ task: "import" }] as unknown as State["jobs"] });
    get().deleteClass("a");
    expect(told(get())).toBe("Deleted “A” and its 2 photos.");
    get().undo();
    expect(names(get())).toEqual(["B", "C"]);
    await bringBack(get());
    expect(get().dataset).toEqual(dataset);
  });

  test("a class that was merged into another", async () => {
    const { get } = createStore();
    get().mergeClass("a", "b");
    expect(told(get())).toBe("Merged “A” into “B”.");
    await bringBack(get());
    expect(get().dataset).toEqual(dataset);
  });

  test("a saved model", async () => {
    const { get } = createStore();
    await get().loadSaved();
    await get().deleteSaved("saved");
    expect([told(get()), get().saved]).toEqual(["Deleted “Pets”.", []]);
    await bringBack(get());
    expect(get().saved.map(({ id }) => id)).toEqual(["saved"]);
  });

  test("a base model, which is chosen again with its input size if nobody chose another", async () => {
    const { get } = createStore();
    await get().loadBaseModels();
    await get().deleteBaseModel("kept");
    expect([told(get()), get().baseModelId, get().settings.inputSize]).toEqual(["Deleted “Kept”.", "built-in", null]);
    await bringBack(get());
    expect([get().baseModelId, get().settings.inputSize]).toEqual(["kept", 160]);
  });
});

test("what was deleted in a project is offered as long as that is open; a saved model is of none", async () => {
  const { get } = createStore();
  await get().loadSaved();
  get().deletePhotos(new Set(["1"]));
  await get().deleteSaved("saved");
  get().dismissTries();
  expect(get().notices.map(({ text }) => text)).toEqual(["Deleted “Pets”."]);
});

describe("the focus goes", () => {
  test("to the name of a class that was added", () => {
    const { get } = createStore();
    get().addClass();
    const added = get().dataset.classes.at(-1);
    expect(get().attention).toEqual({ to: "name", classId: added?.id });
    get().attended();
    expect(get().attention).toBeNull();
  });

  test("to the class after one that was deleted, and after the last to the button that adds one", () => {
    const { get } = createStore();
    get().deleteClass("a");
    expect(get().attention).toEqual({ to: "class", classId: "b" });
    get().deleteClass("c");
    expect(get().attention).toEqual({ to: "add-class", classId: null });
  });

  test("to the class that another was merged into", () => {
    const { get } = createStore();
    get().mergeClass("c", "a");
    expect(get().attention).toEqual({ to: "class", classId: "a" });
  });
});
