/** Runs: each kept whole with its classifier or not at all, and small. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRandom } from "../../src/dataset/random.ts";
import { buildHead } from "../../src/network/head.ts";
import type { Classifier } from "../../src/network/model.ts";
import type { MatMulNode } from "../../src/network/network.ts";
import { emptyProject } from "../../src/project/project.ts";
import { RUN_LIMITS, type Run } from "../../src/project/run.ts";
import { packRunPhotos, type RunPhoto, type WholeRun } from "../../src/project/run-photos.ts";
import { collectGarbage } from "../../src/storage/collect.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import { getInUse, putInUse } from "../../src/storage/in-use.ts";
import { changeSummary, copyProject, createProject, openProject, purgeProject } from "../../src/storage/projects.ts";
import { packIds, unpackIds } from "../../src/storage/run-records.ts";
import { changeRun, getRun, getRunClassifier, getRunDetails, keepRun, listRuns } from "../../src/storage/runs.ts";
import { DEFAULT_SETTINGS } from "../../src/training/settings.ts";
import { sayingLater } from "../fixtures/saying.ts";

const STORES = ["runs", "runDetails", "runClassifiers", "contents"] as const;
const LATER = "2026-02-01T00:00:00Z";

let database: Database;
let name: string;
let project: string;
let revision: number;
beforeEach(async () => {
  name = `test-${Math.random()}`;
  database = await openDatabase(name);
  ({ id: project } = await createProject(database, emptyProject("Pets", null)));
  ({ revision } = await openProject(database, project));
});
afterEach(() => {
  database.close();
  indexedDB.deleteDatabase(name);
});

/** As SHA-256 look. */
const photoId = (at: number) => at.toString(16).padStart(64, "0");
const PHOTOS = Array.from({ length: 40 }, (_, at): RunPhoto => {
  const split = (["train", "train", "validation", "test"] as const)[at % 4] ?? "train";
  const prediction = split === "train" ? null : { as: split, probabilities: [0.75, 0.25] };
  return { photo: photoId(at), split, label: at % 2, prediction };
});

/** A frozen layer that is the same in all, and a head that is not. */
function classifierOf(
  seed: number,
  sizes = { inputs: 30, features: 50, classes: 2 },
  frozen = frozenNode(sizes.inputs, sizes.features),
): Classifier {
  const { nodes } = buildHead({
    ...{ features: sizes.features, hiddenLayers: [], dropout: 0, classes: sizes.classes },
    random: createRandom(seed),
  });
  const [logits, ...others] = nodes;
  if (!logits) throw new Error("no head");
  return {
    ...{ name: "Pets", classNames: Array.from({ length: sizes.classes }, (_, at) => `class ${at}`) },
    preprocessing: {
      ...{ height: 8, width: 8, crop: "center", channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0] },
    },
    network: {
      ...{ name: "whole", input: { name: "photo", shape: [sizes.inputs] }, output: "probabilities" },
      nodes: [frozen, { ...logits, inputs: ["frozen"] }, ...others],
    },
  };
}

/** With 15 MB of weights that no other has. */
function fineTuned(seed: number): Classifier {
  const [inputs, features] = [2900, 1280];
  const { weights, ...node } = frozenNode(inputs, features);
  const kernel = { shape: [inputs, features], data: new Float32Array(inputs * features).fill(seed) };
  const tuned: MatMulNode = { ...node, weights: { ...weights, kernel } };
  return classifierOf(seed, { inputs, features, classes: 2 }, tuned);
}

const frozenNodes = new Map<string, MatMulNode>();
function frozenNode(from: number, to: number): MatMulNode {
  const size = `${from} × ${to}`;
  const known = frozenNodes.get(size);
  if (known) return known;
  // Subnormal, negative zero and infinite numbers among them: bits, not values, must come back.
  const odd = [1e-42, -0, 1 / 3, Number.POSITIVE_INFINITY];
  const data = Float32Array.from({ length: from * to }, (_, at) => odd[at % 4] ?? 0);
  const node: MatMulNode = {
    ...{ name: "frozen", op: "MatMul", inputs: ["photo"], attributes: { activation: null } },
    weights: { kernel: { shape: [from, to], data }, bias: { shape: [to], data: new Float32Array(to) } },
  };
  frozenNodes.set(size, node);
  return node;
}

function runOf(at: number, change: Partial<WholeRun> = {}): WholeRun {
  const run: Run = {
    ...{ id: `run ${at}`, finishedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(), durationMs: 1234 },
    classes: [
      { id: "a", name: "Cat" },
      { id: "b", name: "Dog" },
    ],
    ...{ settings: DEFAULT_SETTINGS, baseModel: { id: "base", name: "Base" }, backend: "wasm" },
    outcome: {
      ...{ reason: "early", epochs: 1, bestEpoch: 1, headEpochs: 1 },
      history: [
        {
          epoch: 1,
          trainLoss: Number.NaN,
          validationLoss: Number.POSITIVE_INFINITY,
          trainAccuracy: 0,
          validationAccuracy: 1,
        },
      ],
    },
    counts: { train: 20, validation: 10, test: 10 },
    metrics: { accuracy: { value: 0.5, low: 0.2, high: 0.8 }, macroF1: null },
    classifier: { name: "Pets", inputSize: { height: 8, width: 8 }, crop: "center", parameters: 1652 },
    ...{ pinned: false, deletedAt: null },
  };
  return { run, details: packRunPhotos(PHOTOS), classifier: classifierOf(at), ...change };
}

const keep = (whole: WholeRun) => keepRun(database, project, revision, whole);
const counts = async () =>
  Object.fromEntries(await Promise.all(STORES.map(async (store) => [store, await database.count(store)])));
const bitsOf = ({ network }: Classifier) =>
  network.nodes.flatMap(({ weights }) =>
    Object.values(weights).map(({ data }: { data: Float32Array }) => [...new Uint32Array(data.slice().buffer)]),
  );

describe("a run", () => {
  test("comes back with its photos and, bit for bit, its classifier, which is the one in use", async () => {
    const whole = runOf(1);
    expect(await keep(whole)).toEqual([]);
    database.close();
    database = await openDatabase(name);
    expect(await listRuns(database, project)).toEqual([whole.run]);
    expect(await getRun(database, project, "run 1")).toEqual(whole.run);
    expect(await getRunDetails(database, project, "run 1")).toEqual(whole.details);
    const classifier = await getRunClassifier(database, project, "run 1");
    expect(classifier).toEqual(whole.classifier);
    expect(classifier && bitsOf(classifier)).toEqual(whole.classifier && bitsOf(whole.classifier));
    expect(await getInUse(database, project)).toEqual({ run: "run 1" });
  });

  test("comes back with what tells photos of other things, of which runs share the large arrays", async () => {
    const means = { shape: [2, 700], data: Float32Array.from({ length: 1400 }, (_, at) => Math.sin(at)) };
    const directions = { shape: [1, 700], data: Float32Array.from({ length: 700 }, (_, at) => Math.cos(at)) };
    const rejection = { layer: "logits", means, directions, photos: [3, 4], threshold: 0.5, falseRejects: 0.05 };
    const runWith = (at: number) => runOf(at, { classifier: { ...classifierOf(at), rejection } });
    await keep(runWith(1));
    const { contents } = await counts();
    await keep(runWith(2));
    await collectGarbage(database);
    expect((await counts()).contents).toBe(contents);
    expect((await getRunClassifier(database, project, "run 1"))?.rejection).toEqual(rejection);
  });

  test("comes back without photos or classifier where none are kept", async () => {
    const whole = runOf(1, { details: null, classifier: null });
    await keep(whole);
    expect(await listRuns(database, project)).toEqual([whole.run]);
    expect(await getRunDetails(database, project, "run 1")).toBeNull();
    expect(await getRunClassifier(database, project, "run 1")).toBeNull();
    expect(await getInUse(database, project)).toBeNull();
  });

  test.each<[string, Partial<WholeRun>]>([
    ["run", { run: { ...runOf(2).run, backend: (() => 0) as unknown as string } }],
    ["photos", { details: { ...packRunPhotos(PHOTOS), labels: (() => 0) as unknown as Uint16Array } }],
    ["classifier", { classifier: { ...classifierOf(2), name: (() => 0) as unknown as string } }],
  ])("is not kept at all when its %s cannot be written", async (_, broken) => {
    await keep(runOf(1));
    const before = await counts();
    // A function cannot be stored.
    await expect(keep(runOf(2, broken))).rejects.toThrow();
    expect(await counts()).toEqual(before);
    expect((await listRuns(database, project)).map(({ id }) => id)).toEqual(["run 1"]);
    expect(await getInUse(database, project)).toEqual({ run: "run 1" });
  });

  test("is not kept at all when another tab has opened the project since", async () => {
    await openProject(database, project);
    await expect(keep(runOf(1))).rejects.toMatchObject({ fault: { code: "project/taken", by: "another-tab" } });
    expect(await counts()).toEqual({ runs: 0, runDetails: 0, runClassifiers: 0, contents: 0 });
    expect(await getInUse(database, project)).toBeNull();
  });

  test("whose weights are gone says what to do", async () => {
    await keep(runOf(1));
    await database.clear("contents");
    expect(await sayingLater(getRunClassifier(database, project, "run 1"))).toMatch(/no longer complete.*Train again/);
    expect(await getRunDetails(database, project, "run 1")).toBeNull();
  });

  test("that is not kept cannot be changed or read", async () => {
    const gone = { fault: { code: "run/gone" } };
    await expect(changeRun(database, project, revision, "run 9", { pinned: true })).rejects.toMatchObject(gone);
    await expect(getRun(database, project, "run 9")).rejects.toMatchObject(gone);
  });
});

describe("what runs share", () => {
  test("is kept once: weights and the list of photos", async () => {
    await keep(runOf(1));
    expect((await counts()).contents).toBe(2);
    await keep(runOf(2));
    // The heads are small, and lie in the records themselves.
    expect(await counts()).toEqual({ runs: 2, runDetails: 2, runClassifiers: 2, contents: 2 });
    await keep(runOf(3, { details: packRunPhotos(PHOTOS.slice(1)) }));
    expect((await counts()).contents).toBe(3);
    expect(await getRunClassifier(database, project, "run 2")).toEqual(classifierOf(2));
  });

  test("ids of photos take 32 bytes each", () => {
    const ids = ["00".repeat(32), "ff".repeat(32), "0123456789abcdef".repeat(4)];
    expect(packIds(ids).byteLength).toBe(96);
    expect([...new Uint8Array(packIds(ids)).slice(64, 72)]).toEqual([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
    expect(unpackIds(packIds(ids))).toEqual(ids);
    expect(unpackIds(packIds([]))).toEqual([]);
  });

  test("fifty runs of ten thousand photos take less than 40 MB", { timeout: 240_000 }, async () => {
    const classes = 10;
    const random = createRandom(1);
    for (let at = 0; at < 50; at++) {
      const photos = Array.from({ length: 10_000 }, (_, photo): RunPhoto => {
        const as = photo % 10 < 7 ? null : photo % 2 ? "validation" : "test";
        const probabilities = Array.from({ length: classes }, random);
        return {
          photo: photoId(photo),
          split: as ?? "train",
          label: photo % classes,
          prediction: as && { as, probabilities },
        };
      });
      // 3.4 million frozen parameters and a head of 1,280 × 10.
      const classifier = classifierOf(at, { inputs: 2656, features: 1280, classes });
      await keep(runOf(at, { details: packRunPhotos(photos), classifier }));
    }
    expect((await counts()).runs).toBe(50);
    let bytes = 0;
    for (const store of STORES) {
      for (let cursor = await database.transaction(store).store.openCursor(); cursor; ) {
        bytes += bytesIn(cursor.value);
        cursor = await cursor.continue();
      }
    }
    expect(bytes).toBeGreaterThan(4 * 3.4e6);
    expect(bytes).toBeLessThan(40e6);
  });
});

/** Of a record: its arrays as they are, the rest as text and eight bytes for each number. */
function bytesIn(value: unknown): number {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === "string") return 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  return Object.entries(value).reduce((sum, [key, part]) => sum + 2 * key.length + bytesIn(part), 0);
}

describe("too many runs", () => {
  test("the oldest makes room and is named; a pinned one stays", async () => {
    const bare = (at: number) => runOf(at, { details: null, classifier: null });
    for (let at = 0; at < RUN_LIMITS.runs; at++) expect(await keep(bare(at))).toEqual([]);
    await changeRun(database, project, revision, "run 0", { pinned: true });
    expect((await keep(runOf(RUN_LIMITS.runs))).map(({ id }) => id)).toEqual(["run 1"]);
    const ids = (await listRuns(database, project)).map(({ id }) => id);
    expect(ids).toHaveLength(RUN_LIMITS.runs);
    expect([ids.at(0), ids.at(-2), ids.at(-1)]).toEqual([`run ${RUN_LIMITS.runs}`, "run 2", "run 0"]);
    expect(await counts()).toMatchObject({ runDetails: 1, runClassifiers: 1 });
  });
});

test("a run whose weights need the room makes older ones of that kind go, and their weights with them", async () => {
  const tuned = (at: number) => runOf(at, { classifier: fineTuned(at) });
  for (let at = 0; at < 2; at++) expect(await keep(tuned(at))).toEqual([]);
  await keep(runOf(2, { details: null, classifier: null }));
  expect((await keep(tuned(3))).map(({ id }) => id)).toEqual(["run 0"]);
  await collectGarbage(database);
  const large = (await database.getAll("contents")).filter(({ byteLength }) => byteLength > 1e6);
  expect(large).toHaveLength(2);
});

describe("a deleted run", () => {
  test("can be restored, with all that was kept of it", async () => {
    await keep(runOf(1));
    const { deletedAt } = await changeRun(database, project, revision, "run 1", { deletedAt: LATER });
    expect(deletedAt).toBe(LATER);
    await changeRun(database, project, revision, "run 1", { deletedAt: null });
    await collectGarbage(database);
    expect(await listRuns(database, project)).toEqual([runOf(1).run]);
    expect(await getRunDetails(database, project, "run 1")).toEqual(runOf(1).details);
    expect(await getRunClassifier(database, project, "run 1")).toEqual(runOf(1).classifier);
  });

  test("goes with the garbage, and so does what no other run names", async () => {
    await keep(runOf(1, { details: packRunPhotos(PHOTOS.slice(1)) }));
    await keep(runOf(2));
    expect((await counts()).contents).toBe(3);
    await changeRun(database, project, revision, "run 1", { deletedAt: LATER });
    await collectGarbage(database);
    expect(await counts()).toEqual({ runs: 1, runDetails: 1, runClassifiers: 1, contents: 2 });
    expect(await getRunDetails(database, project, "run 2")).toEqual(runOf(2).details);
    expect(await getRunClassifier(database, project, "run 2")).toEqual(runOf(2).classifier);
  });

  test("stays while its classifier is in use", async () => {
    await keep(runOf(1));
    await changeRun(database, project, revision, "run 1", { deletedAt: LATER });
    await collectGarbage(database);
    expect(await getRunClassifier(database, project, "run 1")).toEqual(runOf(1).classifier);
    await keep(runOf(2));
    await collectGarbage(database);
    expect((await listRuns(database, project)).map(({ id }) => id)).toEqual(["run 2"]);
  });
});

describe("a project with runs", () => {
  test("is copied with them and their classifiers, which stay when the original goes", async () => {
    await keep(runOf(1));
    await keep(runOf(2));
    await putInUse(database, project, revision, { run: "run 1" });
    const copy = await copyProject(database, project, "Pets (copy)");
    expect((await counts()).contents).toBe(2);
    await changeSummary(database, project, { deletedAt: LATER });
    await collectGarbage(database);
    expect(await listRuns(database, project)).toEqual([]);
    expect(await listRuns(database, copy.id)).toEqual([runOf(2).run, runOf(1).run]);
    expect(await getRunDetails(database, copy.id, "run 1")).toEqual(runOf(1).details);
    expect(await getRunClassifier(database, copy.id, "run 1")).toEqual(runOf(1).classifier);
    expect(await getInUse(database, copy.id)).toEqual({ run: "run 1" });
  });

  test("leaves nothing when it is purged", async () => {
    await keep(runOf(1));
    await purgeProject(database, project);
    expect(await counts()).toMatchObject({ runs: 0, runDetails: 0, runClassifiers: 0 });
    await collectGarbage(database);
    expect(await counts()).toEqual({ runs: 0, runDetails: 0, runClassifiers: 0, contents: 0 });
    expect(await database.count("projectClassifiers")).toBe(0);
  });

  test("comes from elsewhere with its runs, the classifier in use among them", async () => {
    const runs = [runOf(1), runOf(2)];
    const inUse = (kept: readonly Run[]) => ({ run: kept.find(({ id }) => id === "run 1")?.id ?? "" });
    const { id } = await createProject(database, emptyProject("Came", null), { runs, inUse });
    expect(await listRuns(database, id)).toEqual([runOf(2).run, runOf(1).run]);
    expect(await getRunClassifier(database, id, "run 2")).toEqual(runOf(2).classifier);
    expect(await getInUse(database, id)).toEqual({ run: "run 1" });
    expect((await counts()).contents).toBe(2);
  });
});
