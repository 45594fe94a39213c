/** An operation of a TensorFlow Lite graph, and what it can ask for. */
import type { ActivationNode, Weight } from "../../../network/network.ts";
import { type GraphBuilder, type Origin, refuse } from "../graph-builder.ts";
import type { LiteOperator, LiteTensor } from "./model.ts";

export interface LiteParts {
  readonly operator: LiteOperator;
  /** Of the result. */
  readonly name: string;
  readonly tensors: readonly LiteTensor[];
  /** Names of the network's nodes by the tensors that they give. */
  readonly results: ReadonlyMap<number, string>;
  /** Tensors that are made of constants of half the bytes, and those that they are made of. */
  readonly widened: ReadonlyMap<number, number>;
  readonly builder: GraphBuilder;
}

export class LiteOperation {
  readonly operator: LiteOperator;
  readonly name: string;
  readonly builder: GraphBuilder;
  readonly #parts: LiteParts;

  constructor(parts: LiteParts) {
    this.#parts = parts;
    this.operator = parts.operator;
    this.name = parts.name;
    this.builder = parts.builder;
  }

  get origin(): Origin {
    return { name: this.tensor(this.operator.output)?.name ?? this.name, op: this.operator.op };
  }

  tensor(at: number): LiteTensor | undefined {
    return this.#parts.tensors[at];
  }

  /** The node that gives the input of that number. */
  input(at: number): string {
    const number = this.operator.inputs[at] ?? -1;
    const source = this.tensor(number)?.name ?? `${number}`;
    return this.#parts.results.get(number) ?? refuse(this.origin, { code: "graph/source", source });
  }

  hasResult(at: number): boolean {
    return this.#parts.results.has(this.operator.inputs[at] ?? -1);
  }

  constant(at: number): Weight {
    const given = this.operator.inputs[at] ?? -1;
    const number = this.#parts.widened.get(given) ?? given;
    const constant = this.tensor(number)?.constant;
    if (constant) return constant();
    return refuse(this.origin, { code: "graph/not-constant", source: this.tensor(number)?.name ?? `${number}` });
  }

  optionalConstant(at: number): Weight | undefined {
    return (this.operator.inputs[at] ?? -1) < 0 ? undefined : this.constant(at);
  }

  integer(field: number, fallback = 0): number {
    return this.operator.options?.i32(field, fallback) ?? fallback;
  }

  byte(field: number, fallback = 0): number {
    return this.operator.options?.i8(field, fallback) ?? fallback;
  }

  unread(what: string): never {
    return refuse(this.origin, { code: "graph/form", what });
  }

  /** The name under which a node gives the result before its activation. */
  nameBefore(activation: number): string {
    return activation === 0 ? this.name : `${this.name}_linear`;
  }

  /** The operation's own activation, behind its result. */
  activated(node: string, activation: number): string {
    const op = FUSED[activation];
    if (op === undefined) return this.unread(`activation ${activation}`);
    return op === null ? node : this.bare(op, node);
  }

  bare(op: ActivationNode["op"], input: string): string {
    return this.builder.push({ name: this.name, op, inputs: [input], attributes: {}, weights: {} });
  }

  reshape(input: string, shape: readonly number[]): string {
    return this.builder.push({ name: this.name, op: "Reshape", inputs: [input], attributes: { shape }, weights: {} });
  }
}

const FUSED: Readonly<Record<number, ActivationNode["op"] | null>> = { 0: null, 1: "Relu", 3: "Relu6", 4: "Tanh" };
