/** A classifier as a TensorFlow Lite model that takes pixels as they are, with the metadata that task libraries read. */
import { bakePreprocessing } from "../../../network/bake-preprocessing.ts";
import { AS_THEY_ARE } from "../../../network/feedings.ts";
import { freeName } from "../../../network/graph.ts";
import type { Classifier, Preprocessing } from "../../../network/model.ts";
import { optimiseForInference } from "../../../network/optimise.ts";
import { inferShapes } from "../../../network/shapes.ts";
import { storedZip } from "../../archives/zip-stream.ts";
import { describe } from "../own-classifier.ts";
import { DESCRIPTION } from "./model.ts";
import { writeFlatBuffer } from "./written-flatbuffer.ts";
import { LiteGraph } from "./written-graph.ts";
import { LABELS_FILE, METADATA_NAME, writeMetadata } from "./written-metadata.ts";
import { addLiteNode } from "./written-nodes.ts";

/** How kernels are kept. */
export type LiteWeights = "float32" | "float16";

/**
 * Takes `[1, height, width, 3]` 32-bit floats, red, green and blue from 0 to 255, and gives `[1, classes]` probabilities: scaling
 * and the order of the channels are in the model. Its metadata name the classes, and say how a photo is cut.
 *
 * @throws NetworkError when the network does not fit together
 */
export function writeLite(classifier: Classifier, weights: LiteWeights): Uint8Array {
  const { name, classNames, preprocessing } = classifier;
  const network = optimiseForInference(
    bakePreprocessing(classifier.network, preprocessing, { ...preprocessing, ...AS_THEY_ARE }),
  );
  const shapes = inferShapes(network);
  const graph = new LiteGraph(weights === "float16");
  const photo = graph.result(freeName(network, "photo"), [1, ...network.input.shape]);
  const values = new Map([[network.input.name, photo]]);
  for (const node of network.nodes) {
    const inputs = node.inputs.map((source) => values.get(source) ?? -1);
    values.set(node.name, addLiteNode(node, { graph, inputs, shape: [1, ...(shapes.get(node.name) ?? [])] }));
  }
  const metadata = new Map([
    [METADATA_NAME, writeMetadata(name)],
    [DESCRIPTION, new TextEncoder().encode(JSON.stringify(describe(classifier)))],
  ]);
  const model = graph.toModel(name, { input: photo, output: values.get(network.output) ?? -1 }, metadata);
  const labels = { path: LABELS_FILE, bytes: labelsOf(classNames) };
  return writeFlatBuffer(model, "TFL3", (length) => storedZip([labels], length));
}

function labelsOf(classNames: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`${classNames.join("\n")}\n`);
}

/** The model with its labels, how a photo is fed to it, and a program that uses it. */
export function writeLiteClassifier(
  classifier: Classifier,
  weights: LiteWeights,
): { path: string; bytes: Uint8Array }[] {
  const { classNames, preprocessing } = classifier;
  const text = new TextEncoder();
  return [
    { path: "model.tflite", bytes: writeLite(classifier, weights) },
    { path: "labels.txt", bytes: labelsOf(classNames) },
    { path: "preprocess.json", bytes: text.encode(`${JSON.stringify(inWords(preprocessing), null, 2)}\n`) },
    { path: "README.txt", bytes: text.encode(readme(classifier, weights)) },
  ];
}

/** For whoever feeds the model: its own scaling is not among it. */
function inWords({ height, width, crop }: Preprocessing) {
  return { height, width, crop, channelOrder: "RGB", type: "float32", range: [0, 255], layout: "NHWC" };
}

function readme(
  { name, classNames, preprocessing: { height, width, crop } }: Classifier,
  weights: LiteWeights,
): string {
  const fitted =
    crop === "center" ? `ImageOps.fit(photo, (${width}, ${height}))` : `photo.resize((${width}, ${height}))`;
  return `${name}: an image classifier in TensorFlow Lite (LiteRT), made with Headstart. Its weights are ${weights}.

Input   photo: float32 [1, ${height}, ${width}, 3], red, green and blue from 0 to 255; ${
    crop === "center" ? "the largest centred part of the photo that has this shape" : "the whole photo, stretched"
  }
Output  probabilities: float32 [1, ${classNames.length}], in the order of labels.txt

The model holds its labels and the metadata that image classifiers of MediaPipe Tasks and ML Kit ask for: both take
model.tflite as it is.

With Python, after "pip install ai-edge-litert numpy pillow", as "python classify.py photo.jpg":

import sys
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image, ImageOps

labels = open("labels.txt", encoding="utf-8").read().splitlines()
model = Interpreter("model.tflite")
model.allocate_tensors()
photo = ImageOps.exif_transpose(Image.open(sys.argv[1])).convert("RGB")
pixels = np.asarray(${fitted}, np.float32)[np.newaxis]
model.set_tensor(model.get_input_details()[0]["index"], pixels)
model.invoke()
(probabilities,) = model.get_tensor(model.get_output_details()[0]["index"])
for label, probability in zip(labels, probabilities):
    print(f"{probability:6.1%}  {label}")
`;
}
