/** Projects: kept whole, changed by one tab at a time, forgotten only when nobody can want them back. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../src/dataset/dataset.ts";
import { buildHead } from "../../src/network/head.ts";
import type { Classifier } from "../../src/network/model.ts";
import { changeOf } from "../../src/project/change.ts";
import type { ProjectState } from "../../src/project/project.ts";
import { collectGarbage } from "../../src/storage/collect.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import { getInUse, putInUse } from "../../src/storage/in-use.ts";
import { hasPhoto, putPhotos } from "../../src/storage/photos.ts";
import {
  changeSummary,
  copyProject,
  createProject,
  listProjects,
  openProject,
  purgeProject,
  saveProject,
} from "../../src/storage/projects.ts";
import { listRuns } from "../../src/storage/runs.ts";
import { DEFAULT_SETTINGS } from "../../src/training/settings.ts";
import { sayingLater } from "../fixtures/saying.ts";
import { getEmbeddings, putEmbeddings } from "./kept-embeddings.ts";

let database: Database;
let name: string;
beforeEach(async () => {
  name = `test-${Math.random()}`;
  database = await openDatabase(name);
});
afterEach(() => {
  database.close();
  indexedDB.deleteDatabase(name);
});

const network = buildHead({ features: 3, hiddenLayers: [], dropout: 0, classes: 2, random: () => 0.5 });
const summary = {
  ...{ name: "mine", classNames: ["a", "b"], runId: null, baseModelName: null, inputSize: { height: 8, width: 8 } },
  ...{ crop: "center" as const, parameters: 8, trainedAt: null },
};
const classifier = { classifier: { network, classNames: ["a", "b"] } as unknown as Classifier, summary };
const withClassifier = { runs: [], inUse: () => classifier };
const sample = (photo: string): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId: "cat", fileName: `${photo}.png`, width: 8, height: 8, fixedSplit: null, looks: null },
});
const stateOf = (photos: readonly string[], seed = 1): ProjectState => ({
  name: "Pets",
  dataset: { classes: [{ id: "cat", name: "Cat" }], samples: photos.map(sample) },
  groups: [],
  settings: { ...DEFAULT_SETTINGS, seed },
  baseModelId: null,
});
/** `count` names as hashes spread them: one in 256 begins with 00. */
const photos = (count: number) =>
  Array.from({ length: count }, (_, at) => `${((at * 7) % 256).toString(16).padStart(2, "0")}-${at}`);

test("a project comes back as it was, and the list says what is in it", async () => {
  const state = stateOf(photos(1200), 42);
  const { id } = await createProject(database, state, withClassifier);
  expect((await openProject(database, id)).state).toEqual(state);
  expect(await listProjects(database)).toMatchObject([
    { id, name: "Pets", photos: 1200, classNames: ["Cat"], cover: "00-0", deletedAt: null },
  ]);
  expect(await getInUse(database, id)).toEqual(classifier);
});

test("a change sends what changed, and the rest stays", async () => {
  const before = stateOf(photos(1200));
  const { id } = await createProject(database, before);
  const { revision } = await openProject(database, id);
  const [first, ...others] = before.dataset.samples;
  const moved = others.map((each) => (each.photo === "0e-2" ? { ...each, classId: "dog" } : each));
  const after = {
    ...before,
    dataset: { ...before.dataset, samples: [...moved, sample("ff-new")] },
    settings: { ...DEFAULT_SETTINGS, seed: 7 },
  };
  await saveProject(database, id, revision, changeOf(before, after));
  expect(first?.photo).toBe("00-0");
  expect((await openProject(database, id)).state).toEqual(after);
  expect(await listProjects(database)).toMatchObject([{ photos: 1200, cover: "07-1" }]);
});

test("who opened a project before somebody else can change it no more", async () => {
  const before = stateOf(["1a", "1b"]);
  const { id } = await createProject(database, before);
  const mine = await openProject(database, id);
  const theirs = await openProject(database, id);
  const late = saveProject(database, id, mine.revision, changeOf(before, stateOf(["1a"])));
  await expect(late).rejects.toMatchObject({ fault: { code: "project/taken", by: "another-tab" } });
  const classified = putInUse(database, id, mine.revision, classifier);
  await expect(classified).rejects.toMatchObject({ fault: { code: "project/taken", by: "another-tab" } });
  expect(await getInUse(database, id)).toBeNull();
  await saveProject(database, id, theirs.revision, changeOf(before, stateOf(["1a", "1b", "1c"])));
  expect((await openProject(database, id)).state.dataset.samples).toHaveLength(3);
});

test("a change that cannot be written whole is not written at all", async () => {
  const before = stateOf(photos(600));
  const { id } = await createProject(database, before);
  const { revision } = await openProject(database, id);
  // A function cannot be stored; the chunks before it can.
  const broken = { ...sample("ff-broken"), looks: (() => 0) as unknown as Sample["looks"] };
  const excluded = before.dataset.samples.map((each) => ({ ...each, excluded: true }));
  const after = { ...before, name: "Broken", dataset: { ...before.dataset, samples: [...excluded, broken] } };
  await expect(saveProject(database, id, revision, changeOf(before, after))).rejects.toThrow();
  expect(await listProjects(database)).toMatchObject([{ name: "Pets", photos: 600 }]);
  await saveProject(database, id, revision, changeOf(before, before));
  expect((await openProject(database, id)).state).toEqual(before);
});

test("a change that builds on samples that are not there is refused", async () => {
  const before = stateOf(photos(600));
  const { id } = await createProject(database, stateOf([]));
  const { revision } = await openProject(database, id);
  expect(await sayingLater(saveProject(database, id, revision, changeOf(before, before)))).toMatch(/missing/);
  expect((await openProject(database, id)).state).toEqual(stateOf([]));
});

test("a copy has its own labels and its own classifier", async () => {
  const state = stateOf(["1a", "1b"]);
  const { id } = await createProject(database, state, withClassifier);
  const copy = await copyProject(database, id, "Pets (copy)");
  const { revision } = await openProject(database, copy.id);
  await saveProject(database, copy.id, revision, changeOf(stateOf([]), stateOf(["1a"])));
  expect((await openProject(database, id)).state).toEqual(state);
  expect(await getInUse(database, copy.id)).toEqual(classifier);
});

test("a project that is not open is renamed in the list, and has the new name when it is opened", async () => {
  const { id } = await createProject(database, stateOf([]));
  await changeSummary(database, id, { name: "Birds" });
  expect((await openProject(database, id)).state.name).toBe("Birds");
});

test("a deleted project cannot be opened or changed until it is restored", async () => {
  const state = stateOf(["1a"]);
  const { id } = await createProject(database, state);
  const { revision } = await openProject(database, id);
  await changeSummary(database, id, { deletedAt: "2026-01-01T00:00:00Z" });
  expect(await sayingLater(openProject(database, id))).toMatch(/no longer in this browser/);
  await expect(saveProject(database, id, revision, changeOf(state, state))).rejects.toThrow();
  await changeSummary(database, id, { deletedAt: null });
  expect((await openProject(database, id)).state).toEqual(state);
});

test("photos that no project uses go, with their embeddings; those of a copy or another project stay", async () => {
  const ids = ["1a", "1b", "1c", "1d"];
  await putPhotos(
    database,
    ids.map((id) => ({ id, photo: new Blob([id]), thumbnail: new Blob() })),
  );
  const keys = ids.map((photo) => ({ baseModelId: "base", pooling: "average" as const, view: 0, photo }));
  await putEmbeddings(
    database,
    keys.map((key) => ({ key, embedding: new Float32Array([1]) })),
  );
  await createProject(database, stateOf(["1a", "1b"]));
  const deleted = await createProject(database, stateOf(["1b", "1c"]));
  await changeSummary(database, deleted.id, { deletedAt: "2026-01-01T00:00:00Z" });
  await collectGarbage(database);
  expect(await Promise.all(ids.map((id) => hasPhoto(database, id)))).toEqual([true, true, false, false]);
  const one = new Float32Array([1]);
  expect(await getEmbeddings(database, keys)).toEqual([one, one, undefined, undefined]);
  expect(await listProjects(database)).toHaveLength(1);
});

test("a purged project leaves nothing", async () => {
  const { id } = await createProject(database, stateOf(photos(600)), withClassifier);
  await purgeProject(database, id);
  const stores = ["projects", "projectStates", "projectSamples", "projectClassifiers"] as const;
  expect(await Promise.all(stores.map((store) => database.count(store)))).toEqual([0, 0, 0, 0]);
});

test("the database of the first version becomes one with a first project", async () => {
  const old = `${name}-old`;
  const { groups: _, ...kept } = stateOf(["1a", "1b"]);
  const bare = (photo: string) => {
    const { excluded, burst, looks, cleared, ...rest } = sample(photo);
    return rest;
  };
  await makeVersionOne(old, {
    project: [["current", { ...kept, dataset: { ...kept.dataset, samples: ["1a", "1b"].map(bare) }, lastRun: null }]],
    photos: [["1a", new Blob(["photo"])]],
    classifiers: [
      ["in-use", classifier.classifier],
      ["saved", classifier.classifier],
    ],
    classifierSummaries: [
      ["in-use", { id: "in-use", summary, savedAt: "", bytes: 1 }],
      ["saved", { id: "saved", summary: "other", savedAt: "", bytes: 1 }],
    ],
  });
  const upgraded = await openDatabase(old);
  try {
    const [first] = await listProjects(upgraded);
    expect(first).toMatchObject({ name: "Pets", photos: 2, classNames: ["Cat"] });
    const id = first?.id ?? "";
    expect((await openProject(upgraded, id)).state).toEqual(stateOf(["1a", "1b"]));
    expect(await listRuns(upgraded, id)).toEqual([]);
    expect(await getInUse(upgraded, id)).toEqual(classifier);
    expect(await upgraded.getAllKeys("classifiers")).toEqual(["saved"]);
    expect(await upgraded.getAllKeys("classifierSummaries")).toEqual(["saved"]);
    expect(await hasPhoto(upgraded, "1a")).toBe(true);
  } finally {
    upgraded.close();
    indexedDB.deleteDatabase(old);
  }
});

test("a first version's database without a project opens empty", async () => {
  const old = `${name}-old`;
  await makeVersionOne(old, {});
  const upgraded = await openDatabase(old);
  expect(await listProjects(upgraded)).toEqual([]);
  upgraded.close();
  indexedDB.deleteDatabase(old);
});

test("a database of a newer version is refused with what to do", async () => {
  const newer = `${name}-newer`;
  await make(newer, 99, [], {});
  expect(await sayingLater(openDatabase(newer))).toMatch(/newer Headstart.*Close its other tabs, then open this page/);
  indexedDB.deleteDatabase(newer);
});

/** As the first version of Headstart made it. */
function makeVersionOne(databaseName: string, records: Record<string, [string, unknown][]>): Promise<void> {
  const stores =
    "photos thumbnails embeddings baseModelCards baseModelNetworks classifierSummaries classifiers project";
  return make(databaseName, 1, stores.split(" "), records);
}

function make(
  databaseName: string,
  version: number,
  stores: string[],
  records: Record<string, [string, unknown][]>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, version);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      const opened = request.result;
      const names = Object.keys(records);
      const done = () => {
        opened.close();
        resolve();
      };
      if (!names.length) return done();
      const transaction = opened.transaction(names, "readwrite");
      for (const [store, entries] of Object.entries(records)) {
        for (const [key, value] of entries) transaction.objectStore(store).put(value, key);
      }
      transaction.oncomplete = done;
      transaction.onerror = () => reject(transaction.error);
    };
  });
}
