import { cutTop } from "./cut.ts";
import { NetworkError } from "./errors.ts";
import type { MatMulNode, Network } from "./network.ts";
import { inferShapes } from "./shapes.ts";

/** A classifier in two: up to its last feature map, and from there to the scores of its classes. */
export interface SplitNetwork {
  /** Ends in the last feature map, `[height, width, channels]`. */
  readonly front: Network;
  /** Takes that map and ends in the probabilities. */
  readonly tail: Network;
  /** The same up to the scores before the softmax; where there is none, up to the probabilities. */
  readonly scores: Network;
  /** The one dense layer of a head that takes the map's averages and nothing else; null for every other head. */
  readonly linear: MatMulNode | null;
}

/** @throws NetworkError `network/no-feature-map` where the network has none, or its last blocks see a single place */
export function splitAtMap(network: Network): SplitNetwork {
  const front = cutTop(network);
  const before = new Set(front.nodes.map(({ name }) => name));
  const nodes = network.nodes.filter(({ name }) => !before.has(name));
  // A photo so small that blocks still follow the last map of several places.
  if (nodes.some(({ op }) => op === "DepthwiseConv2dNative")) {
    throw new NetworkError({ code: "network/no-feature-map", network: network.name });
  }
  const shape = inferShapes(network).get(front.output) ?? [];
  const tail = { name: network.name, input: { name: front.output, shape }, nodes, output: network.output };
  const last = nodes.find(({ name }) => name === network.output);
  const output = last?.op === "Softmax" ? (last.inputs[0] ?? network.output) : network.output;
  const scores = { ...tail, nodes: nodes.filter(({ name }) => name === output || name !== network.output), output };
  return { front, tail, scores, linear: linearOf(scores) };
}

/** Nodes between the pooling and the dense layer that change nothing. */
const CHANGE_NOTHING = new Set(["Dropout", "Reshape"]);

function linearOf({ input, nodes, output }: Network): MatMulNode | null {
  const rest = nodes.filter(({ op }) => !CHANGE_NOTHING.has(op));
  const [pooling, dense] = rest;
  if (rest.length !== 2 || pooling?.op !== "Mean" || dense?.op !== "MatMul") return null;
  const isChain = pooling.inputs[0] === input.name && dense.name === output;
  return isChain && dense.attributes.activation === null ? dense : null;
}
