/** Classifiers as ONNX, read and run by ONNX Runtime. */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-web";
import { describe, expect, test } from "vitest";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeOnnx } from "../../../src/formats/models/onnx/write.ts";
import type { Classifier } from "../../../src/network/model.ts";
import type { Network, NetworkNode } from "../../../src/network/network.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { KNOWN_CLASSIFIERS, knownClassifier } from "../../fixtures/classifiers.ts";
import { uniform } from "../../fixtures/rule.ts";
import { difference, run as runHere } from "./models.ts";

ort.env.wasm.numThreads = 1;

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));

/** @param photos row-major `[height, width, 3]`, one after the other */
async function run(model: Uint8Array, photos: readonly Uint8Array[], height: number, width: number) {
  const session = await ort.InferenceSession.create(model);
  const bytes = Uint8Array.from(photos.flatMap((photo) => [...photo]));
  const tensor = new ort.Tensor("uint8", bytes, [photos.length, height, width, 3]);
  const [input = ""] = session.inputNames;
  const [output = ""] = session.outputNames;
  const { data, dims } = (await session.run({ [input]: tensor }))[output] ?? {};
  await session.release();
  return { data: data as Float32Array, dims, input, output };
}

describe.each(KNOWN_CLASSIFIERS)("%s", (name) => {
  test("gives Keras's probabilities for ten photos at once", async () => {
    const { classifier, photos, probabilities } = knownClassifier(name);
    const { height, width } = classifier.preprocessing;
    const found = await run(writeOnnx(classifier), photos, height, width);
    expect([found.input, found.output, found.dims]).toEqual(["photos", "probabilities", [10, 5]]);
    const differences = probabilities.flat().map((value, at) => Math.abs(value - (found.data[at] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });
});

test.each([
  ["many-layers.h5", "many-layers"],
  ["many-layers-keras-2.h5", "many-layers-keras-2"],
])("a network of layers of many kinds, %s, gives Keras's answer, as it is and as it runs here", async (file, name) => {
  const model = readModelFiles([{ path: file, bytes: fixture(file) }]);
  if (model.kind !== "network") throw new Error("It is no classifier with names.");
  const { network, preprocessing } = model;
  const { height, width } = preprocessing;
  const answers = JSON.parse(new TextDecoder().decode(fixture("many-layers.json"))) as Record<string, number[]>;
  const photo = Uint8Array.from(uniform("pixels", height * width * 3), (u) => Math.floor(256 * u));
  for (const form of [network, optimiseForInference(network)]) {
    const written = writeOnnx({ name, classNames: ["a", "b", "c"], preprocessing, network: form });
    const { data } = await run(written, [photo], height, width);
    const differences = answers[name]?.map((value, at) => Math.abs(value - (data[at] ?? Number.NaN))) ?? [];
    expect(differences).toHaveLength(3);
    // Of answers of up to 5.
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  }
});

/** A classifier of three numbers that are means over the photo, after these nodes; they take `photo` and the last gives maps. */
function classifierOf(nodes: readonly NetworkNode[], side: number, channelOrder: "RGB" | "BGR" = "RGB"): Classifier {
  const last = nodes.at(-1)?.name ?? "photo";
  const mean: NetworkNode = {
    ...{ name: "mean", op: "Mean", inputs: [last], attributes: { keepDimensions: false }, weights: {} },
  };
  const network: Network = {
    ...{ name: "net", input: { name: "photo", shape: [side, side, 3] }, nodes: [...nodes, mean], output: "mean" },
  };
  return {
    ...{ name: "Means", classNames: ["a", "b", "c"], network },
    preprocessing: {
      ...{ height: side, width: side, crop: "center", channelOrder },
      ...{ scale: [1, 1, 1], offset: [0, 0, 0] },
    },
  };
}

test("photos are fed as the classifier wants them: channels in its order, each scaled and moved", async () => {
  const classifier = classifierOf([], 2, "BGR");
  const scaled: Classifier = {
    ...classifier,
    preprocessing: { ...classifier.preprocessing, scale: [1, 2, 0.5], offset: [0, 1, -1] },
  };
  const photo = Uint8Array.from([10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30]);
  const { data } = await run(writeOnnx(scaled), [photo], 2, 2);
  // Blue, green, red.
  expect([...data]).toEqual([30, 41, 4]);
});

test("opens again as the classifier that it was, and gives the same probabilities", async () => {
  await tf.setBackend("cpu");
  const { classifier, photos, probabilities } = knownClassifier("mobilenet-v1-0.25");
  const written = writeOnnx({ ...classifier, preprocessing: { ...classifier.preprocessing, channelOrder: "BGR" } });
  const model = readModelFiles([{ path: "model.onnx", bytes: written }]);
  if (model.kind !== "classifier") throw new Error("It is no classifier.");
  const { name, classNames, preprocessing, network } = model.classifier;
  expect([name, classNames]).toEqual([classifier.name, classifier.classNames]);
  expect(preprocessing).toMatchObject({ crop: "squash", channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0] });
  // Blue and red change places, as the classifier says.
  const photo = (photos[0] ?? new Uint8Array()).map((_, at, all) => all[at - (at % 3) + 2 - (at % 3)] ?? 0);
  const answer = runHere(network, tf.tensor(Float32Array.from(photo), [1, ...network.input.shape]));
  expect(difference(answer, probabilities[0] ?? [])).toBeLessThan(1e-5);
});
