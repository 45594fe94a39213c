import type { Activation, Network, NetworkNode, Padding, Weight } from "../network.ts";
import { outputLength } from "../shapes.ts";

export type WeightPart = "kernel" | "bias" | "gamma" | "beta" | "mean" | "variance";

/** Gives a layer's weight. `shape` is the one that the architecture wants: whoever answers checks it. */
export type WeightSource = (layer: string, part: WeightPart, shape: readonly number[]) => Weight;

/** A node's result: `[height, width, channels]`. */
export interface Tap {
  readonly name: string;
  readonly shape: readonly [number, number, number];
}

export interface Convolution {
  readonly filters: number;
  /** [height, width], or the side of a square. */
  readonly kernel: number | readonly [number, number];
  readonly stride?: number;
  readonly padding?: Padding;
  readonly bias?: boolean;
  readonly activation?: Activation | null;
}

export interface Depthwise {
  /** The side of a square. */
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: Padding;
}

type Sides = readonly [number, number];

/** Adds the layers of an architecture one after another and keeps count of their sizes. */
export class GraphBuilder {
  readonly input: Tap;
  readonly #name: string;
  readonly #source: WeightSource;
  readonly #nodes: NetworkNode[] = [];
  readonly #counts = new Map<string, number>();

  constructor(name: string, [height, width]: readonly [number, number], source: WeightSource) {
    this.#name = name;
    this.#source = source;
    this.input = { name: "input", shape: [height, width, 3] };
  }

  finish(output: Tap): Network {
    return { name: this.#name, input: this.input, nodes: this.#nodes, output: output.name };
  }

  /** The name that Keras gives the next layer of a class that has none: `conv2d`, `conv2d_1`, … */
  nextName(kind: string): string {
    const count = this.#counts.get(kind) ?? 0;
    this.#counts.set(kind, count + 1);
    return count ? `${kind}_${count}` : kind;
  }

  conv2d(
    name: string,
    from: Tap,
    { filters, kernel, stride = 1, padding = "SAME", bias = true, activation = null }: Convolution,
  ): Tap {
    const [height, width] = typeof kernel === "number" ? [kernel, kernel] : kernel;
    const weights = {
      kernel: this.#source(name, "kernel", [height, width, from.shape[2], filters]),
      ...(bias ? { bias: this.#source(name, "bias", [filters]) } : {}),
    };
    const attributes = { strides: [stride, stride], padding, dilations: [1, 1], activation } as const;
    const shape = windowed(from, [height, width], stride, padding, filters);
    return this.#add({ name, op: "Conv2D", inputs: [from.name], attributes, weights }, shape);
  }

  /** Without bias. */
  depthwise(name: string, from: Tap, { kernel = 3, stride = 1, padding = "SAME" }: Depthwise = {}): Tap {
    const channels = from.shape[2];
    const weights = { kernel: this.#source(name, "kernel", [kernel, kernel, channels, 1]) };
    const attributes = { strides: [stride, stride], padding, dilations: [1, 1], activation: null } as const;
    const shape = windowed(from, [kernel, kernel], stride, padding, channels);
    return this.#add({ name, op: "DepthwiseConv2dNative", inputs: [from.name], attributes, weights }, shape);
  }

  batchNorm(name: string, from: Tap, { epsilon = 1e-3, scale = true } = {}): Tap {
    const part = (which: WeightPart) => this.#source(name, which, [from.shape[2]]);
    const weights = {
      ...(scale ? { gamma: part("gamma") } : {}),
      beta: part("beta"),
      mean: part("mean"),
      variance: part("variance"),
    };
    const attributes = { epsilon };
    return this.#add({ name, op: "FusedBatchNormV3", inputs: [from.name], attributes, weights }, from.shape);
  }

  activate(name: string, from: Tap, op: Activation): Tap {
    return this.#add({ name, op, inputs: [from.name], attributes: {}, weights: {} }, from.shape);
  }

  pad(name: string, from: Tap, vertical: Sides, horizontal: Sides): Tap {
    const [height, width, channels] = from.shape;
    const attributes = { paddings: [vertical, horizontal] } as const;
    const shape = [height + vertical[0] + vertical[1], width + horizontal[0] + horizontal[1], channels] as const;
    return this.#add({ name, op: "Pad", inputs: [from.name], attributes, weights: {} }, shape);
  }

  pool(name: string, from: Tap, op: "MaxPool" | "AvgPool", side: number, stride: number, padding: Padding): Tap {
    const attributes = { windowSize: [side, side], strides: [stride, stride], padding } as const;
    const shape = windowed(from, [side, side], stride, padding, from.shape[2]);
    return this.#add({ name, op, inputs: [from.name], attributes, weights: {} }, shape);
  }

  add(name: string, left: Tap, right: Tap): Tap {
    const inputs = [left.name, right.name];
    return this.#add({ name, op: "AddV2", inputs, attributes: {}, weights: {} }, left.shape);
  }

  concat(name: string, parts: readonly [Tap, ...Tap[]]): Tap {
    const [{ shape }] = parts;
    const channels = parts.reduce((sum, part) => sum + part.shape[2], 0);
    const inputs = parts.map((part) => part.name);
    return this.#add({ name, op: "ConcatV2", inputs, attributes: {}, weights: {} }, [shape[0], shape[1], channels]);
  }

  #add(node: NetworkNode, shape: Tap["shape"]): Tap {
    this.#nodes.push(node);
    return { name: node.name, shape };
  }
}

function windowed(
  { shape: [height, width] }: Tap,
  [windowHeight, windowWidth]: readonly [number, number],
  stride: number,
  padding: Padding,
  channels: number,
): Tap["shape"] {
  return [
    outputLength(height, windowHeight, stride, 1, padding),
    outputLength(width, windowWidth, stride, 1, padding),
    channels,
  ];
}
