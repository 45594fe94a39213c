/** Teachable Machine's image model: a layers-model, its labels in `metadata.json`, input as pixel / 127 − 1. */
import * as v from "valibot";
import { bakePreprocessing } from "../../network/bake-preprocessing.ts";
import { checkClassifier } from "../../network/check.ts";
import type { Classifier, Preprocessing } from "../../network/model.ts";
import { FormatError } from "../errors.ts";
import { readLayersModel } from "./tfjs-layers.ts";
import { writeLayersModel } from "./tfjs-layers-write.ts";

const Metadata = v.object({
  labels: v.pipe(v.array(v.string()), v.minLength(1)),
  imageSize: v.optional(
    v.union([
      v.number(),
      v.pipe(
        v.tuple([v.number(), v.number()]),
        v.transform(([side]) => side),
      ),
    ]),
  ),
  modelName: v.optional(v.string()),
  grayscale: v.optional(v.boolean(), false),
});

export function isTeachableMachineMetadata(json: unknown): boolean {
  return v.is(Metadata, json);
}

/**
 * @param metadataJson the parsed `metadata.json`
 * @throws NetworkError when labels and model do not fit
 */
export function readTeachableMachine(modelJson: unknown, weights: Uint8Array, metadataJson: unknown): Classifier {
  const metadata = v.parse(Metadata, metadataJson);
  if (metadata.grayscale) {
    throw new FormatError({ code: "teachable-machine/grey" });
  }
  const network = readLayersModel(modelJson, weights);
  const [height = 224, width = 224] = network.input.shape;
  const classifier = {
    name: metadata.modelName ?? "Teachable Machine",
    classNames: metadata.labels,
    preprocessing: preprocessingFor(height, width),
    network,
  };
  checkClassifier(classifier);
  return classifier;
}

/**
 * The files of an export that Teachable Machine's library, ml5 and what builds on them load.
 * @throws FormatError when the classifier has an operation that they lack
 */
export function writeTeachableMachine(classifier: Classifier): { path: string; bytes: Uint8Array }[] {
  const { height, width } = classifier.preprocessing;
  const network = bakePreprocessing(classifier.network, classifier.preprocessing, preprocessingFor(height, width));
  // TensorFlow.js 1.3.1, which Teachable Machine's library runs on, has no layer for it.
  const strange = network.nodes.find(({ op }) => op === "Gelu");
  if (strange) throw new FormatError({ code: "teachable-machine/operation", node: strange.name, op: strange.op });
  const { modelJson, weights } = writeLayersModel(network);
  const metadata = {
    tfjsVersion: "1.3.1",
    tmVersion: "2.4.7",
    packageVersion: "0.8.5",
    packageName: "@teachablemachine/image",
    timeStamp: new Date().toISOString(),
    userMetadata: {},
    modelName: classifier.name,
    labels: classifier.classNames,
    imageSize: height,
  };
  return [
    { path: "model.json", bytes: jsonBytes(modelJson) },
    { path: "weights.bin", bytes: weights },
    { path: "metadata.json", bytes: jsonBytes(metadata) },
  ];
}

/** What Teachable Machine's library does to a picture: the centre square, pixel / 127 − 1. */
function preprocessingFor(height: number, width: number): Preprocessing {
  return {
    height,
    width,
    crop: "center",
    channelOrder: "RGB",
    scale: [1 / 127, 1 / 127, 1 / 127],
    offset: [-1, -1, -1],
  };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
