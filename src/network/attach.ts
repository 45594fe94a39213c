import { freeName } from "./graph.ts";
import type { Network, NetworkNode } from "./network.ts";

/** A base that ends in an embedding, and a head that takes one, as one network. */
export function attachHead(base: Network, head: Network, name: string): Network {
  const renamed = new Map([[head.input.name, base.output]]);
  const resolve = (old: string) => renamed.get(old) ?? old;
  let nodes: readonly NetworkNode[] = base.nodes;
  for (const node of head.nodes) {
    renamed.set(node.name, freeName({ ...base, nodes }, node.name));
    nodes = [...nodes, { ...node, name: resolve(node.name), inputs: node.inputs.map(resolve) }];
  }
  return { name, input: base.input, nodes, output: resolve(head.output) };
}
