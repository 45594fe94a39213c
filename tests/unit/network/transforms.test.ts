import { describe, expect, test } from "vitest";
import { attachHead } from "../../../src/network/attach.ts";
import { bakePreprocessing } from "../../../src/network/bake-preprocessing.ts";
import { countMultiplyAdds, countParameters } from "../../../src/network/cost.ts";
import { cutTop } from "../../../src/network/cut.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { Preprocessing } from "../../../src/network/model.ts";
import type { Network, NetworkNode, Weight } from "../../../src/network/network.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { poolFeatures } from "../../../src/network/pooling.ts";
import { scaleAndOffset } from "../../../src/network/scaling.ts";
import { inferShapes, samePadding } from "../../../src/network/shapes.ts";
import { saying } from "../../fixtures/saying.ts";

const weight = (shape: number[], value = (index: number) => index / 10): Weight => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, (_, index) =>
    value(index),
  ),
});

const conv = (
  name: string,
  input: string,
  kernel: number[],
  strides: [number, number] = [1, 1],
  padding: "SAME" | "VALID" = "SAME",
): NetworkNode => ({
  name,
  op: "Conv2D",
  inputs: [input],
  attributes: { strides, padding, dilations: [1, 1], activation: null },
  weights: { kernel: weight(kernel) },
});

const bare = (name: string, op: "Relu" | "Softmax", input: string): NetworkNode => ({
  name,
  op,
  inputs: [input],
  attributes: {},
  weights: {},
});

const networkOf = (nodes: NetworkNode[], shape = [8, 8, 3]): Network => ({
  name: "test",
  input: { name: "photo", shape },
  nodes,
  output: nodes.at(-1)?.name ?? "",
});

describe("shapes", () => {
  test("SAME padding is TensorFlow's: the odd zero goes after", () => {
    // tf.nn documentation, "SAME": total = max((ceil(224 / 2) − 1) · 2 + 3 − 224, 0) = 1.
    expect(samePadding(224, 3, 2, 1)).toEqual([0, 1]);
    expect(samePadding(7, 3, 1, 1)).toEqual([1, 1]);
  });

  test("a kernel that does not fit its input is named", () => {
    expect(saying(() => inferShapes(networkOf([conv("stem", "photo", [3, 3, 4, 2])])))).toMatch(
      /“stem” \(Conv2D\).*takes 4 channels, its input has 3/,
    );
  });

  test("a node that takes from nowhere is named", () => {
    expect(saying(() => inferShapes(networkOf([conv("stem", "nowhere", [3, 3, 3, 2])])))).toMatch(/“stem”.*“nowhere”/);
  });
});

describe("optimising", () => {
  const pad = (paddings: [[number, number], [number, number]]): NetworkNode => ({
    name: "pad",
    op: "Pad",
    inputs: ["photo"],
    attributes: { paddings },
    weights: {},
  });

  test("a padding that SAME would add is merged, another is kept", () => {
    const with01 = networkOf([
      pad([
        [0, 1],
        [0, 1],
      ]),
      conv("stem", "pad", [3, 3, 3, 2], [2, 2], "VALID"),
    ]);
    const with10 = networkOf([
      pad([
        [1, 0],
        [1, 0],
      ]),
      conv("stem", "pad", [3, 3, 3, 2], [2, 2], "VALID"),
    ]);
    expect(optimiseForInference(with01).nodes.map(({ op }) => op)).toEqual(["Conv2D"]);
    expect(optimiseForInference(with10).nodes.map(({ op }) => op)).toEqual(["Pad", "Conv2D"]);
  });

  test("an activation is not fused where its bare input is used elsewhere", () => {
    const network = networkOf([
      conv("a", "photo", [1, 1, 3, 2]),
      bare("relu", "Relu", "a"),
      { name: "sum", op: "AddV2", inputs: ["a", "relu"], attributes: {}, weights: {} },
    ]);
    expect(optimiseForInference(network).nodes.map(({ op }) => op)).toEqual(["Conv2D", "Relu", "AddV2"]);
  });
});

describe("normalisations after one another", () => {
  test("become one, and part of the convolution before them", () => {
    const scaled = (name: string, input: string, scale: number, offset: number) =>
      scaleAndOffset(name, input, 2, scale, offset);
    const network = networkOf([
      conv("stem", "photo", [1, 1, 3, 2]),
      scaled("first", "stem", 2, 1),
      scaled("second", "first", 3, -1),
    ]);
    const [only, ...more] = optimiseForInference(network).nodes;
    expect(more).toEqual([]);
    if (only?.op !== "Conv2D") throw new Error("It is no convolution.");
    // 3 (2 x + 1) − 1 = 6 x + 2
    expect([...only.weights.kernel.data]).toEqual(
      [0, 1, 2, 3, 4, 5].map((value) => Math.fround(Math.fround(value / 10) * 6)),
    );
    expect([...(only.weights.bias?.data ?? [])]).toEqual([2, 2]);
    const bareOnes = networkOf([
      scaleAndOffset("first", "photo", 3, 2, 1),
      scaleAndOffset("second", "first", 3, 3, -1),
      scaleAndOffset("third", "second", 3, 1, 1),
    ]);
    const [joined, ...others] = optimiseForInference(bareOnes).nodes;
    expect(others).toEqual([]);
    if (joined?.op !== "FusedBatchNormV3") throw new Error("It is no normalisation.");
    expect([joined.weights.gamma?.data[0], joined.weights.beta?.data[0]]).toEqual([6, 3]);
  });
});

describe("cutting the top", () => {
  const stem = conv("stem", "photo", [3, 3, 3, 4]);
  const mean = (keepDimensions: boolean): NetworkNode => ({
    name: "pool",
    op: "Mean",
    inputs: ["stem"],
    attributes: { keepDimensions },
    weights: {},
  });

  test.each([
    ["a network without a top", [stem]],
    [
      "pooling and a dense layer",
      [
        stem,
        mean(false),
        ...buildHead({ features: 4, hiddenLayers: [], dropout: 0, classes: 2, random: () => 0.3 }).nodes.map(
          (node) => ({
            ...node,
            inputs: node.inputs.map((name) => (name === "embedding" ? "pool" : name)),
          }),
        ),
      ],
    ],
    ["pooling and a convolution", [stem, mean(true), conv("logits", "pool", [1, 1, 4, 5])]],
    [
      "a flattening",
      [stem, { name: "flat", op: "Reshape", inputs: ["stem"], attributes: { shape: [256] }, weights: {} }],
    ],
  ] as [string, NetworkNode[]][])("%s ends at the feature map", (_, nodes) => {
    expect(cutTop(networkOf(nodes)).output).toBe("stem");
  });

  test("poolings within a block are no top", () => {
    const squeeze: NetworkNode[] = [
      stem,
      mean(true),
      conv("excite", "pool", [1, 1, 4, 4]),
      bare("gate", "Softmax", "excite"),
      { name: "scaled", op: "Mul", inputs: ["stem", "gate"], attributes: {}, weights: {} },
    ];
    expect(cutTop(networkOf(squeeze)).output).toBe("scaled");
    const top: NetworkNode = { ...mean(false), name: "top", inputs: ["scaled"] } as NetworkNode;
    expect(cutTop(networkOf([...squeeze, top])).output).toBe("scaled");
  });

  test("a network without a feature map cannot be a base model", () => {
    const head = buildHead({ features: 4, hiddenLayers: [], dropout: 0, classes: 2, random: () => 0.3 });
    expect(saying(() => cutTop(head))).toMatch(/no feature map/);
  });
});

describe("heads", () => {
  const head = buildHead({ features: 4, hiddenLayers: [6], dropout: 0.5, classes: 3, random: () => 0.999999 });

  test("start within Glorot and Bengio's limit", () => {
    const hidden = head.nodes.find(({ name }) => name === "hidden");
    expect(hidden?.op === "MatMul" && hidden.weights.kernel.data[0]).toBeCloseTo(Math.sqrt(6 / (4 + 6)), 4);
  });

  test("are attached behind a pooled base, with names of their own", () => {
    const base = poolFeatures(networkOf([conv("hidden", "photo", [3, 3, 3, 4])]), "average");
    const whole = attachHead(base, head, "whole");
    expect(inferShapes(whole).get(whole.output)).toEqual([3]);
    expect(new Set(whole.nodes.map(({ name }) => name)).size).toBe(whole.nodes.length);
  });

  test.each([
    ["average", [4]],
    ["flatten", [8 * 8 * 4]],
  ] as const)("with %s pooling the embedding has its length, and is pooled once", (pooling, shape) => {
    const pooled = poolFeatures(networkOf([conv("stem", "photo", [3, 3, 3, 4])]), pooling);
    expect(inferShapes(pooled).get(pooled.output)).toEqual(shape);
    expect(poolFeatures(pooled, pooling)).toBe(pooled);
  });
});

test("cost counts kernels and biases, and a multiply-add a kernel tap and place", () => {
  const network = networkOf([conv("stem", "photo", [3, 3, 3, 4], [2, 2])]);
  expect(countParameters(network)).toBe(3 * 3 * 3 * 4);
  expect(countMultiplyAdds(network)).toBe(4 * 4 * (3 * 3 * 3 * 4));
});

test("preprocessing that is the same already bakes nothing", () => {
  const own: Preprocessing = {
    height: 8,
    width: 8,
    crop: "center",
    channelOrder: "RGB",
    scale: [1, 1, 1],
    offset: [0, 0, 0],
  };
  const network = networkOf([conv("stem", "photo", [3, 3, 3, 4])]);
  expect(bakePreprocessing(network, own, own)).toBe(network);
});
