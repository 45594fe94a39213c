/** A classifier as a plain TensorFlow.js layers-model that says itself how to be fed and what its classes are called. */
import * as v from "valibot";
import { checkClassifier } from "../../network/check.ts";
import type { Classifier } from "../../network/model.ts";
import { describe, readDescription } from "./own-classifier.ts";
import { readLayersModel } from "./tfjs-layers.ts";
import { writeLayersModel } from "./tfjs-layers-write.ts";

/** `userDefinedMetadata.headstart` in `model.json`. */
const Tagged = v.object({ userDefinedMetadata: v.object({ headstart: v.unknown() }) });

export function isTfjsClassifier(modelJson: unknown): boolean {
  return v.is(Tagged, modelJson);
}

/** @throws FormatError when the description is not as it should be; NetworkError when the network does not do what it says */
export function readTfjsClassifier(modelJson: unknown, weights: Uint8Array): Classifier {
  const { headstart } = v.parse(Tagged, modelJson).userDefinedMetadata;
  const { version: _, ...described } = readDescription(headstart);
  const classifier = { ...described, network: readLayersModel(modelJson, weights) };
  checkClassifier(classifier);
  return classifier;
}

export function writeTfjsClassifier(classifier: Classifier): { path: string; bytes: Uint8Array }[] {
  const { modelJson, weights } = writeLayersModel(classifier.network);
  const headstart = describe(classifier);
  const text = new TextEncoder();
  return [
    { path: "model.json", bytes: text.encode(JSON.stringify({ ...modelJson, userDefinedMetadata: { headstart } })) },
    { path: "weights.bin", bytes: weights },
  ];
}
