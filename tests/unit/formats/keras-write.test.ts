/** Classifiers as Keras models: `.h5` read by the HDF5 library and run by TensorFlow.js; both read back by this app. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import * as h5wasm from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { writeKeras, writeKerasH5 } from "../../../src/formats/models/keras-write.ts";
import { type GivenFile, readModelFiles } from "../../../src/formats/models/model-files.ts";
import type { Classifier } from "../../../src/network/model.ts";
import type { NetworkNode } from "../../../src/network/network.ts";
import { contentsOf, makeBaseModel } from "../../../src/worker/base-model.ts";
import { KNOWN_CLASSIFIERS, knownClassifier } from "../../fixtures/classifiers.ts";
import { difference, run } from "./models.ts";

let folder: string;

beforeAll(async () => {
  await h5wasm.ready;
  await tf.setBackend("cpu");
  folder = mkdtempSync(join(tmpdir(), "headstart-keras-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The files of a `.keras`, as whoever opens it finds them. */
async function filesOf(keras: Uint8Array): Promise<GivenFile[]> {
  const entries = await readZip(new Blob([keras as Uint8Array<ArrayBuffer>]), "model.keras");
  return Promise.all(
    entries.map(async (entry) => ({
      path: entry.path,
      bytes: new Uint8Array(await (await entry.blob()).arrayBuffer()),
    })),
  );
}

function classifierIn(files: readonly GivenFile[]): Classifier {
  const model = readModelFiles(files);
  if (model.kind !== "classifier") throw new Error("It is no classifier.");
  return model.classifier;
}

/** A layers-model of TensorFlow.js from an `.h5`, by the HDF5 library and no code of this app. */
async function loadByTensorFlow(h5: Uint8Array): Promise<tf.LayersModel> {
  const path = join(folder, "model.h5");
  writeFileSync(path, h5);
  const file = new h5wasm.File(path, "r");
  try {
    const modelTopology = { model_config: JSON.parse(String(file.attrs.model_config?.value)) as object };
    const weights = file.get("model_weights") as h5wasm.Group;
    const arrays = ((weights.attrs.layer_names?.value ?? []) as string[]).flatMap((layer) => {
      const group = weights.get(layer) as h5wasm.Group;
      const names = (group.attrs.weight_names?.value ?? []) as string[];
      return names.map((name) => ({ name, array: group.get(name) as h5wasm.Dataset }));
    });
    const weightSpecs = arrays.map(({ name, array }) => ({
      name: name.replace(/:0$/, ""),
      shape: array.shape ?? [],
      dtype: "float32" as const,
    }));
    const weightData = await new Blob(
      arrays.map(({ array }) => array.value as Float32Array<ArrayBuffer>),
    ).arrayBuffer();
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  } finally {
    file.close();
  }
}

/** Fed with numbers as they are, since TensorFlow.js's Rescaling knows one number for all channels only. */
function unscaled({ preprocessing, ...classifier }: Classifier): Classifier {
  return { ...classifier, preprocessing: { ...preprocessing, scale: [1, 1, 1], offset: [0, 0, 0] } };
}

/** The numbers that a photo is for a classifier: `[1, height, width, 3]`. */
function fed(
  { preprocessing: { scale, offset }, network }: Classifier,
  photo: Uint8Array = new Uint8Array(),
): tf.Tensor {
  const numbers = Float32Array.from(photo, (value, at) => value * (scale[at % 3] ?? 0) + (offset[at % 3] ?? 0));
  return tf.tensor(numbers, [1, ...network.input.shape]);
}

/** InceptionV3 has all layers of the other two large ones, which take seconds each. */
const TRIED = KNOWN_CLASSIFIERS.filter(
  (name) => process.env.VITE_THOROUGH === "1" || !["vgg16", "resnet50"].includes(name),
);

describe.each(TRIED)("%s", (name) => {
  test("gives Keras's probabilities in TensorFlow.js, and opens again from both files as it was", async () => {
    const { classifier, photos, probabilities } = knownClassifier(name);
    const h5 = writeKerasH5(unscaled(classifier));
    const model = await loadByTensorFlow(h5);
    const answer = model.predict(fed(classifier, photos[0])) as tf.Tensor;
    expect(difference(Array.from(answer.dataSync()), probabilities[0] ?? [])).toBeLessThan(1e-5);
    model.dispose();
    for (const files of [[{ path: "model.h5", bytes: h5 }], await filesOf(writeKeras(classifier))]) {
      const opened = classifierIn(files);
      expect([opened.name, opened.classNames]).toEqual([classifier.name, classifier.classNames]);
      expect(opened.preprocessing).toMatchObject({ crop: "squash", channelOrder: "RGB", scale: [1, 1, 1] });
      expect(holdsAllOf(opened, classifier)).toBe(true);
    }
  });
});

function holdsAllOf(one: Classifier, other: Classifier): boolean {
  const all = ({ network }: Classifier) =>
    network.nodes.flatMap((node) =>
      Object.entries(node.weights).map(
        ([part, { data }]) => [`${node.name}/${part}`, Buffer.from(data.slice().buffer)] as const,
      ),
    );
  const own = new Map(all(one));
  return all(other).every(([name, data]) => own.get(name)?.equals(data) ?? false);
}

test("pixels are fed as the classifier wants them: channels in its order, each scaled and moved", async () => {
  const { classifier, photos, probabilities } = knownClassifier("mobilenet-v1-0.25");
  const [photo = new Uint8Array()] = photos;
  const blueFirst = { ...classifier, preprocessing: { ...classifier.preprocessing, channelOrder: "BGR" as const } };
  for (const files of [[{ path: "model.h5", bytes: writeKerasH5(blueFirst) }], await filesOf(writeKeras(blueFirst))]) {
    const { network } = classifierIn(files);
    const turned = Float32Array.from(photo, (_, at) => photo[at - (at % 3) + 2 - (at % 3)] ?? 0);
    const answer = run(network, tf.tensor(turned, [1, ...network.input.shape]));
    expect(difference(answer, probabilities[0] ?? [])).toBeLessThan(1e-5);
  }
});

test("its layers have names that Keras takes, whatever the nodes are called, and each its own", async () => {
  const { classifier, photos, probabilities } = knownClassifier("mobilenet-v1-0.25");
  // As nodes of a TensorFlow graph are called.
  const renamed = (name: string) => `Mobile/net:${name}`;
  const nodes = classifier.network.nodes.map((node) => ({
    ...node,
    name: renamed(node.name),
    inputs: node.inputs.map((input) => (input === classifier.network.input.name ? input : renamed(input))),
  })) as NetworkNode[];
  const network = { ...classifier.network, name: "a/b", nodes, output: renamed(classifier.network.output) };
  const files = await filesOf(writeKeras({ ...classifier, network }));
  const config = JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === "config.json")?.bytes)) as {
    config: { name: string; layers: { name: string }[] };
  };
  const names = config.config.layers.map(({ name }) => name);
  expect(names.every((name) => /^[A-Za-z0-9][\w-]*$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(names.length);
  const answer = run(classifierIn(files).network, pixels(photos[0], network.input.shape));
  expect(difference(answer, probabilities[0] ?? [])).toBeLessThan(1e-5);
});

function pixels(photo: Uint8Array = new Uint8Array(), shape: readonly number[] = []): tf.Tensor {
  return tf.tensor(Float32Array.from(photo), [1, ...shape]);
}

test("it is a base model too, which takes pixels as they are", async () => {
  const { classifier, photos } = knownClassifier("mobilenet-v2-0.35");
  const read = readModelFiles([{ path: "model.h5", bytes: writeKerasH5(classifier) }]);
  const base = await makeBaseModel({ ...contentsOf(read), name: "again", source: "file" });
  expect(base.card).toMatchObject({ embeddingSize: 1280, preprocessing: { scale: [1, 1, 1], offset: [0, 0, 0] } });
  const { preprocessing, network } = classifier;
  const own = await makeBaseModel({ network, preprocessing, bytes: 0, name: "own", source: "file" });
  const again = run(base.network, pixels(photos[0], network.input.shape));
  expect(difference(again, run(own.network, fed(classifier, photos[0])))).toBeLessThan(1e-4);
});
