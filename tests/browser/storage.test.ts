/** What is kept comes back, and nothing is kept by halves. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildHead } from "../../src/network/head.ts";
import type { BaseModel, Classifier } from "../../src/network/model.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import {
  collectModels,
  deleteBaseModel,
  deleteClassifier,
  getBaseModel,
  getClassifier,
  listBaseModelCards,
  listClassifiers,
  markBaseModel,
  markClassifier,
  putBaseModel,
  putClassifier,
} from "../../src/storage/models.ts";
import { getPhoto, getThumbnails, hashBytes, hasPhoto, putPhotos } from "../../src/storage/photos.ts";
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
const preprocessing = { width: 8, height: 8, crop: "center", scale: 2, offset: -1, order: "rgb", mean: [0, 0, 0] };
const baseModel = (id: string) =>
  ({ card: { id, name: id, preprocessing, embeddingSize: 3 }, network }) as unknown as BaseModel;
const classifier = { network, preprocessing, classNames: ["a", "b"] } as unknown as Classifier;

const SUMMARY = {
  ...{ name: "Mine", classNames: ["a", "b"], runId: null, baseModelName: null, inputSize: { height: 8, width: 8 } },
  ...{ crop: "center" as const, parameters: 8, trainedAt: null },
};

const keep = (id: string, photo: string, thumbnail: string) =>
  putPhotos(database, [{ id, photo: new Blob([photo]), thumbnail: new Blob([thumbnail]) }]);

test("bytes are named by their SHA-256", async () => {
  // FIPS 180-2, appendix B.1.
  expect(await hashBytes(new TextEncoder().encode("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("photos and thumbnails come back, also after the database was closed", async () => {
  await keep("one", "photo", "small");
  database.close();
  database = await openDatabase(name);
  expect(await hasPhoto(database, "one")).toBe(true);
  expect(await (await getPhoto(database, "one")).text()).toBe("photo");
  const thumbnails = await getThumbnails(database, ["two", "one"]);
  expect(await Promise.all(thumbnails.map((thumbnail) => thumbnail?.text()))).toEqual([undefined, "small"]);
  expect(await sayingLater(getPhoto(database, "two"))).toMatch(/Add it again/);
});

test("a large photo comes back as a small one does", async () => {
  const bytes = Uint8Array.from({ length: 600_000 }, (_, at) => at % 251);
  const photo = new Blob([bytes], { type: "image/jpeg" });
  await putPhotos(database, [{ id: "large", photo, thumbnail: new Blob(["small"], { type: "image/webp" }) }]);
  const [back, [thumbnail]] = [await getPhoto(database, "large"), await getThumbnails(database, ["large"])];
  expect([back.type, thumbnail?.type]).toEqual(["image/jpeg", "image/webp"]);
  expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
});

test("embeddings are kept by photo, base model, pooling and view, and go with their base model", async () => {
  const key = { baseModelId: "base", pooling: "average" as const, view: 0, photo: "one" };
  const others = [
    { ...key, view: 1 },
    { ...key, pooling: "flatten" as const },
    { ...key, photo: "two" },
    { ...key, baseModelId: "base2" },
  ];
  await putEmbeddings(database, [
    { key, embedding: new Float32Array([1, 2]) },
    { key: { ...key, baseModelId: "base2" }, embedding: new Float32Array([3]) },
    { key: { ...key, baseModelId: "base@160" }, embedding: new Float32Array([4]) },
  ]);
  expect(await getEmbeddings(database, [key, ...others])).toEqual([
    new Float32Array([1, 2]),
    undefined,
    undefined,
    undefined,
    new Float32Array([3]),
  ]);
  await putBaseModel(database, baseModel("base"));
  await deleteBaseModel(database, "base");
  const ids = ["base", "base2", "base@160"];
  expect(
    await getEmbeddings(
      database,
      ids.map((baseModelId) => ({ ...key, baseModelId })),
    ),
  ).toEqual([undefined, new Float32Array([3]), undefined]);
});

test("base models come back whole", async () => {
  await putBaseModel(database, baseModel("base"));
  expect((await listBaseModelCards(database)).map(({ id }) => id)).toEqual(["base"]);
  expect(await getBaseModel(database, "base")).toEqual(baseModel("base"));
  await deleteBaseModel(database, "base");
  expect(await getBaseModel(database, "base")).toBeNull();
});

test("classifiers are listed without their weights and come back with them", async () => {
  const kept = { id: "mine", summary: SUMMARY, savedAt: "2026-01-01T00:00:00Z", bytes: 12 };
  await putClassifier(database, { ...kept, classifier });
  expect(await listClassifiers(database)).toEqual([kept]);
  expect(await getClassifier(database, "mine")).toEqual({ classifier, summary: kept.summary });
  await deleteClassifier(database, "mine");
  expect([await listClassifiers(database), await getClassifier(database, "mine")]).toEqual([[], null]);
});

test("what is deleted comes back as it was, until it is collected", async () => {
  const kept = { id: "mine", summary: SUMMARY, savedAt: "2026-01-01T00:00:00Z", bytes: 12 };
  const key = { baseModelId: "base", pooling: "average" as const, view: 0, photo: "one" };
  await putClassifier(database, { ...kept, classifier });
  await putBaseModel(database, baseModel("base"));
  await putEmbeddings(database, [{ key, embedding: new Float32Array([1]) }]);
  const mark = async (deletedAt: string | null) => {
    await markClassifier(database, "mine", deletedAt);
    await markBaseModel(database, "base", deletedAt);
  };
  const there = async () => [
    await listClassifiers(database),
    await getClassifier(database, "mine"),
    await listBaseModelCards(database),
    await getBaseModel(database, "base"),
  ];
  const before = await there();
  await mark("2026-01-02T00:00:00Z");
  expect(await there()).toEqual([[], null, [], null]);
  await mark(null);
  await collectModels(database);
  expect(await there()).toEqual(before);
  expect(await getEmbeddings(database, [key])).toEqual([new Float32Array([1])]);

  await mark("2026-01-02T00:00:00Z");
  await collectModels(database);
  await mark(null);
  expect(await there()).toEqual([[], null, [], null]);
  expect(await getEmbeddings(database, [key])).toEqual([undefined]);
});

test("a base model that is added again after it was deleted is there", async () => {
  await putBaseModel(database, baseModel("base"));
  await markBaseModel(database, "base", "2026-01-02T00:00:00Z");
  await putBaseModel(database, baseModel("base"));
  await collectModels(database);
  expect(await getBaseModel(database, "base")).toEqual(baseModel("base"));
});

test("a write that fails half-way leaves nothing", async () => {
  const record = (photo: string, embedding: unknown) => ({
    key: { baseModelId: "base", pooling: "average" as const, view: 0, photo },
    embedding: embedding as Float32Array,
  });
  // A function cannot be stored.
  const broken = putEmbeddings(database, [record("one", new Float32Array([1])), record("two", () => 0)]);
  await expect(broken).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(
    await getEmbeddings(database, [{ baseModelId: "base", pooling: "average" as const, view: 0, photo: "one" }]),
  ).toEqual([undefined]);
});
