/** TensorFlow.js graph-models: a frozen TensorFlow graph as JSON, as TF Hub's MobileNets are. */
import * as v from "valibot";
import type { Activation, ConvolutionAttributes, Network, NetworkNode, Weight } from "../../network/network.ts";
import { addShape, inferShapes, type Shape, startShapes } from "../../network/shapes.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem } from "../field-problem.ts";
import { attribute, bareName, decodeText, GraphNode, inOrder, paddingOf, refuse, spatial } from "./tfjs-graph-node.ts";
import { decodeWeights, WeightsManifest } from "./tfjs-weights.ts";

const GraphModelJson = v.object({
  modelTopology: v.object({ node: v.array(GraphNode) }),
  weightsManifest: WeightsManifest,
});

export interface GraphModel {
  readonly network: Network;
  /** What the graph does to its input before anything else, as value = input × scale + offset; taken out of the network. */
  readonly inputScale: number;
  readonly inputOffset: number;
}

/**
 * Reads a graph-model with one image input and one output.
 *
 * @throws FormatError naming the node or weight that is wrong
 */
export function readGraphModel(modelJson: unknown, weightBytes: Uint8Array): GraphModel {
  const parsed = v.safeParse(GraphModelJson, modelJson);
  if (!parsed.success) throw new FormatError({ code: "tfjs/graph-model", ...fieldProblem(parsed.issues) });
  const { modelTopology, weightsManifest } = parsed.output;
  return new Reader(decodeWeights(weightsManifest, weightBytes)).read(modelTopology.node);
}

class Reader {
  readonly #weights: ReadonlyMap<string, Weight>;
  readonly #nodes: NetworkNode[] = [];
  readonly #constants = new Map<string, Weight>();
  /** Graph node's name → the name here of what gives its result. */
  readonly #results = new Map<string, string>();
  /** Of the results so far. */
  #shapes = new Map<string, Shape>();
  #input: Network["input"] | null = null;
  #inputScale = 1;
  #inputOffset = 0;

  constructor(weights: ReadonlyMap<string, Weight>) {
    this.#weights = weights;
  }

  read(graph: readonly GraphNode[]): GraphModel {
    for (const node of inOrder(graph)) this.#add(node);
    const used = new Set(this.#nodes.flatMap(({ inputs }) => inputs));
    const ends = this.#nodes.filter(({ name }) => !used.has(name));
    const [end] = ends;
    if (!this.#input || !end || ends.length > 1) {
      throw new FormatError({ code: "graph/ends" });
    }
    const network: Network = { name: "graph-model", input: this.#input, nodes: this.#nodes, output: end.name };
    inferShapes(network);
    return { network, inputScale: this.#inputScale, inputOffset: this.#inputOffset };
  }

  #add(node: GraphNode): void {
    const name = node.name.replaceAll("/", "_");
    const [first = "", second = "", third = ""] = node.input.map(bareName);
    switch (node.op) {
      case "Const":
        this.#constants.set(node.name, this.#weightNamed(node.name));
        return;
      case "Placeholder":
        this.#setInput(node, name);
        return;
      case "Identity":
        this.#alias(node.name, first);
        return;
      case "Conv2D":
      case "_FusedConv2D":
      case "DepthwiseConv2dNative":
      case "FusedDepthwiseConv2dNative":
        this.#convolution(node, name);
        return;
      case "MatMul":
      case "_FusedMatMul": {
        const { bias, activation } = this.#fused(node, third);
        const weights = { kernel: this.#constant(node, second), ...(bias ? { bias } : {}) };
        this.#push(node, { name, op: "MatMul", inputs: [this.#result(first)], attributes: { activation }, weights });
        return;
      }
      case "BiasAdd":
        this.#bias(node, first, this.#constant(node, second));
        return;
      case "Add":
      case "AddV2":
      case "Sub":
      case "Mul":
      case "RealDiv":
        this.#arithmetic(node, name, first, second);
        return;
      case "FusedBatchNorm":
      case "FusedBatchNormV2":
      case "FusedBatchNormV3": {
        const [, gamma, beta, mean, variance] = node.input.map(bareName).map((input) => this.#constants.get(input));
        if (!gamma || !beta || !mean || !variance) refuse(node, { code: "graph/statistics" });
        const attributes = { epsilon: attribute(node, "epsilon").f ?? 1e-3 };
        const weights = { gamma, beta, mean, variance };
        this.#push(node, { name, op: "FusedBatchNormV3", inputs: [this.#result(first)], attributes, weights });
        return;
      }
      case "Relu":
      case "Relu6":
      case "Sigmoid":
      case "Tanh":
      case "Elu":
      case "Softmax":
        this.#push(node, { name, op: node.op, inputs: [this.#result(first)], attributes: {}, weights: {} });
        return;
      case "MaxPool":
      case "AvgPool":
        this.#pool(node, node.op, name);
        return;
      case "Mean":
      case "Squeeze":
      case "Reshape":
      case "Pad":
        this.#rearrange(node, name);
        return;
      case "ConcatV2": {
        const inputs = node.input.slice(0, -1).map((input) => this.#result(bareName(input)));
        this.#push(node, { name, op: "ConcatV2", inputs, attributes: {}, weights: {} });
        return;
      }
      default:
        refuse(node, { code: "graph/unknown-operation" });
    }
  }

  #convolution(node: GraphNode, name: string): void {
    const [first = "", filter = "", third = ""] = node.input.map(bareName);
    const { bias, activation } = this.#fused(node, third);
    const attributes: ConvolutionAttributes = {
      strides: spatial(node, "strides"),
      padding: paddingOf(node),
      dilations: spatial(node, "dilations", [1, 1]),
      activation,
    };
    const op = node.op.includes("Depthwise") ? "DepthwiseConv2dNative" : "Conv2D";
    const weights = { kernel: this.#constant(node, filter), ...(bias ? { bias } : {}) };
    this.#push(node, { name, op, inputs: [this.#result(first)], attributes, weights });
  }

  #pool(node: GraphNode, op: "MaxPool" | "AvgPool", name: string): void {
    const [first = ""] = node.input.map(bareName);
    const attributes = {
      windowSize: spatial(node, "ksize"),
      strides: spatial(node, "strides"),
      padding: paddingOf(node),
    };
    this.#push(node, { name, op, inputs: [this.#result(first)], attributes, weights: {} });
  }

  /** The mean over the plane, other shapes, and zeros around the plane. */
  #rearrange(node: GraphNode, name: string): void {
    const [first = "", second = ""] = node.input.map(bareName);
    const inputs = [this.#result(first)];
    if (node.op === "Mean") {
      const axes = [...this.#constant(node, second).data].map((axis) => (axis + 4) % 4).toSorted();
      if (`${axes}` !== "1,2") refuse(node, { code: "graph/axes", axes });
      const attributes = { keepDimensions: attribute(node, "keep_dims").b ?? false };
      this.#push(node, { name, op: "Mean", inputs, attributes, weights: {} });
    } else if (node.op === "Pad") {
      const [, , top = 0, bottom = 0, left = 0, right = 0] = this.#constant(node, second).data;
      const paddings = [[top, bottom] as const, [left, right] as const] as const;
      this.#push(node, { name, op: "Pad", inputs, attributes: { paddings }, weights: {} });
    } else {
      const shape = node.op === "Squeeze" ? this.#shapeOf(first).filter((length) => length !== 1) : this.#target(node);
      this.#push(node, { name, op: "Reshape", inputs, attributes: { shape }, weights: {} });
    }
  }

  /** The shape that a Reshape asks for, per sample. */
  #target(node: GraphNode): number[] {
    const [first = "", second = ""] = node.input.map(bareName);
    const total = this.#shapeOf(first).reduce((product, length) => product * length, 1);
    const [, ...target] = this.#constant(node, second).data;
    const known = target.filter((length) => length > 0).reduce((product, length) => product * length, 1);
    return target.map((length) => (length > 0 ? length : total / known));
  }

  /** A constant added to a convolution's or dense layer's bare result becomes its bias. */
  #bias(node: GraphNode, source: string, bias: Weight): void {
    const at = this.#nodes.findIndex(({ name }) => name === this.#result(source));
    const before = this.#nodes[at];
    const isBare = before && "kernel" in before.weights && !before.weights.bias;
    if (!before || !isBare) refuse(node, { code: "graph/bias" });
    this.#nodes[at] = { ...before, weights: { ...before.weights, bias } } as NetworkNode;
    this.#alias(node.name, source);
  }

  /** Additions join two results, or shift one by a constant; scalings are known on the input only. */
  #arithmetic(node: GraphNode, name: string, first: string, second: string): void {
    const constant = this.#constants.get(second) ?? this.#constants.get(first);
    const source = this.#constants.has(first) ? second : first;
    if (!constant) {
      if (node.op !== "Add" && node.op !== "AddV2") refuse(node, { code: "graph/combination" });
      const inputs = [this.#result(first), this.#result(second)];
      this.#push(node, { name, op: "AddV2", inputs, attributes: {}, weights: {} });
      return;
    }
    const [value] = constant.data;
    if (this.#result(source) === this.#input?.name && constant.data.length === 1 && value !== undefined) {
      if (node.op === "Mul" || node.op === "RealDiv") {
        const factor = node.op === "Mul" ? value : 1 / value;
        this.#inputScale *= factor;
        this.#inputOffset *= factor;
      } else {
        this.#inputOffset += node.op === "Sub" ? -value : value;
      }
      this.#alias(node.name, source);
    } else if (node.op === "Add" || node.op === "AddV2") {
      this.#bias(node, source, constant);
    } else {
      refuse(node, { code: "graph/scaling" });
    }
  }

  #fused(node: GraphNode, biasName: string): { bias: Weight | null; activation: Activation | null } {
    const ops = (attribute(node, "fused_ops").list?.s ?? []).map(decodeText);
    const bias = ops.includes("BiasAdd") ? this.#constant(node, biasName) : null;
    const activation = ops.find((op) => op !== "BiasAdd") ?? null;
    if (activation !== null && !isActivation(activation)) refuse(node, { code: "graph/fused", activation });
    return { bias, activation };
  }

  #setInput(node: GraphNode, name: string): void {
    if (this.#input) refuse(node, { code: "graph/second-input" });
    const [, ...shape] = (attribute(node, "shape").shape?.dim ?? []).map(({ size }) => Number(size));
    if (shape.length !== 3 || shape.some((length) => !(length > 0))) refuse(node, { code: "graph/open-size" });
    this.#input = { name, shape };
    this.#shapes = startShapes(this.#input);
    this.#results.set(node.name, name);
  }

  #push(node: GraphNode, translated: NetworkNode): void {
    addShape(this.#shapes, translated);
    this.#nodes.push(translated);
    this.#results.set(node.name, translated.name);
  }

  #alias(name: string, source: string): void {
    const constant = this.#constants.get(source);
    if (constant) this.#constants.set(name, constant);
    else this.#results.set(name, this.#result(source));
  }

  #result(name: string): string {
    const result = this.#results.get(name);
    if (result === undefined) throw new FormatError({ code: "graph/no-image", source: name });
    return result;
  }

  #constant(node: GraphNode, name: string): Weight {
    return this.#constants.get(name) ?? refuse(node, { code: "graph/not-constant", source: name });
  }

  #weightNamed(name: string): Weight {
    const weight = this.#weights.get(name);
    if (!weight) throw new FormatError({ code: "graph/weight-missing", weight: name });
    return weight;
  }

  #shapeOf(name: string): Shape {
    return this.#shapes.get(this.#result(name)) ?? [];
  }
}

function isActivation(name: string): name is Activation {
  return ["Relu", "Relu6", "Sigmoid", "Tanh", "Elu"].includes(name);
}
