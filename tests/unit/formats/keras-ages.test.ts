/** Layers and file layouts of Keras's versions, against what each version says its model gives. */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { type GivenFile, readModelFiles } from "../../../src/formats/models/model-files.ts";
import { readLayersModel } from "../../../src/formats/models/tfjs-layers.ts";
import { writeLayersModel } from "../../../src/formats/models/tfjs-layers-write.ts";
import type { Network } from "../../../src/network/network.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { uniform } from "../../fixtures/rule.ts";
import { difference, load, run } from "./models.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
const answers = JSON.parse(new TextDecoder().decode(fixture("many-layers.json"))) as Record<string, number[]>;

async function filesOf(name: string): Promise<GivenFile[]> {
  if (!name.endsWith(".keras")) return [{ path: name, bytes: fixture(name) }];
  const entries = await readZip(new Blob([fixture(name)]), name);
  return Promise.all(
    entries.map(async ({ path, blob }) => ({ path, bytes: new Uint8Array(await (await blob()).arrayBuffer()) })),
  );
}

async function read(name: string) {
  const model = readModelFiles(await filesOf(name));
  if (model.kind !== "network") throw new Error("It is no classifier with names.");
  return model;
}

function pixels(network: Network): tf.Tensor {
  const [height = 0, width = 0] = network.input.shape;
  const values = Float32Array.from(uniform("pixels", height * width * 3), (u) => Math.floor(256 * u));
  return tf.tensor4d(values, [1, height, width, 3]);
}

beforeAll(() => tf.setBackend("cpu"));

describe.each([
  ["many-layers.keras", "many-layers"],
  ["many-layers.h5", "many-layers"],
  ["many-layers-keras-2.h5", "many-layers-keras-2"],
])("%s", (file, name) => {
  test("gives Keras's answer to pixels as they are", async () => {
    const { network, preprocessing } = await read(file);
    expect(preprocessing).toMatchObject({ height: 24, width: 26, scale: [1, 1, 1], offset: [0, 0, 0] });
    for (const form of [network, optimiseForInference(network)]) {
      expect(difference(run(form, pixels(network)), answers[name] ?? [])).toBeLessThan(1e-4);
    }
  });

  test("gives it in TensorFlow.js too when exported, and when that is read again", async () => {
    const { network } = await read(file);
    const { modelJson, weights } = writeLayersModel(optimiseForInference(network));
    const json: unknown = JSON.parse(JSON.stringify(modelJson));
    const theirs = (await load(json, weights)).predict(pixels(network)) as tf.Tensor;
    expect(difference([...theirs.dataSync()], answers[name] ?? [])).toBeLessThan(1e-4);
    const again = readLayersModel(json, weights);
    expect(difference(run(again, pixels(again)), answers[name] ?? [])).toBeLessThan(1e-4);
  });
});

test.each(["names-padded-with-nul.h5", "names-padded-with-space.h5"])("%s is the model of tiny.h5", async (name) => {
  const [padded, plain] = [await read(name), await read("tiny.h5")];
  expect(run(padded.network, pixels(padded.network))).toEqual(run(plain.network, pixels(plain.network)));
});
