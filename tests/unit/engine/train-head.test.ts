import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import type { HeadCheckpoint } from "../../../src/engine/checkpoint.ts";
import { inOrder, matrixOf } from "../../../src/engine/embedding-rows.ts";
import { type HeadTraining, predictFromEmbeddings, trainHead } from "../../../src/engine/train-head.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { EpochResult } from "../../../src/training/history.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";
import { sayingLater } from "../../fixtures/saying.ts";

/** Two clouds that a line parts. */
function clouds(count: number, seed: number) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: count }, (_, at) => at % 2);
  const embeddings = Float32Array.from({ length: count * 4 }, (_, at) => {
    const side = labels[Math.floor(at / 4)] ? 1 : -1;
    return at % 4 < 2 ? side + 0.6 * (random() - 0.5) : random() - 0.5;
  });
  return { embeddings, matrix: matrixOf(embeddings, 4), rows: inOrder(count), labels };
}

function training(change: Partial<HeadTraining> = {}): HeadTraining {
  const random = createRandom(7);
  return {
    head: buildHead({ features: 4, hiddenLayers: [], dropout: 0, classes: 2, random }),
    train: clouds(64, 1),
    validation: clouds(32, 2),
    settings: { ...DEFAULT_SETTINGS, epochs: 30, batchSize: 16, learningRate: 0.05, patience: 5, minDelta: 0 },
    random,
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: new AbortController().signal,
    ...change,
  };
}

const accuracy = async (head: HeadTraining["head"]) => {
  const { matrix, rows, labels } = clouds(40, 3);
  const probabilities = await predictFromEmbeddings(head, matrix, rows);
  return probabilities.filter(([zero = 0, one = 0], at) => (one > zero ? 1 : 0) === labels[at]).length / labels.length;
};

/** A head with what a checkpoint must carry: random dropout, a falling rate, smoothing, class weights, a penalty. */
function demanding(change: Partial<TrainingSettings> = {}): HeadTraining {
  const random = createRandom(9);
  const { train, validation } = training();
  return training({
    head: buildHead({ features: 4, hiddenLayers: [5], dropout: 0.4, classes: 2, random }),
    train: { ...train, labels: train.labels.map((label, at) => (at % 3 ? label : 0)) },
    validation,
    random,
    settings: {
      ...{ ...DEFAULT_SETTINGS, epochs: 8, batchSize: 16, learningRate: 0.03, patience: 5, minDelta: 0 },
      ...{ schedule: "cosine", l2: 0.01, labelSmoothing: 0.1, balanceClasses: true, ...change },
    },
  });
}

/** A training's checkpoints as they are kept: without anything that they could share with it. */
async function checkpointsOf(whole: HeadTraining) {
  const checkpoints: HeadCheckpoint[] = [];
  const fitted = await trainHead({ ...whole, onCheckpoint: (each) => checkpoints.push(structuredClone(each)) });
  return { fitted, checkpoints };
}

describe("a head's training that is resumed", () => {
  const epochs = createRandom(4);
  test.each([
    ["adam", {}],
    ["adamw", { optimizer: "adamw", weightDecay: 0.05 }],
    ["sgd", { optimizer: "sgd", momentum: 0.8 }],
    ["rmsprop", { optimizer: "rmsprop", schedule: "step" }],
  ] as const)("with %s ends as if nothing had happened", async (_, change) => {
    const { fitted, checkpoints } = await checkpointsOf(demanding(change));
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const from = checkpoints[Math.floor(epochs() * 7)];
    const told: EpochResult[] = [];
    const { random, ...rest } = demanding(change);
    const resumed = await trainHead({
      ...{ ...rest, random: createRandom(0), resume: from },
      onEpoch: (result) => told.push(result),
    });
    expect(resumed).toEqual(fitted);
    expect(told).toEqual(fitted.outcome.history.slice(from?.epoch));
  });

  test("leaves the random generator where an undisturbed one does", async () => {
    const whole = demanding();
    const { checkpoints } = await checkpointsOf(whole);
    const random = createRandom(0);
    await trainHead({ ...demanding(), random, resume: checkpoints[2] });
    expect(random.state()).toBe(whole.random.state());
  });

  test("whose arrays were transferred goes on undisturbed", async () => {
    const expected = await trainHead(demanding());
    const transferred = await trainHead({
      ...demanding(),
      onCheckpoint: ({ fit: { weights, best, optimizer } }) => {
        const lists = [weights, typeof best === "string" ? [] : best, optimizer.first, optimizer.second];
        structuredClone(null, { transfer: lists.flat().map(({ buffer }) => buffer) });
      },
    });
    expect(transferred).toEqual(expected);
  });

  test("keeps an earlier best epoch and stops when patience ends, also right after the checkpoint", async () => {
    // Validation labels turned round: every step forward makes validation worse.
    const { validation } = training();
    const wrong = { ...validation, labels: validation.labels.map((label) => 1 - label) };
    const { fitted, checkpoints } = await checkpointsOf(training({ validation: wrong }));
    expect(fitted.outcome).toMatchObject({ reason: "early", epochs: 6, bestEpoch: 1 });
    for (const resume of checkpoints) {
      expect(await trainHead(training({ validation: wrong, resume }))).toEqual(fitted);
    }
  });

  test("does not take another training's checkpoint, and leaves nothing behind", async () => {
    const { checkpoints } = await checkpointsOf(demanding());
    const before = tf.memory().numTensors;
    const [resume] = checkpoints;
    for (const other of [training({ resume }), { ...demanding({ optimizer: "sgd" }), resume }]) {
      const refused = trainHead(other);
      await expect(refused).rejects.toMatchObject({ fault: { code: "engine/checkpoint-of-another-training" } });
    }
    await trainHead({ ...demanding(), resume, onCheckpoint: () => undefined });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("training a head", () => {
  test("learns what can be learned", async () => {
    const { head, outcome } = await trainHead(training());
    expect(await accuracy(head)).toBe(1);
    expect(outcome.history.at(-1)?.validationLoss).toBeLessThan(outcome.history[0]?.validationLoss ?? 0);
  });

  test("the first epoch's validation loss is the cross-entropy that TensorFlow.js's own layers give", async () => {
    // One step over all photos, with a rate so small that the head hardly moves.
    const given = training({
      settings: { ...DEFAULT_SETTINGS, epochs: 1, batchSize: 64, learningRate: 1e-9, patience: 5, minDelta: 0 },
    });
    const [logits] = given.head.nodes;
    if (logits?.op !== "MatMul") throw new Error("the head has changed");
    // A fresh head says the same of everything.
    logits.weights.kernel.data.set([0.7, -0.2, 0.1, 0.4, -0.5, 0.3, 0.2, -0.6]);
    const dense = tf.layers.dense({ units: 2, activation: "softmax", inputShape: [4] });
    const model = tf.sequential({ layers: [dense] });
    model.setWeights([tf.tensor2d(logits.weights.kernel.data, [4, 2]), tf.zeros([2])]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd", metrics: ["accuracy"] });
    const oneHot = tf.oneHot(tf.tensor1d(given.validation.labels, "int32"), 2);
    // Embeddings are centred on the training photos' mean, and scaled to a mean square of 1.
    const learned = tf.tensor2d(clouds(64, 1).embeddings, [64, 4]);
    const mean = tf.mean(learned, 0);
    const spread = tf.sqrt(tf.mean(tf.square(tf.sub(learned, mean))));
    const scaled: tf.Tensor = tf.div(tf.sub(tf.tensor2d(clouds(32, 2).embeddings, [32, 4]), mean), spread);
    const [loss, hits] = model.evaluate(scaled, oneHot) as tf.Scalar[];
    const { outcome } = await trainHead(given);
    expect(outcome.history[0]?.validationLoss).toBeCloseTo((await loss?.data())?.[0] ?? Number.NaN, 5);
    expect(outcome.history[0]?.validationAccuracy).toBeCloseTo((await hits?.data())?.[0] ?? Number.NaN, 5);
  });

  test("stops early and keeps the best epoch's weights", async () => {
    // Validation labels turned round: every step forward makes validation worse.
    const validation = clouds(32, 2);
    const wrong = { ...validation, labels: validation.labels.map((label) => 1 - label) };
    const { head, outcome } = await trainHead(training({ validation: wrong }));
    expect(outcome).toMatchObject({ reason: "early", epochs: 6, bestEpoch: 1 });
    // The weights after one epoch, and not those after six.
    const headAfter = async (epochs: number) =>
      (await trainHead(training({ settings: { ...training().settings, epochs } }))).head;
    expect(head).toEqual(await headAfter(1));
    expect(head).not.toEqual(await headAfter(6));
  });

  test("stops when its user says so and keeps what it has", async () => {
    const seen: EpochResult[] = [];
    const { outcome } = await trainHead(
      training({ onEpoch: (result) => seen.push(result), shouldStop: () => seen.length === 3 }),
    );
    expect(outcome).toMatchObject({ reason: "user", epochs: 3 });
  });

  test("the same seed gives the same head, dropout included", async () => {
    const run = async () => {
      const random = createRandom(9);
      const head = buildHead({ features: 4, hiddenLayers: [5], dropout: 0.4, classes: 2, random });
      return (await trainHead(training({ head, random }))).head;
    };
    expect(await run()).toEqual(await run());
  });

  test("without validation photos the training loss decides", async () => {
    const nothing = { matrix: matrixOf(new Float32Array(), 4), rows: new Int32Array(), labels: new Int32Array() };
    // Falls of less than a tenth do not count: the loss goes on falling, but soon too slowly.
    const settings = { ...training().settings, patience: 2, minDelta: 0.1 };
    const { outcome } = await trainHead(training({ validation: nothing, settings }));
    const losses = outcome.history.map(({ trainLoss }) => trainLoss);
    expect(outcome.history.map(({ validationLoss }) => validationLoss)).toEqual(losses);
    let best = 1;
    losses.forEach((loss, at) => {
      if (loss < (losses[best - 1] ?? 0) - 0.1) best = at + 1;
    });
    expect(outcome).toMatchObject({ reason: "early", bestEpoch: best, epochs: best + 2 });
    expect(Math.min(...losses)).toBeLessThan(losses[best - 1] ?? 0);
  });

  test("a loss that is no number is explained", async () => {
    const train = { ...clouds(64, 1), matrix: matrixOf(new Float32Array(256).fill(Number.NaN), 4) };
    expect(await sayingLater(trainHead(training({ train })))).toMatch(/learning rate is too high/);
  });

  test("a label that is no class is refused", async () => {
    const train = { ...clouds(64, 1), labels: new Int32Array(64).fill(2) };
    expect(await sayingLater(trainHead(training({ train })))).toMatch(/class number 3, but there are 2 classes/);
  });

  test("nothing stays behind, however it ends", async () => {
    const before = tf.memory().numTensors;
    await trainHead(training());
    const aborted = new AbortController();
    const abort = training({ onEpoch: () => aborted.abort(), signal: aborted.signal });
    await expect(trainHead(abort)).rejects.toThrow(/abort/i);
    expect(tf.memory().numTensors).toBe(before);
  });
});
