/** A network whose convolutions and dense layers are fitted. */
import * as tf from "@tensorflow/tfjs";
import type { Network, NetworkNode } from "../network/network.ts";
import { runNetwork, uploadWeights } from "./device-network.ts";
import { EngineError } from "./errors.ts";
import { gradientOfNode } from "./gradients.ts";
import { applyNode, type NodeWeights } from "./operations.ts";

/** Every node's result, and the input, by name. */
export type Results = ReadonlyMap<string, tf.Tensor>;

/** A weight's place: a node, and the part of it. */
interface Slot {
  readonly node: string;
  readonly part: string;
}

/**
 * Weights are lists of tensors, a tensor per slot, in the network's order; they are the caller's. What is not fitted, such as a
 * normalisation that stood apart, is this object's: whoever makes one disposes of it.
 */
export class TrainableNetwork {
  readonly #network: Network;
  readonly #slots: readonly Slot[];
  readonly #fixed: ReadonlyMap<string, NodeWeights>;
  /** Nodes whose result depends on a fitted weight. */
  readonly #fitted: ReadonlySet<string>;

  constructor(network: Network) {
    this.#network = network;
    this.#slots = network.nodes
      .filter(isFitted)
      .flatMap(({ name, weights }) => Object.keys(weights).map((part) => ({ node: name, part })));
    this.#fixed = uploadWeights({ ...network, nodes: network.nodes.filter((node) => !isFitted(node)) });
    const fitted = new Set<string>();
    for (const node of network.nodes) {
      if (isFitted(node) || node.inputs.some((input) => fitted.has(input))) fitted.add(node.name);
    }
    this.#fitted = fitted;
  }

  upload(): tf.Tensor[] {
    const all = uploadWeights({ ...this.#network, nodes: this.#network.nodes.filter(isFitted) });
    return this.#slots.map(({ node, part }) => partOf(all, node, part));
  }

  /** The network with other weights. */
  async download(weights: readonly tf.Tensor[]): Promise<Network> {
    const values = await Promise.all(
      weights.map(async (weight) => ({ shape: weight.shape, data: new Float32Array(await weight.data()) })),
    );
    const nodes = this.#network.nodes.map((node) => {
      if (!isFitted(node)) return node;
      const own = this.#slots.flatMap(({ node: name, part }, at) => (name === node.name ? [[part, values[at]]] : []));
      return { ...node, weights: Object.fromEntries(own) } as NetworkNode;
    });
    return { ...this.#network, nodes };
  }

  /** To be called within a `tf.tidy`. Gives the network's result, and frees what is in between. */
  run(weights: readonly tf.Tensor[], input: tf.Tensor): tf.Tensor {
    return runNetwork(this.#network, this.#byNode(weights), input);
  }

  /** To be called within a `tf.tidy`. Keeps every result, for `gradient`. */
  forward(weights: readonly tf.Tensor[], input: tf.Tensor): { output: tf.Tensor; results: Results } {
    const byNode = this.#byNode(weights);
    const results = new Map([[this.#network.input.name, input]]);
    for (const node of this.#network.nodes) {
      const inputs = node.inputs.map((name) => resultOf(results, name));
      results.set(node.name, applyNode(node, inputs, byNode.get(node.name) ?? {}));
    }
    return { output: resultOf(results, this.#network.output), results };
  }

  /**
   * The gradient with respect to the weights, as they are listed. To be called within a `tf.tidy`.
   * @param error gradient with respect to the network's output
   */
  gradient(weights: readonly tf.Tensor[], results: Results, error: tf.Tensor): tf.Tensor[] {
    const byNode = this.#byNode(weights);
    const errors = new Map([[this.#network.output, error]]);
    const found = new Map<string, NodeWeights>();
    for (const node of this.#network.nodes.toReversed()) {
      const own = errors.get(node.name);
      if (!own || !this.#fitted.has(node.name)) continue;
      const inputs = node.inputs.map((name) => resultOf(results, name));
      const pass = { inputs, output: resultOf(results, node.name), error: own, weights: byNode.get(node.name) ?? {} };
      const gradient = tf.tidy(() => {
        const { inputs: before, weights: slopes } = gradientOfNode(
          node,
          pass,
          node.inputs.some((name) => this.#fitted.has(name)),
        );
        return { before: before.map((each) => each ?? tf.scalar(0)), slopes: { ...slopes } };
      });
      found.set(node.name, gradient.slopes);
      node.inputs.forEach((name, at) => {
        const share = gradient.before[at];
        if (!share || !this.#fitted.has(name)) return;
        const sum = errors.get(name);
        errors.set(name, sum ? tf.add(sum, share) : share);
      });
      own.dispose();
    }
    return this.#slots.map(({ node, part }) => partOf(found, node, part));
  }

  dispose(): void {
    for (const weights of this.#fixed.values()) tf.dispose(Object.values(weights));
  }

  #byNode(weights: readonly tf.Tensor[]): Map<string, NodeWeights> {
    const byNode = new Map<string, Record<string, tf.Tensor>>();
    for (const [name, fixed] of this.#fixed) byNode.set(name, { ...fixed });
    this.#slots.forEach(({ node, part }, at) => {
      const weight = weights[at];
      if (weight) byNode.set(node, { ...byNode.get(node), [part]: weight });
    });
    return byNode;
  }
}

function isFitted({ op }: NetworkNode): boolean {
  return op === "Conv2D" || op === "DepthwiseConv2dNative" || op === "MatMul";
}

function resultOf(results: Results, name: string): tf.Tensor {
  const result = results.get(name);
  if (!result) throw new EngineError({ code: "engine/incomplete-network", node: name, lacks: "result" });
  return result;
}

function partOf(weights: ReadonlyMap<string, NodeWeights>, node: string, part: string): tf.Tensor {
  const tensor = weights.get(node)?.[part];
  if (!tensor) throw new EngineError({ code: "engine/incomplete-network", node, lacks: "weights" });
  return tensor;
}
