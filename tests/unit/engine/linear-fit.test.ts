/** A head of one layer, fitted in plain numbers, against the same fit on TensorFlow.js. */
import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import type { HeadCheckpoint } from "../../../src/engine/checkpoint.ts";
import { inOrder, matrixOf } from "../../../src/engine/embedding-rows.ts";
import { HeadFit } from "../../../src/engine/head-fit.ts";
import { fitsPlainly, LinearFit } from "../../../src/engine/linear-fit.ts";
import { type HeadTraining, trainHead } from "../../../src/engine/train-head.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { Network } from "../../../src/network/network.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";

const FEATURES = 7;
const CLASSES = 3;

/** Photos of three classes, which are no multiple of a batch, nor of the four that are computed at once. */
function photos(count: number, seed: number) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: count }, (_, at) => (at % 5) % CLASSES);
  const values = Float32Array.from({ length: count * FEATURES }, (_, at) => {
    const label = labels[Math.floor(at / FEATURES)] ?? 0;
    return (at % FEATURES === label ? 0.8 : 0) + random() - 0.5;
  });
  return { matrix: matrixOf(values, FEATURES), rows: inOrder(count).reverse(), labels };
}

function training(change: Partial<TrainingSettings> = {}): HeadTraining {
  const random = createRandom(3);
  return {
    head: buildHead({ features: FEATURES, hiddenLayers: [], dropout: 0, classes: CLASSES, random }),
    train: photos(58, 1),
    validation: photos(21, 2),
    settings: { ...DEFAULT_SETTINGS, epochs: 6, batchSize: 11, learningRate: 0.02, minDelta: 0, ...change },
    random,
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: new AbortController().signal,
  };
}

/** Its kernel and bias. */
function weightsOf(head: Network): number[] {
  const [layer] = head.nodes;
  if (layer?.op !== "MatMul") throw new Error("the head has changed");
  return [...layer.weights.kernel.data, ...(layer.weights.bias?.data ?? [])];
}

const KINDS = [
  ["Adam", {}],
  ["AdamW", { optimizer: "adamw", weightDecay: 0.3 }],
  ["SGD", { optimizer: "sgd", momentum: 0.8 }],
  ["RMSProp", { optimizer: "rmsprop", schedule: "step" }],
  ["a penalty, smoothing and class weights", { l2: 0.05, labelSmoothing: 0.2, balanceClasses: true }],
  ["a falling rate", { schedule: "cosine" }],
] as const;

test.each(KINDS)("with %s every epoch and every weight is as on TensorFlow.js", async (_, change) => {
  const [plain, onDevice] = [new LinearFit(training(change)), new HeadFit(training(change))];
  for (let epoch = 1; epoch <= 4; epoch++) {
    const [own, expected] = [await plain.epoch(epoch), await onDevice.epoch(epoch)];
    expect(own.trainAccuracy).toBe(expected.trainAccuracy);
    expect(own.validationAccuracy).toBe(expected.validationAccuracy);
    expect(own.trainLoss).toBeCloseTo(expected.trainLoss, 5);
    expect(own.validationLoss).toBeCloseTo(expected.validationLoss, 5);
  }
  plain.keepBest();
  onDevice.keepBest();
  const expected = weightsOf(await onDevice.best());
  weightsOf(await plain.best()).forEach((weight, at) => {
    expect(weight).toBeCloseTo(expected[at] ?? Number.NaN, 5);
  });
  onDevice.dispose();
});

test.each(KINDS)("with %s a training that is resumed ends as if nothing had happened", async (_, change) => {
  const checkpoints: HeadCheckpoint[] = [];
  const whole = await trainHead({
    ...training(change),
    onCheckpoint: (each) => checkpoints.push(structuredClone(each)),
  });
  expect(checkpoints).toHaveLength(6);
  for (const resume of checkpoints) {
    const resumed = await trainHead({ ...training(change), random: createRandom(0), resume });
    expect(resumed).toEqual(whole);
  }
});

test("goes on from a checkpoint that was made on TensorFlow.js, and the other way round", async () => {
  for (const [Before, After] of [
    [HeadFit, LinearFit],
    [LinearFit, HeadFit],
  ] as const) {
    const given = training();
    const before = new Before({ ...given, onCheckpoint: () => undefined });
    await before.epoch(1);
    before.keepBest();
    const standing = { phase: "head", epoch: 1, history: [], random: given.random.state() } as const;
    const stopping = { bestEpoch: 1, bestValue: 1, sinceBest: 0 };
    const resume = { ...standing, stopping, fit: before.state() } as unknown as HeadCheckpoint;
    const after = new After({ ...training(), random: given.random, resume });
    const { trainLoss } = await after.epoch(2);
    const undisturbed = new HeadFit(training());
    await undisturbed.epoch(1);
    expect(trainLoss).toBeCloseTo((await undisturbed.epoch(2)).trainLoss, 5);
    for (const fit of [before, after, undisturbed]) fit.dispose();
  }
});

test("is for one layer without dropout, a few logits per batch, and no GPU", () => {
  const head = (change: { hiddenLayers?: number[]; dropout?: number; classes?: number } = {}) =>
    buildHead({ features: 4, hiddenLayers: [], dropout: 0, classes: 8, random: createRandom(1), ...change });
  expect(fitsPlainly(head(), { batchSize: 64 }, "wasm")).toBe(true);
  expect(fitsPlainly(head(), { batchSize: 65 }, "wasm")).toBe(false);
  expect(fitsPlainly(head({ classes: 100 }), { batchSize: 16 }, "wasm")).toBe(false);
  expect(fitsPlainly(head({ dropout: 0.1 }), { batchSize: 16 }, "wasm")).toBe(false);
  expect(fitsPlainly(head({ hiddenLayers: [5] }), { batchSize: 16 }, "wasm")).toBe(false);
  expect(fitsPlainly(head(), { batchSize: 16 }, "webgl")).toBe(false);
  expect(fitsPlainly(head(), { batchSize: 16 }, "webgpu")).toBe(false);
});
