/** Runs in a project file: written with their photos and classifiers, shared weights once, and read back or refused. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { readZip } from "../../../src/formats/archives/zip.ts";
import type { ZipFile } from "../../../src/formats/archives/zip-stream.ts";
import { projectFiles, readProjectFile } from "../../../src/formats/project/file.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { Classifier } from "../../../src/network/model.ts";
import type { Network } from "../../../src/network/network.ts";
import { emptyProject } from "../../../src/project/project.ts";
import type { Run } from "../../../src/project/run.ts";
import { packRunPhotos, type RunPhoto, type WholeRun } from "../../../src/project/run-photos.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { sayingLater } from "../../fixtures/saying.ts";
import { PREPROCESSING } from "../../fixtures/small-base.ts";
import { difference, run as runNetwork } from "./models.ts";
import { bytesOf, collected, zipOf } from "./zips.ts";

const sha256 = async (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A base of 3 × 3 × 512 weights that all runs share, and a head of the run's own. */
function classifierOf(seed: number): Classifier {
  const data = Float32Array.from({ length: 3 * 512 }, (_, at) => Math.sin(at));
  const bias = { shape: [512], data: Float32Array.from({ length: 512 }, (_, at) => Math.cos(at)) };
  let random = seed;
  const { nodes } = buildHead({
    ...{ features: 512, hiddenLayers: [], dropout: 0, classes: 2 },
    random: () => (random = (random * 0.618 + 0.3) % 1),
  });
  const [logits, ...others] = nodes;
  if (!logits) throw new Error("no head");
  const network: Network = {
    ...{ name: "whole", input: { name: "photo", shape: [16, 16, 3] }, output: "probabilities" },
    nodes: [
      { ...{ name: "pooled", op: "Mean", inputs: ["photo"], attributes: { keepDimensions: false }, weights: {} } },
      {
        ...{ name: "frozen", op: "MatMul", inputs: ["pooled"], attributes: { activation: "Relu" } },
        weights: { kernel: { shape: [3, 512], data }, bias },
      },
      { ...logits, inputs: ["frozen"] },
      ...others,
    ],
  };
  return { name: "Pets", classNames: ["Cat", "Dog"], preprocessing: PREPROCESSING, network };
}

const photo = (at: number) => at.toString(16).padStart(64, "0");
const PHOTOS: readonly RunPhoto[] = [
  { photo: photo(1), split: "train", label: 0, prediction: null },
  { photo: photo(2), split: "validation", label: 1, prediction: { as: "validation", probabilities: [0.25, 0.75] } },
  { photo: photo(3), split: "test", label: 0, prediction: { as: "test", probabilities: [0.125, 0.875] } },
];
const accuracy = { value: 0.5, low: 0.2, high: 0.8 };
function runOf(at: number, change: Partial<WholeRun> = {}): WholeRun {
  const run: Run = {
    ...{ id: `run ${at}`, finishedAt: `2026-01-0${at}T00:00:00.000Z`, durationMs: 1234, backend: "wasm" },
    classes: [
      { id: "a", name: "Cat" },
      { id: "b", name: "Dog" },
    ],
    ...{ settings: { ...DEFAULT_SETTINGS, seed: at }, baseModel: { id: "base", name: "Base" } },
    outcome: {
      ...{ reason: "early", epochs: 1, bestEpoch: 1, headEpochs: 1 },
      history: [{ epoch: 1, trainLoss: 0.5, validationLoss: 1, trainAccuracy: 0, validationAccuracy: 1 }],
    },
    ...{ counts: { train: 1, validation: 1, test: 1 }, metrics: { accuracy, macroF1: null } },
    classifier: { name: "Pets", inputSize: { height: 16, width: 16 }, crop: "center", parameters: 3074 },
    ...{ pinned: at === 2, deletedAt: null },
    // Runs of earlier versions lack it.
    ...(at === 2 ? { number: 7, note: "brighter photos", startedFrom: "run 1" } : {}),
    ...(at === 2 ? { calibration: { temperature: 1.5, photos: 1 } } : {}),
    ...(at === 2 ? { rejection: { falseRejects: 0.05, heldOut: 20, tested: 1, turnedAway: 0 } } : {}),
    ...(at === 2 ? { testShortfalls: [{ classId: "a", wanted: 2, found: 1, reason: "like-other-classes" }] } : {}),
  };
  return { run, details: packRunPhotos(PHOTOS), classifier: classifierOf(at / 10), ...change };
}

async function filesOf(runs: readonly WholeRun[], inUse: WholeRun | null = null): Promise<ZipFile[]> {
  const { name, inputSize, crop, parameters } = inUse?.run.classifier ?? {
    ...{ name: "", inputSize: { height: 1, width: 1 }, crop: "center" as const, parameters: 1 },
  };
  const summary = {
    ...{ name, inputSize, crop, parameters, classNames: ["Cat", "Dog"], runId: inUse?.run.id ?? null },
    ...{ baseModelName: "Base", trainedAt: inUse?.run.finishedAt ?? null },
  };
  const classifier = inUse?.classifier ? { classifier: inUse.classifier, summary } : null;
  const savedAt = "2026-01-02T03:04:05.000Z";
  const contents = { project: emptyProject("Pets", null), runs, classifier, baseModel: null, savedAt };
  return collected(projectFiles(contents, async () => null, sha256));
}

async function open(files: readonly ZipFile[]) {
  const file = await readProjectFile(await readZip(await zipOf(files), "pets.zip"), "pets.zip", sha256);
  if (!file) throw new Error("not recognised");
  return file;
}

async function readRuns(files: readonly ZipFile[]): Promise<WholeRun[]> {
  const file = await open(files);
  const runs: WholeRun[] = [];
  for (const each of file.manifest.runs) {
    const { run, details, classifier } = await file.run(each);
    runs.push({ run, details, classifier: await classifier() });
  }
  return runs;
}

/** The same files with the JSON of one changed, and its hash in the manifest with it. */
async function withJson(
  files: readonly ZipFile[],
  path: string,
  change: (json: Record<string, unknown>) => object,
): Promise<ZipFile[]> {
  const changed = (file: ZipFile, edit: (json: Record<string, unknown>) => object) => ({
    ...file,
    bytes: bytesOf(JSON.stringify(edit(JSON.parse(new TextDecoder().decode(file.bytes))))),
  });
  const edited = files.map((file) => (file.path === path ? changed(file, change) : file));
  if (path === "manifest.json") return edited;
  const own = edited.find((file) => file.path === path);
  const hash = await sha256(own?.bytes ?? new Uint8Array());
  return withJson(edited, "manifest.json", (manifest) => ({
    ...manifest,
    runs: (manifest.runs as { path: string }[]).map((each) => (each.path === path ? { ...each, sha256: hash } : each)),
  }));
}

describe("runs in a project file", () => {
  const runs = [runOf(3), runOf(2), runOf(1, { details: null, classifier: null })];
  const [newest] = runs;
  let files: ZipFile[];
  beforeAll(async () => {
    files = await filesOf(runs, newest);
  });

  test("come back with photos and classifiers, in their order", async () => {
    const read = await readRuns(files);
    expect(read.map(({ run }) => run)).toEqual(runs.map(({ run }) => run));
    expect(read.map(({ details }) => details)).toEqual([packRunPhotos(PHOTOS), packRunPhotos(PHOTOS), null]);
    const input = tf.randomUniform([2, 16, 16, 3], -1, 1, "float32", 7);
    for (const at of [0, 1]) {
      const [own, original] = [read[at]?.classifier, runs[at]?.classifier];
      expect(own?.classNames).toEqual(["Cat", "Dog"]);
      expect(own && original && difference(runNetwork(own.network, input), runNetwork(original.network, input))).toBe(
        0,
      );
    }
    expect(read[2]?.classifier).toBeNull();
    expect((await open(files)).manifest.inUse).toBe("run 3");
  });

  test("share their weights, and the one in use the classifier's", async () => {
    const others = await filesOf([runOf(3), runOf(2), runOf(1)], newest);
    const paths = others.map(({ path }) => path).filter((path) => path.startsWith("runs/"));
    // The newest run has the files of the classifier in use.
    expect(paths.filter((path) => !path.startsWith("runs/weights/"))).toEqual([
      ...["runs/1/run.json", "runs/2/model.json", "runs/2/run.json", "runs/3/model.json", "runs/3/run.json"],
    ]);
    const sizes = others.filter(({ path }) => path.startsWith("runs/weights/")).map(({ bytes }) => bytes.length);
    // The base's kernel and bias once (6,144 bytes, 2,048), and a head of 1,024 numbers and 2 for each of the two.
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(6144 + 2 * (2048 + 4096 + 8) + 1);
    expect(sizes.filter((size) => size === 6144)).toHaveLength(1);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { path, bytes } of others.filter((each) => each.path.startsWith("runs/weights/"))) {
      expect(path).toBe(`runs/weights/${await sha256(bytes)}.bin`);
    }
  });

  test("have layers-models that TensorFlow.js loads, with the weights they share", async () => {
    const byPath = new Map(files.map(({ path, bytes }) => [`/${path}`, bytes]));
    const fetchFunc = async (url: string) => {
      const bytes = byPath.get(new URL(url).pathname);
      const type = url.endsWith(".json") ? "application/json" : "application/octet-stream";
      return new Response(bytes?.slice() ?? null, { status: bytes ? 200 : 404, headers: { "content-type": type } });
    };
    const model = await tf.loadLayersModel(
      tf.io.http("http://host/runs/2/model.json", { fetchFunc: fetchFunc as typeof fetch }),
    );
    const input = tf.randomUniform([2, 16, 16, 3], -1, 1, "float32", 7);
    const expected = runNetwork(classifierOf(0.2).network, input);
    expect(difference([...(model.predict(input) as tf.Tensor).dataSync()], expected)).toBeLessThan(1e-6);
  });

  test("keep the losses of an epoch that ran away as no number", async () => {
    const { run } = runOf(1);
    const epoch = { epoch: 1, trainLoss: Number.NaN, validationLoss: Number.POSITIVE_INFINITY };
    const history = [{ ...epoch, trainAccuracy: 0.5, validationAccuracy: 0.5 }];
    const [read] = await readRuns(await filesOf([runOf(1, { run: { ...run, outcome: { ...run.outcome, history } } })]));
    expect(read?.run.outcome.history).toEqual([{ ...history[0], validationLoss: Number.NaN }]);
  });

  test("with a report alone, as versions before 3 kept it, come back", async () => {
    const metrics = { precision: null, recall: 0.5, f1: 0.25, support: 1 };
    const report = {
      ...{
        photos: 2,
        accuracy,
        macroF1: accuracy,
        classes: [metrics, metrics],
        confusion: [
          [0, 1],
          [0, 1],
        ],
      },
      mistakes: [{ photo: photo(1), actual: 0, predicted: 1, confidence: 0.75 }],
    };
    const [read] = await readRuns(await filesOf([runOf(1, { details: { report } })]));
    expect(read?.details).toEqual({ report });
  });

  test.each<[string, object, RegExp]>([
    ["a label out of range", { label: 2 }, /run\.json.*does not fit/],
    ["a label that is no number", { label: "0" }, /details/],
    ["probabilities of another number of classes", { prediction: { as: "test", probabilities: [1] } }, /does not fit/],
    ["a probability that is none", { prediction: { as: "test", probabilities: [0, 1e300] } }, /details/],
    ["a split that is not there", { split: "both" }, /details/],
    ["a photo that is no hash", { photo: "../x" }, /details/],
  ])("with %s are refused, and the message names the file", async (_, change, message) => {
    const changed = await withJson(files, "runs/2/run.json", (run) => {
      const { photos } = run.details as { photos: object[] };
      return { ...run, details: { photos: [{ ...photos[0], ...change }, ...photos.slice(1)] } };
    });
    const file = await open(changed);
    const said = await sayingLater(file.run(file.manifest.runs[1] ?? { path: "", sha256: "" }));
    expect(said).toMatch(message);
    expect(said).toMatch(/pets\.zip is not as a project file should be: in runs\/2\/run\.json/);
  });

  test.each<[string, object, RegExp]>([
    ["no id", { id: "" }, /id/],
    ["a time that is none", { finishedAt: "yesterday" }, /finishedAt is not a time/],
    ["a negative duration", { durationMs: -5 }, /durationMs/],
    ["an accuracy of 7", { metrics: { accuracy: { value: 7, low: 0, high: 1 }, macroF1: null } }, /accuracy\.value/],
    ["half a photo", { counts: { train: 0.5, validation: 1, test: 1 } }, /counts\.train/],
  ])("with %s are refused", async (_, change, message) => {
    const file = await open(await withJson(files, "runs/2/run.json", (run) => ({ ...run, ...change })));
    expect(await sayingLater(file.run(file.manifest.runs[1] ?? { path: "", sha256: "" }))).toMatch(message);
  });

  test("are at most two hundred", async () => {
    const many = (count: number) =>
      withJson(files, "manifest.json", (manifest) => ({
        ...manifest,
        runs: Array.from({ length: count }, () => (manifest.runs as object[])[0]),
      }));
    expect((await open(await many(200))).manifest.runs).toHaveLength(200);
    expect(await sayingLater(open(await many(201)))).toMatch(/in manifest\.json, runs is 201/);
  });

  test("that stand in the project itself, where versions before 3 had them, are not read", async () => {
    const file = await open(
      await withJson(files, "manifest.json", (manifest) => ({
        ...manifest,
        project: { ...(manifest.project as object), runs: [{ run: { id: "unchecked" }, details: null }] },
      })),
    );
    expect(file.manifest.earlierRuns).toEqual([]);
  });

  test("whose file is changed are refused, and the others read", async () => {
    const changed = files.map((each) =>
      each.path === "runs/2/run.json" ? { ...each, bytes: each.bytes.map((byte) => byte ^ 1) } : each,
    );
    const file = await open(changed);
    const [first, second] = file.manifest.runs;
    expect(second && (await sayingLater(file.run(second)))).toMatch(/runs\/2\/run\.json.*is damaged/);
    expect(first && (await file.run(first)).run).toEqual(newest?.run);
  });

  test("whose weights are changed or missing say so when they are read, and have all but their classifier", async () => {
    const large = files.find(({ path, bytes }) => path.startsWith("runs/weights/") && bytes.length === 6144);
    const changed = files.map((each) =>
      each === large ? { ...each, bytes: each.bytes.map((byte) => byte ^ 1) } : each,
    );
    const missing = files.filter((each) => each !== large);
    for (const [which, message] of [
      [changed, /runs\/weights\/.*is damaged/],
      [missing, /is missing in pets\.zip/],
    ] as const) {
      const file = await open(which);
      const read = await file.run(file.manifest.runs[1] ?? { path: "", sha256: "" });
      expect(read.details).toEqual(packRunPhotos(PHOTOS));
      expect(await sayingLater(read.classifier())).toMatch(message);
    }
  });

  test("with a classifier of other classes have no classifier", async () => {
    const classes = [{ id: "a", name: "Cat" }];
    const file = await open(await withJson(files, "runs/2/run.json", (run) => ({ ...run, classes, details: null })));
    const read = await file.run(file.manifest.runs[1] ?? { path: "", sha256: "" });
    expect(await sayingLater(read.classifier())).toMatch(/runs\/2\/run\.json.*has other classes than the run/);
  });
});

test("a project file of version 2, as it really was written, opens with its runs and its classifier", async () => {
  const zip = await readFile(new URL("../../fixtures/version-2/project.zip", import.meta.url));
  const file = await readProjectFile(await readZip(new Blob([zip]), "stripes.zip"), "stripes.zip", sha256);
  if (!file) throw new Error("not recognised");
  const { project, earlierRuns, inUse, runs } = file.manifest;
  expect([project.name, project.dataset.samples.length]).toEqual(["Stripes", 24]);
  // The box of the epochs was empty when it was saved.
  expect(project.settings).toEqual({ ...DEFAULT_SETTINGS, solver: "gradient" });
  expect([runs, inUse]).toEqual([[], null]);
  expect(earlierRuns.map(({ run }) => [run.settings.epochs, run.outcome.epochs, run.outcome.history.length])).toEqual([
    [5, 5, 5],
    [4, 4, 0],
    [3, 3, 0],
  ]);
  const [last] = earlierRuns;
  expect(last?.run.classes).toEqual(project.dataset.classes);
  expect(last?.details).toMatchObject({
    report: {
      photos: 2,
      confusion: [
        [0, 1],
        [0, 1],
      ],
    },
  });
  expect(last?.run.finishedAt).toBe(file.manifest.classifier?.summary.trainedAt);
  expect((await file.classifier())?.classNames).toEqual(["Blue", "Red"]);
  expect((await file.baseModel())?.card).toMatchObject({ name: "small", parameters: 1074 });
  for (const sample of project.dataset.samples) {
    expect(await sha256(new Uint8Array(await (await file.photo(sample)).arrayBuffer()))).toBe(sample.photo);
  }
});
