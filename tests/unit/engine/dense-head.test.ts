import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { DenseHead } from "../../../src/engine/dense-head.ts";
import { inOrder, matrixOf } from "../../../src/engine/embedding-rows.ts";
import { Optimizer } from "../../../src/engine/optimizers.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { OptimizerName } from "../../../src/training/settings.ts";

const PHOTOS = 5;
const FEATURES = 4;
const CLASSES = 3;

function given(hiddenLayers: readonly number[], dropout = 0) {
  const random = createRandom(11);
  const embeddings = Float32Array.from({ length: PHOTOS * FEATURES }, () => random() - 0.5);
  const head = buildHead({ features: FEATURES, hiddenLayers, dropout, classes: CLASSES, random });
  return {
    embeddings,
    head,
    dense: new DenseHead(head),
    x: DenseHead.input(matrixOf(embeddings, FEATURES), inOrder(PHOTOS)).take(inOrder(PHOTOS)),
    targets: tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1], "int32"), CLASSES).toFloat() as tf.Tensor2D,
  };
}

test.each([[[]], [[6]], [[6, 5]]])(
  "with hidden layers %j the logits are those of TensorFlow.js's dense layers",
  (hidden) => {
    const { dense, x, embeddings, head } = given(hidden);
    const model = tf.sequential();
    [...hidden, CLASSES].forEach((units, at) => {
      const first = at === 0 ? { inputShape: [FEATURES] } : {};
      model.add(tf.layers.dense({ units, activation: at < hidden.length ? "relu" : "linear", ...first }));
    });
    model.setWeights(
      head.nodes.flatMap((node) =>
        node.op === "MatMul" && node.weights.bias
          ? [
              tf.tensor(node.weights.kernel.data, [...node.weights.kernel.shape]),
              tf.tensor(node.weights.bias.data, [...node.weights.bias.shape]),
            ]
          : [],
      ),
    );
    const expected = (model.predict(tf.tensor2d(embeddings, [PHOTOS, FEATURES])) as tf.Tensor).dataSync();
    const actual = dense.logits(dense.upload(), x).dataSync();
    for (const [at, value] of expected.entries()) expect(actual[at]).toBeCloseTo(value, 5);
  },
);

test.each([
  ["no hidden layer", [], 0, undefined],
  ["two hidden layers", [6, 5], 0, undefined],
  ["dropout", [6], 0.4, undefined],
  ["weighted photos", [6], 0, [2, 0.5, 1, 1, 3]],
] as const)("with %s the gradient is the one that TensorFlow.js finds by itself", (_, hidden, dropout, weighting) => {
  const { dense, x, targets } = given(hidden, dropout);
  const photoWeights = weighting ? tf.tensor2d([...weighting], [PHOTOS, 1]) : undefined;
  const weights = [...dense.upload()];
  const ours = dense.gradient(weights, x, targets, photoWeights, () => 7);
  const theirs = tf.grads((...tensors: tf.Tensor[]) => {
    const { logits } = dense.gradient(tensors as tf.Tensor2D[], x, targets, photoWeights, () => 7);
    const losses = tf.mul(tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1, true)), photoWeights ?? 1);
    return tf.mean(losses);
  })(weights);
  for (const [at, expected] of theirs.entries()) {
    const actual = ours.gradient[at]?.dataSync() ?? [];
    for (const [place, slope] of expected.dataSync().entries()) expect(actual[place]).toBeCloseTo(slope, 5);
  }
});

test("the bias has no share in the mask of the kernels", () => {
  const [mask] = given([]).dense.kernelMasks();
  expect(mask?.arraySync()).toEqual(Array.from({ length: CLASSES }, () => [1, 1, 1, 1, 0]));
});

test.each([
  ["adam", () => tf.train.adam(0.1)],
  ["sgd", () => tf.train.momentum(0.1, 0.9)],
  ["rmsprop", () => tf.train.rmsprop(0.1)],
] as [OptimizerName, () => tf.Optimizer][])("%s goes the way of TensorFlow.js's own", (optimizer, theirs) => {
  // A bowl that is steeper one way than the other.
  const slopeOf = (weight: tf.Tensor2D) => tf.mul(weight, tf.tensor2d([[1, 5]])) as tf.Tensor2D;
  const peer = theirs();
  const variable = tf.variable(tf.tensor2d([[1, -2]]));
  let ours: tf.Tensor2D[] = [tf.tensor2d([[1, -2]])];
  const own = new Optimizer(ours, { optimizer, momentum: 0.9, weightDecay: 0 });
  for (let step = 0; step < 12; step++) {
    peer.applyGradients({ [variable.name]: slopeOf(variable as tf.Tensor2D) });
    ours = own.step(ours, ours.map(slopeOf), 0.1);
  }
  const expected = variable.dataSync();
  for (const [at, value] of (ours[0]?.dataSync() ?? []).entries())
    expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 3);
});

test("adamw without a slope takes its share of each weight away", () => {
  const own = new Optimizer([tf.tensor2d([[1, -2]])], { optimizer: "adamw", momentum: 0, weightDecay: 0.5 });
  const [weights] = own.step([tf.tensor2d([[1, -2]])], [tf.zeros([1, 2])], 0.1);
  // 1 − 0.1 · 0.5
  expect(Array.from(weights?.dataSync() ?? []).map((value) => value.toFixed(4))).toEqual(["0.9500", "-1.9000"]);
});
