import * as tf from "@tensorflow/tfjs";
import type { Network } from "../network/network.ts";
import { EngineError } from "./errors.ts";
import { applyNode, type NodeWeights } from "./operations.ts";

/** A network with its weights on the device, ready to answer. The caller disposes of it. */
export class DeviceNetwork {
  readonly #network: Network;
  readonly #weights: ReadonlyMap<string, NodeWeights>;

  constructor(network: Network) {
    this.#network = network;
    this.#weights = uploadWeights(network);
  }

  /** @param input `[batch, ...sample]`; stays the caller's. Gives `[batch, ...]`, the caller's to dispose of. */
  run(input: tf.Tensor): tf.Tensor {
    return tf.tidy(() => runNetwork(this.#network, this.#weights, input));
  }

  dispose(): void {
    for (const weights of this.#weights.values()) tf.dispose(Object.values(weights));
  }
}

/** A network's weights as tensors, by node and part. */
export function uploadWeights(network: Network): Map<string, NodeWeights> {
  return new Map(
    network.nodes.map(({ name, weights }) => [
      name,
      Object.fromEntries(Object.entries(weights).map(([part, { data, shape }]) => [part, tf.tensor(data, [...shape])])),
    ]),
  );
}

/** Runs a network's nodes in order; each intermediate result is freed after its last use. To be called within a `tf.tidy`. */
export function runNetwork(
  { input: { name: inputName }, nodes, output }: Network,
  weights: ReadonlyMap<string, NodeWeights>,
  input: tf.Tensor,
): tf.Tensor {
  const lastUse = new Map(nodes.flatMap(({ name, inputs }) => inputs.map((source) => [source, name])));
  const results = new Map<string, tf.Tensor>([[inputName, input]]);
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => {
      const result = results.get(name);
      if (!result) throw new EngineError({ code: "engine/incomplete-network", node: name, lacks: "result" });
      return result;
    });
    results.set(node.name, applyNode(node, inputs, weights.get(node.name) ?? {}));
    for (const name of new Set(node.inputs)) {
      if (name !== inputName && lastUse.get(name) === node.name) results.get(name)?.dispose();
    }
  }
  const result = results.get(output);
  if (!result) throw new EngineError({ code: "engine/incomplete-network", node: output, lacks: "result" });
  return result;
}
