/** A classifier as an ONNX model that takes pixels as they are: https://github.com/onnx/onnx/blob/main/docs/IR.md */
import { freeName } from "../../../network/graph.ts";
import type { Classifier, Preprocessing } from "../../../network/model.ts";
import { inferShapes } from "../../../network/shapes.ts";
import { ONNX_TYPES, OnnxGraph } from "./written-graph.ts";
import { ProtobufMessage } from "./written-message.ts";
import { addOnnxNode, TO_CHANNELS_FIRST } from "./written-nodes.ts";

const IR_VERSION = 8;
/** The first with LayerNormalization. */
const OPERATOR_SET = 17;

/**
 * Takes `[batch, height, width, 3]` bytes, red, green and blue from 0 to 255, and gives `[batch, classes]` probabilities:
 * scaling and the order of the channels are in the model. Its metadata say how a photo is cut and what the classes are.
 *
 * @throws NetworkError when the network does not fit together
 */
export function writeOnnx(classifier: Classifier): Uint8Array {
  const { name, classNames, preprocessing, network } = classifier;
  const shapes = inferShapes(network);
  const graph = new OnnxGraph();
  const photos = freeName(network, "photos");
  const values = new Map([[network.input.name, feed(graph, photos, preprocessing)]]);
  const writtenAs = (source: string) => values.get(source) ?? source;
  for (const node of network.nodes) {
    const [first = ""] = node.inputs;
    const place = { from: shapes.get(first) ?? [], to: shapes.get(node.name) ?? [] };
    values.set(node.name, addOnnxNode(node, { graph, inputs: node.inputs.map(writtenAs), ...place }));
  }
  const { height, width } = preprocessing;
  const facts = { classNames, preprocessing };
  return new ProtobufMessage()
    .int(1, IR_VERSION)
    .text(2, "Headstart")
    .message(
      7,
      graph.toMessage(
        name,
        { name: photos, type: ONNX_TYPES.uint8, shape: [height, width, 3] },
        { name: writtenAs(network.output), shape: [classNames.length] },
      ),
    )
    .message(8, new ProtobufMessage().text(1, "").int(2, OPERATOR_SET))
    .message(14, new ProtobufMessage().text(1, "headstart").text(2, JSON.stringify(facts)))
    .toBytes();
}

/** Bytes to what the network is fed with. @returns the name of that value */
function feed(graph: OnnxGraph, photos: string, { channelOrder, scale, offset }: Preprocessing): string {
  const numbers = graph.node("Cast", `${photos}/numbers`, [photos], { to: ONNX_TYPES.float });
  let value = graph.node("Transpose", `${photos}/channels-first`, [numbers], { perm: TO_CHANNELS_FIRST });
  if (channelOrder === "BGR") {
    value = graph.node("Gather", `${photos}/bgr`, [value, graph.ints(`${photos}/order`, [2, 1, 0])], { axis: 1 });
  }
  const perChannel = (part: string, data: readonly number[]) =>
    graph.floats(`${photos}/${part}`, { shape: [1, 3, 1, 1], data: Float32Array.from(data) });
  const scaled = graph.node("Mul", `${photos}/scaled`, [value, perChannel("scale", scale)]);
  return graph.node("Add", `${photos}/input`, [scaled, perChannel("offset", offset)]);
}

/** The model with its labels, how a photo is fed to it, and a program that uses it. */
export function writeOnnxClassifier(classifier: Classifier): { path: string; bytes: Uint8Array }[] {
  const { classNames, preprocessing } = classifier;
  const text = new TextEncoder();
  return [
    { path: "model.onnx", bytes: writeOnnx(classifier) },
    { path: "labels.txt", bytes: text.encode(`${classNames.join("\n")}\n`) },
    { path: "preprocess.json", bytes: text.encode(`${JSON.stringify(inWords(preprocessing), null, 2)}\n`) },
    { path: "README.txt", bytes: text.encode(readme(classifier)) },
  ];
}

/** For whoever feeds the model: its own scaling is not among it. */
function inWords({ height, width, crop }: Preprocessing) {
  return { height, width, crop, channelOrder: "RGB", type: "uint8", range: [0, 255], layout: "NHWC" };
}

function readme({ name, classNames, preprocessing: { height, width, crop } }: Classifier): string {
  const fitted =
    crop === "center" ? `ImageOps.fit(photo, (${width}, ${height}))` : `photo.resize((${width}, ${height}))`;
  return `${name}: an image classifier in ONNX, made with Headstart.

Input   photos: uint8 [batch, ${height}, ${width}, 3], red, green and blue from 0 to 255; ${
    crop === "center" ? "the largest centred part of the photo that has this shape" : "the whole photo, stretched"
  }
Output  probabilities: float32 [batch, ${classNames.length}], in the order of labels.txt

With Python, after "pip install onnxruntime pillow", as "python classify.py photo.jpg":

import sys
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

labels = open("labels.txt", encoding="utf-8").read().splitlines()
model = onnxruntime.InferenceSession("model.onnx")
photo = ImageOps.exif_transpose(Image.open(sys.argv[1])).convert("RGB")
pixels = np.asarray(${fitted}, np.uint8)[np.newaxis]
(probabilities,) = model.run(None, {model.get_inputs()[0].name: pixels})
for label, probability in zip(labels, probabilities[0]):
    print(f"{probability:6.1%}  {label}")
`;
}
