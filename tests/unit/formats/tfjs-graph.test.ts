import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { readGraphModel } from "../../../src/formats/models/tfjs-graph.ts";
import { saying } from "../../fixtures/saying.ts";
import { difference, run, somePhotos } from "./models.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const constant = (name: string) => ({ name, op: "Const", attr: { dtype: { type: "DT_FLOAT" } } });

/** (x · 2 − 1) → convolution, bias, relu6 (fused) → depthwise, bias → mean → squeeze, as TF Hub's MobileNets are. */
const strided = (stride: string) => ({
  strides: { list: { i: ["1", stride, stride, "1"] } },
  padding: { s: base64("SAME") },
  dilations: { list: { i: ["1", "1", "1", "1"] } },
  data_format: { s: base64("NHWC") },
  T: { type: "DT_FLOAT" },
});
const dims = ["-1", "8", "8", "3"].map((size) => ({ size }));
const GRAPH = {
  versions: { producer: 1, minConsumer: 0 },
  node: [
    { name: "images", op: "Placeholder", attr: { dtype: { type: "DT_FLOAT" }, shape: { shape: { dim: dims } } } },
    ...["two", "one", "filter", "bias", "depth", "depth_bias"].map(constant),
    { name: "axes", op: "Const", attr: { dtype: { type: "DT_INT32" } } },
    { name: "in/Mul", op: "Mul", input: ["images", "two"], attr: {} },
    { name: "in/Sub", op: "Sub", input: ["in/Mul", "one"], attr: {} },
    {
      name: "conv/Relu6",
      op: "_FusedConv2D",
      input: ["in/Sub", "filter", "bias"],
      attr: { ...strided("2"), num_args: { i: "1" }, fused_ops: { list: { s: [base64("BiasAdd"), base64("Relu6")] } } },
    },
    { name: "depthwise", op: "DepthwiseConv2dNative", input: ["conv/Relu6", "depth"], attr: strided("1") },
    { name: "norm", op: "BiasAdd", input: ["depthwise", "depth_bias"], attr: {} },
    { name: "relu", op: "Relu6", input: ["norm"], attr: {} },
    { name: "pool", op: "Mean", input: ["relu:0", "axes"], attr: { keep_dims: { b: true } } },
    { name: "squeeze", op: "Squeeze", input: ["pool"], attr: { squeeze_dims: { list: { i: ["1", "2"] } } } },
  ],
};
const SHAPES = { two: [], one: [], filter: [3, 3, 3, 4], bias: [4], depth: [3, 3, 4, 1], depth_bias: [4] };

function model() {
  const values: number[] = [];
  const weightSpecs: tf.io.WeightsManifestEntry[] = Object.entries(SHAPES).map(([name, shape], index) => {
    const count = shape.reduce((product, length) => product * length, 1);
    const numbers =
      { two: [2], one: [1] }[name] ?? Array.from(tf.randomUniform([count], -0.5, 0.5, "float32", index).dataSync());
    values.push(...numbers);
    return { name, shape, dtype: "float32" };
  });
  weightSpecs.push({ name: "axes", shape: [2], dtype: "int32" });
  const weights = new Uint8Array([
    ...new Uint8Array(Float32Array.from(values).buffer),
    ...new Uint8Array(Int32Array.from([1, 2]).buffer),
  ]);
  return {
    weightSpecs,
    weights,
    json: { modelTopology: GRAPH, weightsManifest: [{ paths: ["w.bin"], weights: weightSpecs }] },
  };
}

test("a graph gives TensorFlow.js's numbers, its input scaling taken out", async () => {
  const { weightSpecs, weights, json } = model();
  const graph = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology: GRAPH, weightSpecs, weightData: weights.slice().buffer }),
  );
  const { network, inputScale, inputOffset } = readGraphModel(json, weights);
  const images = tf.relu(somePhotos(network));
  const expected = (graph.predict(images) as tf.Tensor).dataSync();
  expect([inputScale, inputOffset]).toEqual([2, -1]);
  expect(difference(run(network, images.mul(inputScale).add(inputOffset)), expected)).toBeLessThan(1e-5);
});

test("an unknown operation is named", () => {
  const { json, weights } = model();
  const strange = JSON.parse(JSON.stringify(json).replace('"op":"Relu6"', '"op":"Einsum"'));
  expect(saying(() => readGraphModel(strange, weights))).toMatch(/Node “relu” \(Einsum\)/);
});
