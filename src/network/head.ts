import type { MatMulNode, Network, NetworkNode } from "./network.ts";

export interface HeadShape {
  /** Length of the embedding it takes. */
  readonly features: number;
  /** Units of each hidden dense layer with ReLU; empty for none. */
  readonly hiddenLayers: readonly number[];
  /** Share of the inputs of each dense layer that training drops, 0..1. */
  readonly dropout: number;
  readonly classes: number;
  /** Uniform on [0, 1). */
  readonly random: () => number;
}

/** A new classifier head: embedding `[features]` in, probabilities `[classes]` out, with initial weights drawn from `random`. */
export function buildHead({ features, hiddenLayers, dropout, classes, random }: HeadShape): Network {
  const input = { name: "embedding", shape: [features] };
  const nodes: NetworkNode[] = [];
  const add = (node: NetworkNode): void => {
    nodes.push(node);
  };
  const last = () => nodes.at(-1)?.name ?? input.name;
  const drop = (name: string) => {
    if (dropout > 0) add({ name, op: "Dropout", inputs: [last()], attributes: { rate: dropout }, weights: {} });
  };

  let width = features;
  drop("dropout");
  hiddenLayers.forEach((units, index) => {
    const name = index ? `hidden_${index + 1}` : "hidden";
    add(dense(name, last(), width, units, "Relu", random));
    drop(`${name}_dropout`);
    width = units;
  });
  add(dense("logits", last(), width, classes, null, random));
  add({ name: "probabilities", op: "Softmax", inputs: ["logits"], attributes: {}, weights: {} });
  return { name: "head", input, nodes, output: "probabilities" };
}

/** Kernel uniform on ±√(6 / (in + out)), bias zero (Glorot & Bengio 2010, equation 16). */
function dense(
  name: string,
  input: string,
  from: number,
  to: number,
  activation: MatMulNode["attributes"]["activation"],
  random: () => number,
): MatMulNode {
  const limit = Math.sqrt(6 / (from + to));
  const kernel = Float32Array.from({ length: from * to }, () => (2 * random() - 1) * limit);
  return {
    name,
    op: "MatMul",
    inputs: [input],
    attributes: { activation },
    weights: { kernel: { shape: [from, to], data: kernel }, bias: { shape: [to], data: new Float32Array(to) } },
  };
}
