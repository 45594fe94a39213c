import type { MatMulNode, Network, NetworkNode, Weight } from "./network.ts";

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

/**
 * A new classifier head: embedding `[features]` in, probabilities `[classes]` out. Hidden layers start from weights drawn from
 * `random`. The last layer starts at zero, so that all classes are equally likely before the first step: few photos never undo
 * what a draw says of them by chance.
 */
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
    add(dense(name, last(), glorot(width, units, random), "Relu"));
    drop(`${name}_dropout`);
    width = units;
  });
  add(dense("logits", last(), { shape: [width, classes], data: new Float32Array(width * classes) }, null));
  add({ name: "probabilities", op: "Softmax", inputs: ["logits"], attributes: {}, weights: {} });
  return { name: "head", input, nodes, output: "probabilities" };
}

/** Uniform on ±√(6 / (in + out)) (Glorot & Bengio 2010, equation 16). */
function glorot(from: number, to: number, random: () => number): Weight {
  const limit = Math.sqrt(6 / (from + to));
  return { shape: [from, to], data: Float32Array.from({ length: from * to }, () => (2 * random() - 1) * limit) };
}

/** Its bias is zero. */
function dense(
  name: string,
  input: string,
  kernel: Weight,
  activation: MatMulNode["attributes"]["activation"],
): MatMulNode {
  const to = kernel.shape[1] ?? 0;
  const bias = { shape: [to], data: new Float32Array(to) };
  return { name, op: "MatMul", inputs: [input], attributes: { activation }, weights: { kernel, bias } };
}
