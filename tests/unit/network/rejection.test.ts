/** What a classifier needs to answer “none of these”, and temperature scaling by its weights. */
import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { sharpened } from "../../../src/evaluation/temperature.ts";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeOnnx } from "../../../src/formats/models/onnx/write.ts";
import { readTfjsClassifier, writeTfjsClassifier } from "../../../src/formats/models/tfjs-classifier.ts";
import { attachHead } from "../../../src/network/attach.ts";
import { checkClassifier } from "../../../src/network/check.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { Classifier } from "../../../src/network/model.ts";
import type { Network } from "../../../src/network/network.ts";
import { type Rejection, splitAtEmbedding, strangenessBy, unknownBy } from "../../../src/network/rejection.ts";
import { sharpen } from "../../../src/network/sharpen.ts";
import { run } from "../formats/models.ts";

const FEATURES = 5;
const weight = (shape: readonly number[], seed: number) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((size, each) => size * each, 1) }, (_, at) => Math.sin(seed + at)),
});
const REJECTION: Rejection = {
  ...{ layer: "logits", means: weight([3, FEATURES], 1), directions: weight([2, FEATURES], 2) },
  ...{ photos: [4, 5, 6], threshold: 0.75, falseRejects: 0.05 },
};

/** A base whose embedding comes out of a layer with an activation, and a head with dropout. */
function classifierOf(rejection: Rejection = REJECTION): Classifier {
  const base: Network = {
    ...{ name: "base", input: { name: "photo", shape: [4, 4, 3] }, output: "embedding" },
    nodes: [
      { ...{ name: "pooled", op: "Mean", inputs: ["photo"], attributes: { keepDimensions: false }, weights: {} } },
      {
        ...{ name: "embedding", op: "MatMul", inputs: ["pooled"], attributes: { activation: "Relu" } },
        weights: { kernel: weight([3, FEATURES], 3), bias: weight([FEATURES], 4) },
      },
    ],
  };
  const head = buildHead({ ...{ features: FEATURES, hiddenLayers: [], dropout: 0.5, classes: 3 }, random: () => 0 });
  const nodes = head.nodes.map((node) =>
    node.op === "MatMul" ? { ...node, weights: { kernel: weight([FEATURES, 3], 5), bias: weight([3], 6) } } : node,
  );
  return {
    ...{ name: "Pets", classNames: ["a", "b", "c"], network: attachHead(base, { ...head, nodes }, "whole"), rejection },
    preprocessing: {
      ...{ height: 4, width: 4, crop: "center", channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0] },
    },
  };
}

const PHOTO = tf.randomUniform([1, 4, 4, 3], 0, 1, "float32", 3);

function embeddingOf({ network, rejection }: Classifier): Float32Array {
  const parts = splitAtEmbedding(network, rejection?.layer ?? "");
  if (!parts) throw new Error("The classifier has an embedding.");
  return Float32Array.from(run(parts.base, PHOTO));
}

test("a network is split where its head takes the embedding, and both parts give what the whole does", () => {
  const { network } = classifierOf();
  const parts = splitAtEmbedding(network, "logits");
  if (!parts) throw new Error("It has such a layer.");
  const whole = run(network, PHOTO);
  const embedding = run(parts.base, PHOTO);
  const joined = run(parts.head, tf.tensor2d(embedding, [1, FEATURES]));
  for (const [at, expected] of whole.entries()) expect(joined[at]).toBeCloseTo(expected, 6);
  expect(splitAtEmbedding(network, "pooled")).toBeNull();
});

test("TensorFlow.js and ONNX files that Headstart reads again keep it", () => {
  const classifier = classifierOf();
  const [model, weights] = writeTfjsClassifier(classifier);
  if (!model || !weights) throw new Error("A layers-model is two files.");
  const again = readTfjsClassifier(JSON.parse(new TextDecoder().decode(model.bytes)), weights.bytes);
  const onnx = readModelFiles([{ path: "model.onnx", bytes: writeOnnx(classifier) }]);
  if (onnx.kind !== "classifier") throw new Error("It is a classifier.");
  for (const read of [again, onnx.classifier]) {
    expect(read.rejection).toEqual(REJECTION);
    const [expected, found] = [embeddingOf(classifier), embeddingOf(read)];
    for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 5);
  }
});

test("one that does not fit its network is refused", () => {
  const bad: readonly Partial<Rejection>[] = [
    { layer: "pooled" },
    { layer: "gone" },
    { photos: [1, 2] },
    { means: weight([3, FEATURES + 1], 1) },
    { directions: { ...REJECTION.directions, shape: [3, FEATURES] } },
  ];
  for (const change of bad) {
    expect(() => checkClassifier(classifierOf({ ...REJECTION, ...change }))).toThrow(
      expect.objectContaining({ fault: { code: "network/no-embedding", node: change.layer ?? "logits" } }),
    );
  }
  expect(() => checkClassifier(classifierOf())).not.toThrow();
});

test("what is far from every class is unknown", () => {
  // Means along three axes, one photo each; along the first axis, differences count for (1 − 0.8²) of their square.
  const axes = Float32Array.from({ length: 3 * FEATURES }, (_, at) => (at % (FEATURES + 1) === 0 ? 1 : 0));
  const directions = { shape: [1, FEATURES], data: Float32Array.from({ length: FEATURES }, (_, at) => (at ? 0 : 0.8)) };
  const model = { ...REJECTION, means: { shape: [3, FEATURES], data: axes }, directions, photos: [1, 1, 1] };
  const along = (first: number) => Float32Array.from({ length: FEATURES }, (_, at) => (at ? 0 : first));
  expect(strangenessBy(model)(along(3))).toBeCloseTo(0, 6);
  // To the second mean: (1 · 0.36 + 1) / 2.
  expect(strangenessBy(model)(along(-2))).toBeCloseTo(0.68, 6);
  expect([0.6, 0.7].map((threshold) => unknownBy({ ...model, threshold })(along(-2)))).toEqual([true, false]);
});

test("a sharpened network gives the probabilities of its logits multiplied", () => {
  const { network } = classifierOf();
  const plain = run(network, PHOTO);
  const sharp = sharpen(network, 2.5);
  if (!sharp) throw new Error("It ends in a softmax.");
  const found = run(sharp, PHOTO);
  for (const [at, expected] of sharpened(plain, 2.5).entries()) expect(found[at]).toBeCloseTo(expected, 5);
  expect(sharpen({ ...network, output: "pooled" }, 2.5)).toBeNull();
});
