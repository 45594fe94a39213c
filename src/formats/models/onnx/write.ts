/** A classifier as an ONNX model that takes pixels as they are: https://github.com/onnx/onnx/blob/main/docs/IR.md */
import { freeName } from "../../../network/graph.ts";
import type { Classifier, Preprocessing } from "../../../network/model.ts";
import { inferShapes } from "../../../network/shapes.ts";
import { describe } from "../own-classifier.ts";
import { DESCRIPTION } from "./proto.ts";
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
    .message(14, new ProtobufMessage().text(1, DESCRIPTION).text(2, JSON.stringify(describe(classifier))))
    .toBytes();
}

/** Bytes to what the network is fed with: one convolution puts the channels in order, scales them and moves them. */
function feed(graph: OnnxGraph, photos: string, { channelOrder, scale, offset }: Preprocessing): string {
  const numbers = graph.node("Cast", `${photos}/numbers`, [photos], { to: ONNX_TYPES.float });
  const value = graph.node("Transpose", `${photos}/channels-first`, [numbers], { perm: TO_CHANNELS_FIRST });
  const kernel = new Float32Array(9);
  for (const [channel, factor] of scale.entries()) {
    kernel[channel * 3 + (channelOrder === "RGB" ? channel : 2 - channel)] = factor;
  }
  const parts = [
    graph.floats(`${photos}/scale`, { shape: [3, 3, 1, 1], data: kernel }),
    graph.floats(`${photos}/offset`, { shape: [3], data: Float32Array.from(offset) }),
  ];
  return graph.node("Conv", `${photos}/input`, [value, ...parts]);
}
