/** What the nodes of an ONNX graph give: results of the network's nodes, or constants. */
import { type GraphBuilder, type Origin, refuse } from "../graph-builder.ts";
import type { OnnxAttribute, OnnxNode } from "./proto.ts";
import type { Tensor } from "./tensor.ts";

/** How ONNX has the dimensions of a result; the network has maps with the channels last. */
export type Layout = "channels first" | "channels last" | "flat";

export interface Result {
  readonly kind: "result";
  /** The node that gives it, or the network's input. */
  readonly node: string;
  readonly layout: Layout;
  /** The map that it was, whose channels came first; the next dense layer's rows are put in order by it. */
  readonly flattened: readonly [height: number, width: number, channels: number] | null;
}

export interface OnnxOperation {
  readonly node: OnnxNode;
  readonly opset: number;
  /** Of the result. */
  readonly name: string;
  readonly values: Values;
  readonly builder: GraphBuilder;
}

/** What an operation gives, as a node of the network, or a constant worked out. */
export type Translator = (operation: OnnxOperation) => Result | Tensor;

export class Values {
  readonly builder: GraphBuilder;
  readonly #constants: Map<string, Tensor>;
  readonly #results = new Map<string, Result>();

  constructor(builder: GraphBuilder, tensors: ReadonlyMap<string, Tensor>) {
    this.builder = builder;
    this.#constants = new Map(tensors);
  }

  set(name: string, value: Result | Tensor): void {
    if ("kind" in value) this.#results.set(name, value);
    else this.#constants.set(name, value);
  }

  result(name: string): Result | undefined {
    return this.#results.get(name);
  }

  constant(name: string): Tensor | undefined {
    return this.#constants.get(name);
  }
}

export function originOf({ node }: OnnxOperation): Origin {
  return { name: node.name, op: node.op };
}

/** The result that is the input of that number. */
export function resultOf(operation: OnnxOperation, at: number): Result {
  const name = operation.node.inputs[at] ?? "";
  return operation.values.result(name) ?? refuse(originOf(operation), { code: "graph/source", source: name });
}

/** The constant that is the input of that number. */
export function constantOf(operation: OnnxOperation, at: number): Tensor {
  return (
    optionalConstant(operation, at) ??
    refuse(originOf(operation), { code: "graph/not-constant", source: operation.node.inputs[at] ?? "" })
  );
}

/** undefined when there is no such input. */
export function optionalConstant(operation: OnnxOperation, at: number): Tensor | undefined {
  const name = operation.node.inputs[at] ?? "";
  if (name === "") return undefined;
  return operation.values.constant(name) ?? refuse(originOf(operation), { code: "graph/not-constant", source: name });
}

export function attributeOf({ node }: OnnxOperation, name: string): OnnxAttribute | undefined {
  return node.attributes.get(name);
}

export function numberOf(operation: OnnxOperation, name: string, fallback: number): number {
  return attributeOf(operation, name)?.number ?? fallback;
}

export function numbersOf(operation: OnnxOperation, name: string, fallback: readonly number[]): readonly number[] {
  const numbers = attributeOf(operation, name)?.numbers ?? [];
  return numbers.length ? numbers : fallback;
}

/** Numbers that newer versions have as an input, and older ones as an attribute. */
export function listOf(operation: OnnxOperation, name: string, input: number): readonly number[] | null {
  const numbers = numbersOf(operation, name, []);
  if (numbers.length) return numbers;
  const constant = optionalConstant(operation, input);
  return constant ? [...constant.data] : null;
}

export function unread(operation: OnnxOperation, what: string): never {
  return refuse(originOf(operation), { code: "graph/form", what });
}

/** As what it was made from, under another name. */
export function like(result: Result, node: string): Result {
  return { ...result, node };
}

/** The dimensions as ONNX counts them, without the batch. */
export function rankOf({ layout }: Result): number {
  return layout === "flat" ? 1 : 3;
}

/** Where ONNX has the channels among all dimensions, the batch included. */
export function channelAxis({ layout }: Result): number {
  return layout === "channels last" ? 3 : 1;
}

/** A constant that is one number for each channel, or one for all; anything else is no scaling. */
export function perChannel(operation: OnnxOperation, constant: Tensor, result: Result): number | Float32Array {
  const { shape, data } = constant;
  if (data.length === 1) return data[0] ?? Number.NaN;
  const rank = rankOf(result) + 1;
  const padded = [...Array.from({ length: Math.max(0, rank - shape.length) }, () => 1), ...shape];
  const axis = channelAxis(result);
  const fits = padded.length === rank && padded.every((length, at) => at === axis || length === 1);
  if (!fits || data.length !== operation.builder.channelsOf(result.node)) unread(operation, `[${shape}]`);
  if (result.flattened) unread(operation, `[${shape}]`);
  return data;
}
