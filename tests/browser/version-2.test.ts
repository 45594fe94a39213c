/** What version 2 of Headstart kept, as it really wrote it: opened by today's, nothing of it is lost. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Sample } from "../../src/dataset/dataset.ts";
import type { BaseModel, Classifier } from "../../src/network/model.ts";
import { collectGarbage } from "../../src/storage/collect.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import { listBlocks, readBlocks } from "../../src/storage/embeddings.ts";
import { getInUse } from "../../src/storage/in-use.ts";
import { getBaseModel } from "../../src/storage/models.ts";
import { getPhoto, hashBytes } from "../../src/storage/photos.ts";
import { copyProject, listProjects, openProject } from "../../src/storage/projects.ts";
import { getRunClassifier, getRunDetails, listRuns } from "../../src/storage/runs.ts";
import { DEFAULT_SETTINGS } from "../../src/training/settings.ts";
import kept from "../fixtures/version-2/database.json";

type Key = string | (string | number)[];
type StoreName = keyof typeof kept.stores;

let database: Database;
let name: string;
/** What is in the stores of the fixture. */
const recordsOf = (store: StoreName): [Key, unknown][] =>
  (kept.stores[store] as unknown as [Key, unknown][]).map(([key, value]) => [key, unpack(value)]);
const onlyOf = <Value>(store: StoreName) => recordsOf(store)[0]?.[1] as Value;
const project = onlyOf<{ id: string }>("projects").id;
const state = onlyOf<{ state: { lastRun: LastRun; runs: EarlierRun[]; groups: string[][]; settings: object } }>(
  "projectStates",
).state;
const inUse = onlyOf<{ classifier: Classifier; summary: { trainedAt: string } }>("projectClassifiers");

interface LastRun {
  readonly finishedAt: string;
  readonly summary: {
    readonly outcome: object;
    readonly counts: object;
    readonly report: { readonly accuracy: object; readonly macroF1: object; readonly confusion: number[][] };
  };
}
interface EarlierRun {
  readonly finishedAt: string;
  readonly accuracy: object;
  readonly settings: { readonly epochs: number };
}

beforeEach(async () => {
  name = `test-${Math.random()}`;
  await makeVersionTwo(name);
  database = await openDatabase(name);
});
afterEach(() => {
  database.close();
  indexedDB.deleteDatabase(name);
});

describe("a database of version 2", () => {
  test("has its project with photos, labels and settings, the emptied box's by default", async () => {
    expect(await listProjects(database)).toMatchObject([{ id: project, name: "Stripes", photos: 24 }]);
    const opened = (await openProject(database, project)).state;
    expect(opened.dataset.samples).toEqual(onlyOf<Sample[]>("projectSamples"));
    expect(opened.dataset.samples).toHaveLength(24);
    expect(opened.dataset.classes.map((each) => each.name)).toEqual(["Blue", "Red"]);
    expect(opened.groups).toEqual(state.groups);
    // These came later.
    const { solver: _, monitor: __, warmUp: ___, falseRejects: ____, ...before } = DEFAULT_SETTINGS;
    expect(state.settings).toEqual({ ...before, epochs: Number.NaN });
    expect(opened.settings).toEqual({ ...DEFAULT_SETTINGS, solver: "gradient" });
    expect(Object.keys(opened).sort()).toEqual(["baseModelId", "dataset", "groups", "name", "settings"]);
    const [first] = opened.dataset.samples;
    const photo = await getPhoto(database, first?.photo ?? "");
    expect(await hashBytes(await photo.arrayBuffer())).toBe(first?.photo);
  });

  test("has its three runs, each once, the last one with class ids and report", async () => {
    const { dataset } = (await openProject(database, project)).state;
    const [last, ...others] = await listRuns(database, project);
    const { summary } = state.lastRun;
    expect(others.map(({ finishedAt, settings, metrics }) => [finishedAt, settings.epochs, metrics?.accuracy])).toEqual(
      state.runs.slice(1).map(({ finishedAt, settings, accuracy }) => [finishedAt, settings.epochs, accuracy]),
    );
    expect(others).toHaveLength(2);
    expect(last?.classes).toEqual(dataset.classes.map(({ id, name: className }) => ({ id, name: className })));
    expect(last).toMatchObject({
      ...{ outcome: summary.outcome, counts: summary.counts, baseModel: { name: "small" } },
      metrics: { accuracy: summary.report.accuracy, macroF1: summary.report.macroF1 },
    });
    const details = last && (await getRunDetails(database, project, last.id));
    expect(details).toMatchObject({ report: { photos: 2, confusion: summary.report.confusion } });
  });

  test("has its classifier in use, which is the last run's now", async () => {
    await openProject(database, project);
    const [last] = await listRuns(database, project);
    expect(await getInUse(database, project)).toEqual({ run: last?.id });
    expect(last?.classifier).toMatchObject({ name: "My classifier", crop: "center", parameters: 1092 });
    const classifier = last && (await getRunClassifier(database, project, last.id));
    expect(classifier).toEqual(inUse.classifier);
    expect(last?.finishedAt).toBe(inUse.summary.trainedAt);
  });

  test("has all its embeddings, and its base model", async () => {
    const records = recordsOf("embeddings");
    const base = (records[0]?.[0] ?? [])[0] as string;
    const source = { base, features: "average" };
    const blocks = await readBlocks(database, source, await listBlocks(database, source));
    const rows = blocks.flatMap(({ rows: { photos, views, width }, values }) =>
      photos.map((photo, at) => [[base, "average", views[at], photo], values.slice(at * width, (at + 1) * width)]),
    );
    expect(rows).toHaveLength(24);
    expect(rows).toEqual(records);
    const model = await getBaseModel(database, base);
    expect(model).toEqual({
      card: onlyOf("baseModelCards"),
      network: onlyOf<BaseModel["network"]>("baseModelNetworks"),
    });
  });

  test("is the same when it is opened a second time, and after garbage was collected", async () => {
    const first = (await openProject(database, project)).state;
    const runs = await listRuns(database, project);
    await collectGarbage(database);
    database.close();
    database = await openDatabase(name);
    expect((await openProject(database, project)).state).toEqual(first);
    expect(await listRuns(database, project)).toEqual(runs);
    const [last] = runs;
    expect(last && (await getRunClassifier(database, project, last.id))).toEqual(inUse.classifier);
    expect(await database.count("photos")).toBe(24);
    expect((await database.getAll("embeddingBlockPhotos")).flatMap(({ photos }) => photos)).toHaveLength(24);
  });

  test("is copied with runs and classifier before it was ever opened", async () => {
    const { id } = await copyProject(database, project, "Copy");
    expect((await openProject(database, id)).state.dataset.samples).toHaveLength(24);
    const [last, ...others] = await listRuns(database, id);
    expect(others).toHaveLength(2);
    expect(await getInUse(database, id)).toEqual({ run: last?.id });
    expect(last && (await getRunClassifier(database, id, last.id))).toEqual(inUse.classifier);
  });
});

/** Undoes what `make.mjs` did to what JSON has no word for. */
function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  if ("$number" in value) return Number(value.$number);
  if ("$floats" in value) return new Float32Array(bytesOf(value.$floats).buffer);
  if ("$bytes" in value) return bytesOf(value.$bytes).buffer;
  if ("$blob" in value) return new Blob([bytesOf(value.$blob)], { type: "type" in value ? String(value.type) : "" });
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]));
}

function bytesOf(base64: unknown): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(String(base64)), (letter) => letter.charCodeAt(0));
}

function makeVersionTwo(databaseName: string): Promise<void> {
  const stores = Object.keys(kept.stores) as StoreName[];
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, kept.version);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      const transaction = request.result.transaction(stores, "readwrite");
      for (const store of stores) {
        for (const [key, value] of recordsOf(store)) transaction.objectStore(store).put(value, key);
      }
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
}
