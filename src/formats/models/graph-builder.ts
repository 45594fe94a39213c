/** Networks from graphs of operations, as ONNX and TensorFlow Lite keep them: what the two readers share. */

import { MAX_NODES, MAX_WEIGHTS } from "../../network/budget.ts";
import { NetworkError } from "../../network/errors.ts";
import type { ConvolutionAttributes, Network, NetworkNode, PoolAttributes, Weight } from "../../network/network.ts";
import { scaleAndOffset } from "../../network/scaling.ts";
import { addShape, outputLength, type Shape, samePadding, startShapes } from "../../network/shapes.ts";
import { FormatError } from "../errors.ts";
import type { GraphNodeProblem } from "./errors.ts";

/** Zeroes [before, after] along one dimension. */
export type Sides = readonly [before: number, after: number];

/** A window that moves over a map, along height and width. */
export interface WindowPlan {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly pads: readonly [Sides, Sides];
}

/** The node of the file that is being read, for messages. */
export interface Origin {
  readonly name: string;
  readonly op: string;
}

export function refuse({ name, op }: Origin, problem: GraphNodeProblem): never {
  throw new FormatError({ ...problem, node: name, op });
}

/** Letters; TensorFlow Lite's names may be those of many nodes that were made one. */
const MAX_NAME = 60;

export class GraphBuilder {
  readonly input: Network["input"];
  readonly #nodes: NetworkNode[] = [];
  readonly #shapes: Map<string, Shape>;
  readonly #names = new Set<string>();
  #numbers = 0;

  constructor({ name, shape }: Network["input"]) {
    this.input = { name: this.nameFor(name), shape };
    this.#shapes = startShapes(this.input);
  }

  /** A name for a node that TensorFlow.js takes too, which no other has; as near to the file's own as can be. */
  nameFor(own: string): string {
    const plain =
      own
        .replace(/[^\w.]+/g, "_")
        .slice(-MAX_NAME)
        .replace(/^[^A-Za-z0-9]+/, "") || "node";
    let free = plain;
    for (let number = 2; this.#names.has(free); number++) free = `${plain}_${number}`;
    this.#names.add(free);
    return free;
  }

  /** Adds a node; gives its name. @throws NetworkError when it does not fit, or the network grows too large */
  push(node: NetworkNode): string {
    addShape(this.#shapes, node);
    this.#nodes.push(node);
    if (this.#nodes.length > MAX_NODES) throw new NetworkError({ code: "network/too-many-nodes", most: MAX_NODES });
    return node.name;
  }

  shapeOf(name: string): Shape {
    return this.#shapes.get(name) ?? [];
  }

  channelsOf(name: string): number {
    return this.shapeOf(name).at(-1) ?? 0;
  }

  /** To be called before weights are copied: nodes may all name one large array. */
  take(numbers: number): void {
    this.#numbers += numbers;
    if (!(this.#numbers <= MAX_WEIGHTS))
      throw new NetworkError({ code: "network/too-many-weights", most: MAX_WEIGHTS });
  }

  finish(name: string, output: string): Network {
    return { name, input: this.input, nodes: this.#nodes, output };
  }

  convolve(
    name: string,
    input: string,
    plan: Omit<WindowPlan, "size">,
    weights: { readonly kernel: Weight; readonly bias?: Weight },
    isDepthwise: boolean,
  ): string {
    const [height = 0, width = 0] = weights.kernel.shape;
    const { from, padding } = this.#withPadding(name, input, { ...plan, size: [height, width] });
    const { strides, dilations } = plan;
    const attributes: ConvolutionAttributes = { strides, padding, dilations, activation: null };
    const op = isDepthwise ? "DepthwiseConv2dNative" : "Conv2D";
    return this.push({ name, op, inputs: [from], attributes, weights });
  }

  /**
   * A pool whose padding counts for nothing. Where TensorFlow's rule would lay the windows elsewhere, rows and columns are pooled
   * one after the other, which is the same for the largest value as for the mean.
   */
  pool(origin: Origin, op: "MaxPool" | "AvgPool", input: string, plan: Omit<WindowPlan, "dilations">): string {
    const { name } = origin;
    const [height = 0, width = 0] = this.shapeOf(input);
    const padding = simplePadding([height, width], { ...plan, dilations: [1, 1] });
    if (padding) return this.#pool(name, op, input, { windowSize: plan.size, strides: plan.strides, padding });
    const rows = this.#poolAlong(0, { ...origin, name: `${name}_rows` }, op, input, plan);
    return this.#poolAlong(1, origin, op, rows, plan);
  }

  #pool(name: string, op: "MaxPool" | "AvgPool", input: string, attributes: PoolAttributes): string {
    return this.push({ name, op, inputs: [input], attributes, weights: {} });
  }

  /** Where no rule of TensorFlow's fits, each place has its window first, and then every n-th place is taken. */
  #poolAlong(
    axis: 0 | 1,
    origin: Origin,
    op: "MaxPool" | "AvgPool",
    input: string,
    { size, strides, pads }: Omit<WindowPlan, "dilations">,
  ): string {
    const alone = (length: number): [number, number] => (axis === 0 ? [length, 1] : [1, length]);
    const length = this.shapeOf(input)[axis] ?? 0;
    const [window, stride, [before, after]] = [size[axis], strides[axis], pads[axis]];
    const [windowSize, steps] = [alone(window), alone(stride)];
    const { name } = origin;
    if (before === 0 && after === 0)
      return this.#pool(name, op, input, { windowSize, strides: steps, padding: "VALID" });
    const same = samePadding(length, window, stride, 1);
    if (same[0] === before && same[1] === after) {
      return this.#pool(name, op, input, { windowSize, strides: steps, padding: "SAME" });
    }
    const count = outputLength(length + before + after, window, stride, 1, "VALID");
    if (2 * before + 1 !== window || count !== Math.ceil(length / stride)) {
      refuse(origin, { code: "graph/form", what: `pads ${pads}` });
    }
    const everywhere = { windowSize, strides: [1, 1], padding: "SAME" } as const;
    const places = this.#pool(`${name}_everywhere`, op, input, everywhere);
    return this.#pool(name, "MaxPool", places, { windowSize: [1, 1], strides: steps, padding: "VALID" });
  }

  /** Zeroes around a map, with a node of their own. */
  pad(name: string, input: string, paddings: readonly [Sides, Sides]): string {
    if (paddings.flat().every((side) => side === 0)) return input;
    return this.push({ name, op: "Pad", inputs: [input], attributes: { paddings }, weights: {} });
  }

  scale(name: string, input: string, scale: number | ArrayLike<number>, offset: number | ArrayLike<number>): string {
    return this.push(scaleAndOffset(name, input, this.channelsOf(input), scale, offset));
  }

  /** Between two limits: the lowest by a shift, the highest by a scale. */
  clip(name: string, input: string, low: number, high: number): string {
    const range = high - low;
    const bare = (own: string, op: "Relu" | "Relu6", from: string) =>
      this.push({ name: own, op, inputs: [from], attributes: {}, weights: {} });
    if (low === 0 && high === 6) return bare(name, "Relu6", input);
    if (low === 0 && high > 1e30) return bare(name, "Relu", input);
    const shifted = this.scale(`${name}_shifted`, input, 6 / range, (-6 * low) / range);
    const limited = bare(`${name}_limited`, "Relu6", shifted);
    return this.scale(name, limited, range / 6, low);
  }

  #withPadding(name: string, input: string, plan: WindowPlan): { from: string; padding: "SAME" | "VALID" } {
    const [height = 0, width = 0] = this.shapeOf(input);
    const padding = simplePadding([height, width], plan);
    return padding ? { from: input, padding } : { from: this.pad(`${name}_pad`, input, plan.pads), padding: "VALID" };
  }
}

type Lengths = readonly [height: number, width: number];

/** SAME or VALID, where one of them lays the same windows in the same places. */
function simplePadding(lengths: Lengths, { size, strides, dilations, pads }: WindowPlan): "SAME" | "VALID" | null {
  if (pads.flat().every((side) => side === 0)) return "VALID";
  const same = lengths.map((length, axis) =>
    samePadding(length, size[axis] ?? 1, strides[axis] ?? 1, dilations[axis] ?? 1),
  );
  return `${same}` === `${pads}` ? "SAME" : null;
}

/** The zeroes that TensorFlow's SAME adds, with the odd one before or after. */
export function samePads(
  lengths: Lengths,
  { size, strides, dilations }: Omit<WindowPlan, "pads">,
  oddFirst: boolean,
): readonly [Sides, Sides] {
  const along = (axis: 0 | 1): Sides => {
    const [before, after] = samePadding(lengths[axis], size[axis], strides[axis], dilations[axis]);
    return oddFirst ? [after, before] : [before, after];
  };
  return [along(0), along(1)];
}

/** Numbers in another order: `order` names for each new dimension the old one. */
export function transpose({ shape, data }: Weight, order: readonly number[]): Weight {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const target = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const moved = new Float32Array(data.length);
  const at = target.map(() => 0);
  let from = 0;
  for (let to = 0; to < moved.length; to++) {
    moved[to] = data[from] ?? 0;
    // To the next place, last dimension first.
    for (let axis = target.length - 1; axis >= 0; axis--) {
      at[axis] = (at[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if ((at[axis] ?? 0) < (target[axis] ?? 0)) break;
      from -= (steps[axis] ?? 0) * (target[axis] ?? 0);
      at[axis] = 0;
    }
  }
  return { shape: target, data: moved };
}
