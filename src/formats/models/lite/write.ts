/** A classifier as a TensorFlow Lite model that takes pixels as they are, with the metadata that task libraries read. */
import { bakePreprocessing } from "../../../network/bake-preprocessing.ts";
import { AS_THEY_ARE } from "../../../network/feedings.ts";
import { freeName } from "../../../network/graph.ts";
import type { Classifier } from "../../../network/model.ts";
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
