import type { GraphFault, TfjsFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { count, list } from "../../language.ts";
import { fieldProblem } from "./fields.ts";

const AGAIN = "Export the model again.";
const APART = "The files do not belong together: add those of one export.";

export const tfjsFaults: FaultWords<TfjsFault> = {
  "tfjs/layers-model": (problem) => `The model is not a layers-model: ${fieldProblem(problem)}. ${AGAIN}`,
  "tfjs/graph-model": (problem) => `The model is not a graph-model: ${fieldProblem(problem)}. ${AGAIN}`,
  "tfjs/classifier": (problem) =>
    `The description of the classifier cannot be read: ${fieldProblem(problem)}. ${
      problem.rule === "newer-headstart" ? "Open it there." : AGAIN
    }`,
  "tfjs/part-missing": ({ layer, part }) => `Layer “${layer}” has no ${part} among the weights. ${APART}`,
  "tfjs/weights-cut-short": ({ weight, bytes, start, end }) =>
    `The weights end at byte ${count(bytes)}, within “${weight}”, which needs bytes ${count(start)} to ${count(end)}. The weight file is incomplete: download or copy it again.`,
  "tfjs/weights-left-over": ({ bytes }) =>
    `The weights hold ${count(bytes)} bytes more than model.json describes. ${APART}`,
};

/** “Node “relu” (Einsum)” */
const node = (fault: { readonly node: string; readonly op: string }) => `Node “${fault.node}” (${fault.op})`;
const NOT_READ = "Convert the model to a TensorFlow.js layers-model, or choose another one.";

export const graphFaults: FaultWords<GraphFault> = {
  "graph/ends": () => `The graph does not have one input and one output, as an image classifier has. ${NOT_READ}`,
  "graph/too-many-nodes": ({ nodes, most }) =>
    `The graph has ${count(nodes)} nodes; the most is ${count(most)}. Choose a smaller model.`,
  "graph/circle": (fault) => `The graph runs in a circle at “${fault.node}”. ${AGAIN}`,
  "graph/no-image": ({ source }) => `The graph takes from “${source}”, which gives no image data. ${NOT_READ}`,
  "graph/weight-missing": ({ weight }) => `The weights lack “${weight}”. ${APART}`,
  "graph/damaged-file": ({ byte }) => `The file is damaged at byte ${count(byte)}. Download or copy it again.`,
  "graph/tensor-type": ({ tensor, type }) =>
    `“${tensor}” holds numbers of type ${type}, not 32-bit floating-point numbers. Export the model in float32, not quantised.`,
  "graph/beyond-end": ({ tensor, bytes: size }) =>
    `“${tensor}” reaches beyond the end of its file, byte ${count(size)}. Download or copy it again.`,
  "graph/form": (fault) => `${node(fault)} has a form that Headstart does not read: ${fault.what}. ${NOT_READ}`,
  "graph/source": (fault) => `${node(fault)} takes from “${fault.source}”, which does not come before it. ${AGAIN}`,
  "graph/unknown-operation": (fault) => `${node(fault)} is an operation that Headstart does not know. ${NOT_READ}`,
  "graph/statistics": (fault) => `${node(fault)} has statistics that are not constant. ${NOT_READ}`,
  "graph/bias": (fault) =>
    `${node(fault)} adds a bias to something other than a convolution or dense layer. ${NOT_READ}`,
  "graph/combination": (fault) =>
    `${node(fault)} combines two results in a way that Headstart does not know. ${NOT_READ}`,
  "graph/scaling": (fault) => `${node(fault)} scales something other than the input. ${NOT_READ}`,
  "graph/second-input": (fault) => `${node(fault)} is a second input; an image classifier has one. ${NOT_READ}`,
  "graph/open-size": (fault) => `${node(fault)} has no fixed [height, width, 3] size. Convert the model with one.`,
  "graph/axes": (fault) =>
    `${node(fault)} averages the axes ${list(fault.axes.map(String))}, not height and width. ${NOT_READ}`,
  "graph/fused": (fault) =>
    `${node(fault)} is fused with ${fault.activation}, which Headstart does not know. ${NOT_READ}`,
  "graph/not-constant": (fault) => `${node(fault)} needs “${fault.source}” to be constant. ${NOT_READ}`,
  "graph/attribute": (fault) => `${node(fault)} has an unreadable attribute “${fault.attribute}”. ${AGAIN}`,
  "graph/no-attribute": (fault) => `${node(fault)} has no ${fault.attribute}. ${AGAIN}`,
  "graph/padding": (fault) => `${node(fault)} has the padding “${fault.padding}”, not SAME or VALID. ${NOT_READ}`,
};
