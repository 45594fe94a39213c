import type { Network, NetworkNode } from "./network.ts";
import { inferShapes } from "./shapes.ts";

/** Base, global average pooling (where the base ends in a feature map) and head as one network. */
export function attachHead(base: Network, head: Network, name: string): Network {
  const taken = new Set([base.input.name, ...base.nodes.map((node) => node.name)]);
  const unique = (wanted: string): string => {
    let free = wanted;
    for (let number = 2; taken.has(free); number++) free = `${wanted}_${number}`;
    taken.add(free);
    return free;
  };

  const nodes: NetworkNode[] = [...base.nodes];
  let embedding = base.output;
  if (inferShapes(base).get(base.output)?.length === 3) {
    embedding = unique("global_average_pooling");
    nodes.push({
      name: embedding,
      op: "Mean",
      inputs: [base.output],
      attributes: { keepDimensions: false },
      weights: {},
    });
  }
  const renamed = new Map([[head.input.name, embedding]]);
  const resolve = (old: string) => renamed.get(old) ?? old;
  for (const node of head.nodes) {
    renamed.set(node.name, unique(node.name));
    nodes.push({ ...node, name: resolve(node.name), inputs: node.inputs.map(resolve) });
  }
  return { name, input: base.input, nodes, output: resolve(head.output) };
}
