import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { inOrder, matrixOf } from "../../../src/engine/embedding-rows.ts";
import { type HeadTraining, predictFromEmbeddings, trainHead } from "../../../src/engine/train-head.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { EpochResult } from "../../../src/training/history.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
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
    const dense = tf.layers.dense({ units: 2, activation: "softmax", inputShape: [4] });
    const model = tf.sequential({ layers: [dense] });
    model.setWeights([tf.tensor2d(logits.weights.kernel.data, [4, 2]), tf.zeros([2])]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd", metrics: ["accuracy"] });
    const oneHot = tf.oneHot(tf.tensor1d(given.validation.labels, "int32"), 2);
    const [loss, hits] = model.evaluate(tf.tensor2d(clouds(32, 2).embeddings, [32, 4]), oneHot) as tf.Scalar[];
    const { outcome } = await trainHead(given);
    expect(outcome.history[0]?.validationLoss).toBeCloseTo((await loss?.data())?.[0] ?? Number.NaN, 5);
    expect(outcome.history[0]?.validationAccuracy).toBeCloseTo((await hits?.data())?.[0] ?? Number.NaN, 5);
  });

  test("stops early and keeps the best epoch's weights", async () => {
    // Validation labels turned round: every step forward makes validation worse.
    const validation = clouds(32, 2);
    const wrong = { ...validation, labels: validation.labels.map((label) => 1 - label) };
    const { outcome } = await trainHead(training({ validation: wrong }));
    expect(outcome).toMatchObject({ reason: "early", epochs: 6, bestEpoch: 1 });
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
    const { outcome } = await trainHead(training({ validation: nothing }));
    expect(outcome.history[0]?.validationLoss).toBe(outcome.history[0]?.trainLoss);
  });

  test("a loss that is no number is explained", async () => {
    const train = { ...clouds(64, 1), matrix: matrixOf(new Float32Array(256).fill(Number.NaN), 4) };
    expect(await sayingLater(trainHead(training({ train })))).toMatch(/learning rate is too high/);
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
