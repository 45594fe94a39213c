/** The base model that ships with the app, as our engine runs it, against TensorFlow.js's own reader of its files. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../src/engine/backend.ts";
import { DeviceNetwork } from "../../src/engine/device-network.ts";
import { architectureOf, atSize } from "../../src/network/architectures/at-size.ts";
import { optimiseForInference } from "../../src/network/optimise.ts";
import { loadBuiltIn } from "../../src/worker/built-in.ts";
import { photoByRule } from "../fixtures/rule.ts";

beforeAll(async () => {
  await startBackend("wasm");
});

const MODEL = "/models/model.json";
const photo = (side: number) => tf.tensor4d(photoByRule(side, side), [1, side, side, 3]);

test("gives the numbers that tf.loadLayersModel gives, within 1e-4 of the largest", async () => {
  const { base, credits } = await loadBuiltIn();
  const { network, card } = base;
  const theirs = await tf.loadLayersModel(MODEL);
  const expected = await (theirs.predict(photo(224)) as tf.Tensor).data();
  const device = new DeviceNetwork(optimiseForInference(network));
  const found = await device.run(photo(224)).data();
  expect(card.name).toBe("EfficientNet-Lite0");
  expect(credits).toMatchObject({ maker: "Google", trainedOn: "ImageNet-1k", licence: { name: "Apache 2.0" } });
  expect(await (await fetch(credits.licence.notice)).text()).toContain("Apache License, Version 2.0");
  expect(found).toHaveLength(7 * 7 * 1280);
  const largest = Math.max(...expected);
  expect(largest).toBeGreaterThan(1);
  expect(Math.max(...expected.map((value, at) => Math.abs((found[at] ?? Number.NaN) - value))) / largest).toBeLessThan(
    1e-4,
  );
});

test("is an architecture that takes photos of another size, with the numbers of tf.loadLayersModel at that size", async () => {
  const { base } = await loadBuiltIn();
  const { network } = base;
  const architecture = architectureOf(network);
  if (!architecture) throw new Error("It is of no known architecture.");
  expect(architecture.id).toBe("efficientnet-lite0");

  const theirs = await readAt(96);
  const expected = await (theirs.predict(photo(96)) as tf.Tensor).data();
  const found = await new DeviceNetwork(atSize(network, architecture, 96)).run(photo(96)).data();
  const largest = Math.max(...expected);
  expect(found).toHaveLength(3 * 3 * 1280);
  expect(Math.max(...expected.map((value, at) => Math.abs((found[at] ?? Number.NaN) - value))) / largest).toBeLessThan(
    1e-4,
  );
});

/** The files as TensorFlow.js reads them, with another side in the description. */
async function readAt(side: number): Promise<tf.LayersModel> {
  const text = (await (await fetch(MODEL)).text()).replace("[null,224,224,3]", `[null,${side},${side},3]`);
  const { modelTopology, weightsManifest } = JSON.parse(text);
  const weightData = await (await fetch("/models/weights.bin")).arrayBuffer();
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }));
}
