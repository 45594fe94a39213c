/** What the order goes by. */
interface Layer {
  readonly name: string;
  readonly inputs: readonly string[];
}

/**
 * The layers that a network's output needs, in the order of Keras's `model.layers`: the farthest from the output first, and those of the same
 * distance as a walk from the output back through the inputs meets them. Weight files number their layers in this order.
 *
 * Agrees with `map_graph` of Keras 3 (`keras/src/ops/function.py`).
 */
export function kerasLayerOrder<Node extends Layer>(network: {
  readonly nodes: readonly Node[];
  readonly output: string;
}): Node[] {
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const met: Node[] = [];
  const walk = (name: string): void => {
    const node = byName.get(name);
    if (!node || met.includes(node)) return;
    met.push(node);
    node.inputs.forEach(walk);
  };
  walk(network.output);

  const distance = new Map<string, number>();
  for (const { name, inputs } of network.nodes.toReversed()) {
    const own = distance.get(name) ?? 0;
    for (const input of inputs) distance.set(input, Math.max(own + 1, distance.get(input) ?? 0));
  }
  return met.sort((a, b) => (distance.get(b.name) ?? 0) - (distance.get(a.name) ?? 0));
}
