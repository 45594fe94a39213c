import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { decodeWeights, type WeightsManifest } from "../../../src/formats/models/tfjs-weights.ts";

test.each([
  { stored: "float16", bytes: Uint8Array.from([0x00, 0x3c, 0x00, 0xc0, 0x55, 0x35, 0x01, 0x00]) },
  { stored: "uint8", scale: 0.5, min: -3, bytes: Uint8Array.from([0, 1, 128, 255]) },
  { stored: "uint16", scale: 0.01, min: 2, bytes: new Uint8Array(Uint16Array.from([0, 7, 40_000, 65_535]).buffer) },
] as const)("$stored weights decode as TensorFlow.js decodes them", async ({ stored, bytes, ...rest }) => {
  const spec = { name: "w", shape: [4], dtype: "float32" as const, quantization: { dtype: stored, ...rest } };
  const manifest: WeightsManifest = [{ paths: ["weights.bin"], weights: [spec] }];
  const expected = tf.io.decodeWeights(bytes.slice().buffer, [spec]).w as tf.Tensor;
  const actual = decodeWeights(manifest, bytes).get("w");
  expect(Array.from(actual?.data ?? [])).toEqual(Array.from(await expected.data()));
});
