/** How models that prepare photos in their first layers are fed. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { type ModelFile, readModelFiles } from "../../../src/formats/models/model-files.ts";
import { saying } from "../../fixtures/saying.ts";
import { difference, run } from "./models.ts";

type Json = Record<string, unknown>;

const KERNEL = Float32Array.from({ length: 6 }, (_, at) => (at - 2) / 4);

/** A sequential model: the given layers, then a convolution of one pixel from three channels to two. */
function model(shape: readonly (number | null)[], ...front: Json[]): Extract<ModelFile, { kind: "network" }> {
  const input = { class_name: "InputLayer", config: { name: "photo", batch_input_shape: [null, ...shape] } };
  const last = { class_name: "Conv2D", config: { name: "c", filters: 2, kernel_size: [1, 1], use_bias: false } };
  return read({ class_name: "Sequential", config: { name: "net", layers: [input, ...front, last] } });
}

function read(modelTopology: Json): Extract<ModelFile, { kind: "network" }> {
  const weights = [{ name: "c/kernel", shape: [1, 1, 3, 2], dtype: "float32" }];
  const json = { modelTopology, weightsManifest: [{ paths: ["weights.bin"], weights }] };
  const opened = readModelFiles([
    { path: "model.json", bytes: new TextEncoder().encode(JSON.stringify(json)) },
    { path: "weights.bin", bytes: new Uint8Array(KERNEL.buffer) },
  ]);
  if (opened.kind !== "network") throw new Error("It is no classifier.");
  return opened;
}

const layer = (class_name: string, config: Json): Json => ({ class_name, config: { name: "a", ...config } });

/** What the convolution makes of photos that were prepared by hand. */
function convolved(prepared: tf.Tensor): Float32Array {
  return tf.conv2d(prepared as tf.Tensor4D, tf.tensor4d(KERNEL, [1, 1, 3, 2]), 1, "valid").dataSync<"float32">();
}

function pixels(height: number, width: number): tf.Tensor4D {
  return tf.floor(tf.randomUniform([1, height, width, 3], 0, 256, "float32", 5));
}

beforeAll(() => tf.setBackend("cpu"));

describe("sizes", () => {
  test.each([
    ["a photo of any size is asked for in that to which it is stretched", [null, null, 3], {}, "squash"],
    ["one that is cut to the shape first keeps its own", [null, null, 3], { crop_to_aspect_ratio: true }, "center"],
    ["a square that is made smaller is asked for smaller", [40, 40, 3], {}, "center"],
    ["a square that is stretched is stretched", [40, 30, 3], {}, "squash"],
  ] as const)("%s", (_, shape, options, crop) => {
    const { network, preprocessing } = model([...shape], layer("Resizing", { height: 24, width: 24, ...options }));
    expect(preprocessing).toMatchObject({ height: 24, width: 24, crop });
    expect(network.input.shape).toEqual([24, 24, 3]);
  });

  test("a scaling before the stretching stays", () => {
    const scaled = { class_name: "Rescaling", config: { name: "s", scale: 1 / 255 } };
    const { network, preprocessing } = model([40, 40, 3], scaled, layer("Resizing", { height: 6, width: 6 }));
    expect(preprocessing).toMatchObject({ height: 6, width: 6, scale: [1, 1, 1], offset: [0, 0, 0] });
    const photo = pixels(6, 6);
    expect(difference(run(network, photo), convolved(tf.div(photo, 255)))).toBeLessThan(1e-5);
  });

  test("any size without a layer that says one is refused", () => {
    expect(saying(() => model([null, null, 3], layer("Rescaling", { scale: 1 })))).toMatch(/“photo” has no fixed size/);
  });

  test("stretching within the network is refused, to the same size it is nothing", () => {
    const relu = { class_name: "ReLU", config: { name: "r" } };
    expect(saying(() => model([8, 8, 3], relu, layer("Resizing", { height: 4, width: 4 })))).toMatch(
      /“a” \(Resizing\) makes \[4,4\] of \[8,8\]/,
    );
    expect(model([8, 8, 3], relu, layer("Resizing", { height: 8, width: 8 })).network.nodes).toHaveLength(2);
  });

  test("the centre is cut as Keras cuts it", () => {
    const { network } = model([8, 9, 3], layer("CenterCrop", { height: 5, width: 4 }));
    const photo = pixels(8, 9);
    // Keras's `CenterCrop`: it starts at the whole part of half the difference.
    expect(difference(run(network, photo), convolved(tf.slice(photo, [0, 1, 2, 0], [1, 5, 4, 3])))).toBeLessThan(1e-4);
  });
});

describe("values", () => {
  const scaleOf = (file: ReturnType<typeof model>) => file.preprocessing.scale[0];

  test.each([
    ["photos of 0..255, by their mean", { mean: [120, 110, 100], variance: [3600, 3500, 3400] }, 1],
    ["photos of 0..1, by their mean", { mean: [0.485, 0.456, 0.406], variance: [0.05, 0.05, 0.05] }, 1 / 255],
    ["photos of which nothing is known", { mean: [0, 0, 0], variance: [1, 1, 1] }, 1 / 127.5],
  ])("a normalisation takes %s", (_, config, scale) => {
    expect(scaleOf(model([8, 8, 3], layer("Normalization", { axis: -1, ...config })))).toBeCloseTo(scale, 6);
  });

  test("a learned normalisation says nothing", () => {
    const names = ["gamma", "beta", "moving_mean", "moving_variance"];
    const weights = [...names.map((name) => ({ name: `b/${name}`, shape: [3], dtype: "float32" }))];
    const kernel = { name: "c/kernel", shape: [1, 1, 3, 2], dtype: "float32" };
    const norm = { class_name: "BatchNormalizationV1", config: { name: "b", batch_input_shape: [null, 8, 8, 3] } };
    const last = { class_name: "Conv2D", config: { name: "c", filters: 2, kernel_size: [1, 1], use_bias: false } };
    const modelTopology = { class_name: "Sequential", config: { name: "net", layers: [norm, last] } };
    const json = { modelTopology, weightsManifest: [{ paths: ["weights.bin"], weights: [...weights, kernel] }] };
    const opened = readModelFiles([
      { path: "model.json", bytes: new TextEncoder().encode(JSON.stringify(json)) },
      { path: "weights.bin", bytes: new Uint8Array(Float32Array.from({ length: 18 }, () => 1).buffer) },
    ]);
    expect(opened).toMatchObject({ kind: "network", preprocessing: { scale: [1 / 127.5, 1 / 127.5, 1 / 127.5] } });
    expect(opened).toMatchObject({ guessed: true });
  });

  test.each([
    ["densenet121", "RGB", 1 / (255 * 0.229), -0.485 / 0.229],
    ["resnet101", "BGR", 1, -103.939],
    ["xception", "RGB", 1 / 127.5, -1],
    ["mobilenetv2_1.00_224", "RGB", 1 / 127.5, -1],
    ["NASNet", "RGB", 1 / 127.5, -1],
    // One that somebody named: a guess.
    ["birds", "RGB", 1 / 127.5, -1],
  ] as const)("a %s is fed as Keras feeds it", (name, channelOrder, scale, offset) => {
    const input = { class_name: "InputLayer", config: { name: "photo", batch_input_shape: [null, 8, 8, 3] } };
    const last = { class_name: "Conv2D", config: { name: "c", filters: 2, kernel_size: [1, 1], use_bias: false } };
    const inner = { class_name: "Sequential", config: { name, layers: [input, last] } };
    const opened = read({ class_name: "Sequential", config: { name: "mine", layers: [inner] } });
    const { preprocessing } = opened;
    expect(opened.guessed).toBe(name === "birds");
    expect(preprocessing.channelOrder).toBe(channelOrder);
    expect(preprocessing.scale[0]).toBeCloseTo(scale, 7);
    expect(preprocessing.offset[0]).toBeCloseTo(offset, 5);
  });
});

describe("arithmetic of Keras 2", () => {
  const photo = {
    class_name: "InputLayer",
    name: "p",
    config: { batch_input_shape: [null, 4, 5, 3] },
    inbound_nodes: [],
  };
  const last = (from: string) => ({
    class_name: "Conv2D",
    name: "c",
    config: { filters: 2, kernel_size: [1, 1], use_bias: false },
    inbound_nodes: [[[from, 0, 0, {}]]],
  });
  const functional = (...layers: Json[]) =>
    read({
      class_name: "Functional",
      config: {
        name: "net",
        layers: [photo, ...layers, last(String(layers.at(-1)?.name))],
        input_layers: [["p", 0, 0]],
        output_layers: [["c", 0, 0]],
      },
    });
  const operation = (name: string, fn: string, inbound: unknown, className = "TFOpLambda"): Json => ({
    ...{ class_name: className, name, config: { name, function: fn }, inbound_nodes: [inbound] },
  });

  test("a constant may stand first, and two results may be joined", () => {
    const { network } = functional(
      operation("a", "math.subtract", ["_CONSTANT_VALUE", -1, 255, { y: ["p", 0, 0], name: null }]),
      operation("b", "math.multiply", ["a", 0, 0, { y: ["p", 0, 0], name: null }]),
      operation("d", "__operators__.add", ["b", 0, 0, { y: [1, 2, 3], name: null }]),
      operation("e", "math.subtract", ["d", 0, 0, { y: ["p", 0, 0] }]),
    );
    const x = pixels(4, 5);
    const expected = tf.sub(tf.add(tf.mul(tf.sub(255, x), x), [1, 2, 3]), x);
    const wanted = convolved(expected);
    expect(difference(run(network, x), wanted) / Math.max(...wanted.map(Math.abs))).toBeLessThan(1e-6);
  });

  test("blue comes first where the channels are reversed", () => {
    const slices = [
      { start: null, stop: null, step: null },
      { start: null, stop: null, step: -1 },
    ];
    const spec = { slice_spec: ["Ellipsis", slices[1]] };
    const reversal = operation("a", "__operators__.getitem", ["p", 0, 0, spec], "SlicingOpLambda");
    const { network, preprocessing } = functional(
      reversal,
      operation("b", "nn.bias_add", ["a", 0, 0, { bias: [-103.939, -116.779, -123.68] }]),
    );
    expect(preprocessing).toMatchObject({ scale: [1, 1, 1], offset: [0, 0, 0] });
    const x = pixels(4, 5);
    const expected = tf.add(tf.reverse(x, 3), [-103.939, -116.779, -123.68]);
    expect(difference(run(network, x), convolved(expected))).toBeLessThan(1e-3);
    const rows = operation(
      "a",
      "__operators__.getitem",
      ["p", 0, 0, { slice_spec: [slices[1], slices[0]] }],
      "SlicingOpLambda",
    );
    expect(saying(() => functional(rows))).toMatch(/“a” \(SlicingOpLambda\) computes “slice”/);
  });

  test("TensorFlow 2.0 to 2.3 kept the graph's nodes", () => {
    const node = (name: string, op: string, from: string, value: number) => ({
      class_name: "TensorFlowOpLayer",
      name,
      config: {
        name,
        node_def: JSON.stringify({ name, op, input: [from, `${name}/y`] }),
        constants: { 1: value },
      },
      inbound_nodes: [[[from, 0, 0, {}]]],
    });
    const { network, preprocessing } = functional(node("d", "RealDiv", "p", 127.5), node("s", "Sub", "d", 1));
    expect(preprocessing.scale).toEqual([1, 1, 1]);
    const x = pixels(4, 5);
    expect(difference(run(network, x), convolved(tf.sub(tf.div(x, 127.5), 1)))).toBeLessThan(1e-5);
  });

  test("an unknown operation is named, and so is a layer that is used twice", () => {
    expect(saying(() => functional(operation("a", "math.pow", ["p", 0, 0, { y: 2 }])))).toMatch(
      /“a” \(TFOpLambda\).*“math\.pow”/,
    );
    const twice = {
      ...operation("a", "nn.relu", ["p", 0, 0, {}]),
      inbound_nodes: [
        ["p", 0, 0, {}],
        ["p", 0, 0, {}],
      ],
    };
    expect(saying(() => functional(twice))).toMatch(/“a” is used more than once/);
  });
});
