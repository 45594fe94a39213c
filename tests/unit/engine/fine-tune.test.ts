import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import type { FineTuningCheckpoint } from "../../../src/engine/checkpoint.ts";
import { DeviceNetwork } from "../../../src/engine/device-network.ts";
import { fineTune } from "../../../src/engine/fine-tune.ts";
import { prepareInput } from "../../../src/engine/input.ts";
import { applyNode } from "../../../src/engine/operations.ts";
import { TrainableNetwork } from "../../../src/engine/trainable-network.ts";
import { attachHead } from "../../../src/network/attach.ts";
import { splitAtBlocks } from "../../../src/network/blocks.ts";
import type { Network, NetworkNode } from "../../../src/network/network.ts";
import { PREPROCESSING, smallBase, smallFineTuning } from "../../fixtures/small-base.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** The same network, each activation a node of its own: TensorFlow.js has no gradient for fused ones but ReLU. */
function unfused(network: Network): Network {
  const nodes = network.nodes.flatMap((node): NetworkNode[] => {
    if (!("activation" in node.attributes) || node.attributes.activation === null) return [node];
    const op = node.attributes.activation;
    const linear = { ...node, name: `${node.name}_linear`, attributes: { ...node.attributes, activation: null } };
    return [linear as NetworkNode, { name: node.name, op, inputs: [linear.name], attributes: {}, weights: {} }];
  });
  return { ...network, nodes };
}

test("a network's gradient is TensorFlow.js's own", async () => {
  const network = unfused(smallBase());
  const own = new TrainableNetwork(network);
  const weights = own.upload();
  const input = tf.randomUniform([3, 16, 16, 3], -1, 1, "float32", 3);
  const error = tf.randomUniform([3, 8], -1, 1, "float32", 4);
  const slots = network.nodes.flatMap(({ name, op, weights: parts }) =>
    op === "FusedBatchNormV3" ? [] : Object.keys(parts).map((part) => ({ name, part })),
  );
  const theirs = tf.grads((...given: tf.Tensor[]) => {
    const results = new Map<string, tf.Tensor>([[network.input.name, input]]);
    for (const node of network.nodes) {
      const parts = Object.fromEntries(
        slots.flatMap(({ name, part }, at) => (name === node.name ? [[part, given[at]]] : [])),
      );
      const inputs = node.inputs.map((name) => results.get(name) as tf.Tensor);
      results.set(node.name, applyNode(node, inputs, parts as Record<string, tf.Tensor>));
    }
    return tf.sum(tf.mul(results.get(network.output) as tf.Tensor, error));
  })(weights);
  const found = tf.tidy(() => {
    const { results } = own.forward(weights, input);
    return own.gradient(weights, results, error.clone());
  });
  expect(found).toHaveLength(theirs.length);
  for (const [at, slope] of found.entries()) {
    const wanted = (theirs[at] as tf.Tensor).dataSync();
    const largest = Math.max(...wanted.map(Math.abs));
    const worst = Math.max(...slope.dataSync().map((value, index) => Math.abs(value - (wanted[index] ?? 0))));
    expect(worst / largest).toBeLessThan(1e-4);
  }
});

const DEMANDING = {
  ...({ augmentation: "strong", schedule: "cosine", l2: 0.01 } as const),
  ...{ labelSmoothing: 0.1, balanceClasses: true },
};
/** Some photos of the small base, so that a batch of eight comes in parts. */
const PARTS_OF_FIVE = 5 * 60_000;

describe("fine-tuning", () => {
  test("learns what the frozen embedding does not tell, and what it gives answers as it measured", async () => {
    const tuning = smallFineTuning();
    const { base, head, outcome } = await fineTune(tuning);
    expect(outcome.history.at(-1)?.validationAccuracy).toBe(1);
    expect(outcome.headEpochs).toBe(1);
    expect(outcome.history.map(({ epoch }) => epoch)).toEqual(outcome.history.map((_, at) => at + 1));

    const { labels, pixels } = tuning.validation;
    const photos = await pixels(Array.from(labels, (_, photo) => ({ photo, view: 0 })));
    const whole = new DeviceNetwork(attachHead(base, head, "whole"));
    const probabilities = whole.run(prepareInput(photos, PREPROCESSING)).arraySync() as number[][];
    const loss = -labels.reduce((sum, label, at) => sum + Math.log(probabilities[at]?.[label] ?? 0), 0) / labels.length;
    expect(loss).toBeCloseTo(outcome.history[outcome.bestEpoch - 1]?.validationLoss ?? Number.NaN, 4);
  });

  test("leaves the frozen blocks as they were", async () => {
    const tuning = smallFineTuning({ fineTuneBlocks: 1, fineTuneEpochs: 2 });
    const { base } = await fineTune(tuning);
    const { frozen } = splitAtBlocks(tuning.base, 1);
    const kept = new Set(frozen?.nodes.map(({ name }) => name));
    for (const node of base.nodes) {
      const before = tuning.base.nodes.find(({ name }) => name === node.name);
      if (kept.has(node.name)) expect(node.weights).toEqual(before?.weights);
      else if ("kernel" in node.weights) expect(node.weights).not.toEqual(before?.weights);
    }
  });

  test("a batch in parts takes the same step as a whole one", async () => {
    const tuning = () => smallFineTuning({ fineTuneEpochs: 2, batchSize: 24, optimizer: "sgd" });
    const whole = await fineTune(tuning());
    // A photo at a time.
    const parts = await fineTune({ ...tuning(), activationBytes: 1 });
    for (const [at, { validationLoss }] of whole.outcome.history.entries()) {
      expect(parts.outcome.history[at]?.validationLoss).toBeCloseTo(validationLoss, 4);
    }
  });

  test("keeps the head alone when no epoch is better", async () => {
    const tuning = smallFineTuning({ fineTuneEpochs: 3, patience: 2 });
    const perfect = { epoch: 1, trainLoss: 0, validationLoss: 0, trainAccuracy: 1, validationAccuracy: 1 };
    const { head: fitted, outcome: course } = tuning.before;
    const before = { head: fitted, outcome: { ...course, history: [perfect] } };
    const { base, head, outcome } = await fineTune({ ...tuning, before });
    expect(base).toBe(tuning.base);
    expect(head).toBe(fitted);
    expect(outcome).toMatchObject({ reason: "early", epochs: 3, bestEpoch: 1 });
  });

  test.each([
    ["at its end", {}],
    [
      "with augmentation, L2, smoothing and class weights",
      { augmentation: "strong", l2: 0.01, labelSmoothing: 0.1, balanceClasses: true },
    ],
    ["with some blocks frozen", { fineTuneBlocks: 1 }],
  ] as const)("gives its memory back %s", async (_, change) => {
    const before = tf.memory().numTensors;
    await fineTune(smallFineTuning({ fineTuneEpochs: 2, ...change }));
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    ["strong augmentation, dropout and all else that is random or remembered", 2, DEMANDING],
    ["some blocks frozen and mirrored views", 1, { fineTuneBlocks: 1, augmentation: "flip", optimizer: "sgd" }],
    ["adamw", 3, { optimizer: "adamw", weightDecay: 0.05 }],
    ["rmsprop", 4, { optimizer: "rmsprop", schedule: "step" }],
  ] as const)("that is resumed with %s ends as if nothing had happened", async (_, after, change) => {
    const given = () => ({ ...smallFineTuning({ fineTuneEpochs: 5, ...change }), activationBytes: PARTS_OF_FIVE });
    const checkpoints: FineTuningCheckpoint[] = [];
    const whole = await fineTune({ ...given(), onCheckpoint: (each) => checkpoints.push(structuredClone(each)) });
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([2, 3, 4, 5, 6]);
    const before = tf.memory().numTensors;
    const resume = checkpoints[after - 1];
    // Whoever resumes may have lost the head that it began with.
    const lost = { ...given().before, head: smallFineTuning().before.head };
    const resumed = await fineTune({ ...given(), before: lost, random: createRandom(0), resume });
    expect(resumed).toEqual(whole);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("that is resumed before any epoch was better keeps the head alone", async () => {
    const tuning = smallFineTuning({ fineTuneEpochs: 3, patience: 2 });
    const perfect = { epoch: 1, trainLoss: 0, validationLoss: 0, trainAccuracy: 1, validationAccuracy: 1 };
    const before = { ...tuning.before, outcome: { ...tuning.before.outcome, history: [perfect] } };
    const checkpoints: FineTuningCheckpoint[] = [];
    const whole = await fineTune({ ...tuning, before, onCheckpoint: (each) => checkpoints.push(each) });
    for (const resume of checkpoints) expect(await fineTune({ ...tuning, before, resume })).toEqual(whole);
    expect(whole.outcome).toMatchObject({ reason: "early", epochs: 3, bestEpoch: 1 });
  });

  test("gives its memory back when it is cancelled or stopped", async () => {
    const before = tf.memory().numTensors;
    const cancel = new AbortController();
    await expect(
      fineTune({ ...smallFineTuning(), signal: cancel.signal, onEpoch: () => cancel.abort() }),
    ).rejects.toThrow(/abort/i);
    expect(tf.memory().numTensors).toBe(before);
    let asked = 0;
    const { outcome } = await fineTune({ ...smallFineTuning(), shouldStop: () => ++asked > 2 });
    expect(outcome.reason).toBe("user");
    expect(tf.memory().numTensors).toBe(before);
  });
});
