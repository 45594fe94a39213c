/** Small questions and changes that the transforms share. */
import type { Network, NetworkNode } from "./network.ts";

/** For each name, the nodes that take from it. */
export function consumersOf(network: Network): ReadonlyMap<string, readonly NetworkNode[]> {
  const consumers = new Map<string, NetworkNode[]>();
  for (const node of network.nodes) {
    for (const input of node.inputs) {
      const takers = consumers.get(input);
      if (takers) takers.push(node);
      else consumers.set(input, [node]);
    }
  }
  return consumers;
}

/** The node that is the only one to take from `name`; null when there are none or several, or `name` is the network's result. */
export function soleConsumer(network: Network, name: string): NetworkNode | null {
  if (network.output === name) return null;
  const takers = network.nodes.filter((node) => node.inputs.includes(name));
  return takers.length === 1 && takers[0] ? takers[0] : null;
}

/**
 * Takes nodes away: whoever took from a removed node takes from the node that stands for it.
 * @param standsFor removed node's name → name that replaces it
 */
export function withoutNodes(network: Network, standsFor: ReadonlyMap<string, string>): Network {
  // Without recursion: a chain may be as long as the network.
  const resolve = (name: string): string => {
    let found = name;
    for (let other = standsFor.get(found); other !== undefined; other = standsFor.get(found)) found = other;
    return found;
  };
  return {
    ...network,
    nodes: network.nodes
      .filter(({ name }) => !standsFor.has(name))
      .map((node) => ({ ...node, inputs: node.inputs.map(resolve) })),
    output: resolve(network.output),
  };
}

/** The nodes between places through which everything passes: each list's last node is such a place. */
export function segmentsOf(network: Network): NetworkNode[][] {
  const lastUse = new Map(network.nodes.flatMap(({ name, inputs }) => inputs.map((input) => [input, name])));
  const alive = new Set([network.input.name]);
  const segments: NetworkNode[][] = [];
  let segment: NetworkNode[] = [];
  for (const node of network.nodes) {
    segment.push(node);
    for (const input of node.inputs) if (lastUse.get(input) === node.name) alive.delete(input);
    alive.add(node.name);
    if (alive.size > 1) continue;
    segments.push(segment);
    segment = [];
  }
  return segments;
}

/** The network up to the node `output`, without what that does not need. */
export function upTo(network: Network, output: string): Network {
  const needed = new Set([output]);
  for (const node of network.nodes.toReversed()) {
    if (needed.has(node.name)) for (const input of node.inputs) needed.add(input);
  }
  return { ...network, nodes: network.nodes.filter(({ name }) => needed.has(name)), output };
}

/** The wanted name, or with a number behind it when a node or the input has it already. */
export function freeName({ input, nodes }: Network, wanted: string): string {
  const taken = new Set([input.name, ...nodes.map(({ name }) => name)]);
  let free = wanted;
  for (let number = 2; taken.has(free); number++) free = `${wanted}_${number}`;
  return free;
}
