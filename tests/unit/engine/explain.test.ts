/** Class activation maps beside their definitions, worked out in numpy. */
import { expect, test } from "vitest";
import { Explainer } from "../../../src/engine/explain.ts";
import { hottestPart } from "../../../src/evaluation/heat-map.ts";
import { inputRegion } from "../../../src/network/input-region.ts";
import type { Classifier } from "../../../src/network/model.ts";
import type { MatMulNode, NetworkNode } from "../../../src/network/network.ts";
import given from "../../fixtures/class-activation.json" with { type: "json" };

const { height, width } = given;
const PHOTO = Uint8ClampedArray.from({ length: height * width * 4 }, (_, at) =>
  at % 4 === 3 ? 255 : (given.pixels[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
);
const CLASSES = [0, 1, 2];

function dense(name: string, input: string, kernel: readonly number[], bias: readonly number[]): MatMulNode {
  const shape = [kernel.length / bias.length, bias.length];
  const weights = {
    kernel: { shape, data: Float32Array.from(kernel) },
    bias: { shape: [bias.length], data: Float32Array.from(bias) },
  };
  return { name, op: "MatMul", inputs: [input], attributes: { activation: null }, weights };
}

const plain = { attributes: {}, weights: {} } as const;

/** A 1 × 1 convolution, the averages of its channels, and a head. @param input of the softmax */
function classifierWith(head: readonly NetworkNode[], input: string): Classifier {
  const kernel = { shape: [1, 1, 3, 6], data: Float32Array.from(given.kernel) };
  const bias = { shape: [6], data: Float32Array.from(given.bias) };
  const one = [1, 1] as const;
  const convolution = { strides: one, dilations: one, padding: "SAME", activation: "Relu" } as const;
  const nodes: NetworkNode[] = [
    { name: "map", op: "Conv2D", inputs: ["photo"], attributes: convolution, weights: { kernel, bias } },
    { name: "averages", op: "Mean", inputs: ["map"], attributes: { keepDimensions: false }, weights: {} },
    ...head,
    { name: "probabilities", op: "Softmax", inputs: [input], ...plain },
  ];
  const third = 1 / 127.5;
  return {
    ...{ name: "small", classNames: ["a", "b", "c"] },
    network: { name: "small", input: { name: "photo", shape: [height, width, 3] }, nodes, output: "probabilities" },
    preprocessing: {
      ...{ height, width, crop: "squash", channelOrder: "RGB" },
      ...{ scale: [third, third, third], offset: [-1, -1, -1] },
    },
  };
}

const linear = () => classifierWith([dense("logits", "averages", given.dense, given.denseBias)], "logits");

async function explained(classifier: Classifier, place: number | null) {
  const explainer = new Explainer(classifier);
  try {
    return await explainer.explain(PHOTO, place);
  } finally {
    explainer.dispose();
  }
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) expect(actual[at]).toBeCloseTo(value, 4);
}

test.each(CLASSES)("a head of one layer on averages has the map of its definition, for class %d", async (place) => {
  const { probabilities, map } = await explained(linear(), place);
  expectClose(probabilities, given.linear.probabilities);
  expect([map.rows, map.columns]).toEqual([height, width]);
  expectClose(map.values, given.linear.maps[place] ?? []);
  // Exact: the map's average and the bias are the class's score, and so the odds between two classes.
  const other = await explained(linear(), (place + 1) % 3);
  const score = (values: readonly number[], at: number) =>
    values.reduce((sum, value) => sum + value, 0) / values.length + (given.denseBias[at] ?? 0);
  const odds = (probabilities[place] ?? 0) / (probabilities[(place + 1) % 3] ?? 1);
  expect(score(map.values, place) - score(other.map.values, (place + 1) % 3)).toBeCloseTo(Math.log(odds), 4);
});

test.each(CLASSES)("any other head has the map of Grad-CAM, for class %d", async (place) => {
  const layers = [
    dense("hidden", "averages", given.hidden, given.hiddenBias),
    { name: "relu", op: "Relu", inputs: ["hidden"], ...plain } as const,
    dense("logits", "relu", given.out, [0, 0, 0]),
  ];
  const { probabilities, map } = await explained(classifierWith(layers, "logits"), place);
  expectClose(probabilities, given.deep.probabilities);
  expectClose(map.values, given.deep.maps[place] ?? []);
});

test.each(CLASSES)("Grad-CAM is the class activation map where both are defined, for class %d", async (place) => {
  // A second layer that changes nothing makes the same head one that takes Grad-CAM.
  const same = dense("same", "logits", [1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0]);
  const layers = [dense("logits", "averages", given.dense, given.denseBias), same];
  const { map } = await explained(classifierWith(layers, "same"), place);
  const { map: exact } = await explained(linear(), place);
  expectClose(
    map.values,
    exact.values.map((value) => Math.max(0, value)),
  );
  expectClose(map.values, given.linearByGradient[place] ?? []);
});

test("the map is for the most probable class unless another is asked for", async () => {
  const { probabilities, place } = await explained(linear(), null);
  expect(place).toBe(probabilities.indexOf(Math.max(...probabilities)));
});

test("a photo's part is the one of nine that holds the place that counts most", () => {
  const values = Array.from({ length: 49 }, () => 0);
  const hot = (row: number, column: number) =>
    hottestPart({ rows: 7, columns: 7, values: values.with(row * 7 + column, 1) });
  expect(hot(3, 1)).toEqual({ vertical: "middle", horizontal: "left" });
  expect(hot(0, 3)).toEqual({ vertical: "top", horizontal: "centre" });
  expect(hot(6, 6)).toEqual({ vertical: "bottom", horizontal: "right" });
  expect(hottestPart({ rows: 7, columns: 7, values })).toBeNull();
  expect(hottestPart({ rows: 1, columns: 1, values: [2] })).toEqual({ vertical: "middle", horizontal: "centre" });
});

test("the map covers what the network is shown", () => {
  const photo = { width: 400, height: 300 };
  expect(inputRegion(photo, { crop: "squash", width: 224, height: 224 })).toEqual({ x: 0, y: 0, ...photo });
  expect(inputRegion(photo, { crop: "center", width: 224, height: 224 })).toEqual({
    x: 50,
    y: 0,
    width: 300,
    height: 300,
  });
  const upright = { width: 300, height: 400 };
  expect(inputRegion(upright, { crop: "center", width: 96, height: 96 })).toEqual({
    x: 0,
    y: 50,
    width: 300,
    height: 300,
  });
});
