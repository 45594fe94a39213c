import type * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeTeachableMachine } from "../../../src/formats/models/teachable-machine.ts";
import { writeTfjsClassifier } from "../../../src/formats/models/tfjs-classifier.ts";
import { readLayersModel } from "../../../src/formats/models/tfjs-layers.ts";
import type { Classifier } from "../../../src/network/model.ts";
import { saying } from "../../fixtures/saying.ts";
import { difference, load, randomise, run, save, somePhotos, tinyTeachableMachine } from "./models.ts";

/** Fed like Keras's VGG16: BGR, means subtracted, no scaling. */
async function caffeClassifier(): Promise<Classifier> {
  const { modelJson, weights } = await save(randomise(tinyTeachableMachine()));
  return {
    name: "Garden birds",
    classNames: ["wren", "tit “blue”", "Amsel ä"],
    preprocessing: {
      ...{ height: 9, width: 8, crop: "center", channelOrder: "BGR" },
      scale: [1, 1, 1],
      offset: [-103.939, -116.779, -123.68],
    },
    network: readLayersModel(modelJson, weights),
  };
}

describe("a Teachable Machine export", () => {
  test("holds what its reader needs, and gives the same answer fed with pixel / 127 − 1 in RGB", async () => {
    const classifier = await caffeClassifier();
    const files = writeTeachableMachine(classifier);
    const json = (path: string) =>
      JSON.parse(new TextDecoder().decode(files.find((file) => file.path === path)?.bytes));
    expect(files.map(({ path }) => path)).toEqual(["model.json", "weights.bin", "metadata.json"]);
    expect(json("metadata.json")).toMatchObject({ labels: classifier.classNames, imageSize: 9 });

    const weights = files.find(({ path }) => path === "weights.bin")?.bytes ?? new Uint8Array();
    const reader = await load(json("model.json"), weights);
    const pixels = somePhotos(classifier.network).add(1).mul(127);
    const [red, green, blue] = pixels.split(3, 3) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const bgr = blue.sub(103.939).concat(green.sub(116.779), 3).concat(red.sub(123.68), 3);
    const actual = Array.from((reader.predict(pixels.div(127).sub(1)) as tf.Tensor).dataSync());
    expect(difference(actual, run(classifier.network, bgr))).toBeLessThan(1e-4);
  });

  test("opens again as a classifier with its labels", async () => {
    const files = writeTeachableMachine(await caffeClassifier());
    const opened = readModelFiles(files.map(({ path, bytes }) => ({ path: `export/${path}`, bytes })));
    expect(opened).toMatchObject({ kind: "classifier", classifier: { classNames: ["wren", "tit “blue”", "Amsel ä"] } });
  });
});

describe("a TensorFlow.js export", () => {
  test("opens again as the same classifier", async () => {
    const classifier = await caffeClassifier();
    const opened = readModelFiles(writeTfjsClassifier(classifier));
    if (opened.kind !== "classifier") throw new Error("not a classifier");
    const { network, ...facts } = opened.classifier;
    const { network: original, ...expected } = classifier;
    expect(facts).toEqual(expected);
    const input = somePhotos(original);
    expect(difference(run(network, input), run(original, input))).toBeLessThan(1e-6);
  });

  test("from a newer Headstart is refused", async () => {
    const [model, ...rest] = writeTfjsClassifier(await caffeClassifier());
    const text = new TextDecoder().decode(model?.bytes).replace('"version":1', '"version":2');
    const files = [{ path: "model.json", bytes: new TextEncoder().encode(text) }, ...rest];
    expect(saying(() => readModelFiles(files))).toMatch(/newer Headstart/);
  });
});

describe("files that are not enough", () => {
  test("a model without its weights says which file is missing", async () => {
    const [model] = writeTfjsClassifier(await caffeClassifier());
    expect(saying(() => readModelFiles(model ? [model] : []))).toMatch(
      /names weights\.bin, which is not among the files/,
    );
  });

  test("weights without their model say so", () => {
    expect(saying(() => readModelFiles([{ path: "a/weights.bin", bytes: new Uint8Array(4) }]))).toMatch(
      /not their model\.json/,
    );
  });

  test("something else is no model", () => {
    expect(saying(() => readModelFiles([{ path: "cat.jpg", bytes: new Uint8Array(4) }]))).toMatch(
      /no model in cat\.jpg/,
    );
  });
});

describe("files as downloads leave them", () => {
  test("names with “(1)” go together, those with the same mark first", async () => {
    const classifier = await caffeClassifier();
    const files = writeTfjsClassifier(classifier).map(({ path, bytes }) => ({
      path: path.replace(/(\.\w+)$/, " (1)$1"),
      bytes,
    }));
    const opened = readModelFiles([{ path: "weights.bin", bytes: new Uint8Array(8) }, ...files]);
    expect(opened).toMatchObject({ kind: "classifier", classifier: { classNames: classifier.classNames } });
    const alone = files.filter(({ path }) => !path.includes("model"));
    const model = files.filter(({ path }) => path.includes("model")).map((file) => ({ ...file, path: "model.json" }));
    expect(readModelFiles([...alone, ...model]).kind).toBe("classifier");
  });

  test("two marked copies of the weights beside an unmarked model are not guessed among", async () => {
    const [model, weights] = writeTfjsClassifier(await caffeClassifier());
    if (!model || !weights) throw new Error("not written");
    const copies = ["weights (1).bin", "weights (2).bin"].map((path) => ({ ...weights, path }));
    expect(saying(() => readModelFiles([model, ...copies]))).toMatch(
      /names weights\.bin, which is not among the files/,
    );
  });

  test("a Git LFS pointer is named", () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 16000000\n`;
    const files = [{ path: "model.h5", bytes: new TextEncoder().encode(pointer) }];
    expect(saying(() => readModelFiles(files))).toMatch(/model\.h5 only points to the real file \(Git LFS\)/);
  });

  test("a web page under a model's name is named", () => {
    const files = [{ path: "model.h5", bytes: new TextEncoder().encode("<!DOCTYPE html>\n<html>") }];
    expect(saying(() => readModelFiles(files))).toMatch(/model\.h5 is a web page/);
  });

  test.each([
    ["model.tflite", /There is no model in model\.tflite/],
    ["model.onnx", /There is no model in model\.onnx/],
    ["model.pt", /a model for PyTorch/],
    ["saved_model.pb", /a model for TensorFlow \(SavedModel\)/],
  ])("%s is named", (path, reason) => {
    expect(saying(() => readModelFiles([{ path, bytes: new Uint8Array(64) }]))).toMatch(reason);
  });
});

describe("Teachable Machine's other models", () => {
  const encode = (json: object) => new TextEncoder().encode(JSON.stringify(json));
  const model = (shape: number[]) => ({
    path: "model.json",
    bytes: encode({
      modelTopology: {
        class_name: "Sequential",
        config: { layers: [{ class_name: "Flatten", config: { batch_input_shape: [null, ...shape] } }] },
      },
      weightsManifest: [{ paths: ["weights.bin"], weights: [] }],
    }),
  });
  const weights = { path: "weights.bin", bytes: new Uint8Array() };

  test.each([
    ["pose, by its metadata", [9, 9, 3], { packageName: "@teachablemachine/pose", labels: ["up"] }, /pose model/],
    ["sound, by its metadata", [9, 9, 3], { tfjsSpeechCommandsVersion: "0.4.0", wordLabels: ["clap"] }, /sound model/],
    ["pose, without metadata", [14739], null, /pose model: it takes body positions/],
    ["sound, without metadata", [43, 232, 1], null, /sound model: it takes sound/],
  ] as const)("%s", (_, shape, metadata, reason) => {
    const files = [model([...shape]), weights];
    const given = metadata ? [...files, { path: "metadata.json", bytes: encode(metadata) }] : files;
    expect(saying(() => readModelFiles(given))).toMatch(reason);
  });
});
