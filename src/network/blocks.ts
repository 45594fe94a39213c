import { segmentsOf, upTo } from "./graph.ts";
import type { Network, NetworkNode } from "./network.ts";
import { inferShapes } from "./shapes.ts";

/**
 * The blocks that fine-tuning can choose from, in order: of each the name of its last node.
 *
 * A block ends only where a single result carries everything on, so never within a residual or branching block. It has a
 * convolution or dense layer of its own, and keeps a depthwise convolution together with the pointwise ones around it.
 */
export function blocksOf(network: Network): readonly string[] {
  const ends: string[] = [];
  let block: NetworkNode[] = [];
  for (const segment of segmentsOf(network)) {
    const end = block.at(-1);
    if (end && isComplete(block, segment)) {
      ends.push(end.name);
      block = [];
    }
    block.push(...segment);
  }
  return [...ends, network.output];
}

/**
 * A network in two: what stays as it is, and its last blocks. The second takes what the first gives.
 * @param blocks how many of the last ones; as many as there are, or more, leaves nothing frozen
 */
export function splitAtBlocks(network: Network, blocks: number): { frozen: Network | null; tuned: Network } {
  const end = blocksOf(network).at(-1 - blocks);
  if (end === undefined) return { frozen: null, tuned: network };
  const frozen = upTo(network, end);
  const before = new Set(frozen.nodes.map(({ name }) => name));
  const shape = inferShapes(network).get(end) ?? [];
  const nodes = network.nodes.filter(({ name }) => !before.has(name));
  return { frozen, tuned: { ...network, input: { name: end, shape }, nodes } };
}

/** Whether a block may end before the next segment. */
function isComplete(block: readonly NetworkNode[], next: readonly NetworkNode[]): boolean {
  const following = next.find(isLayer);
  if (!following || block.findLast(isLayer)?.op === "DepthwiseConv2dNative") return false;
  const hasDepthwise = block.some(({ op }) => op === "DepthwiseConv2dNative");
  return block.some(isLayer) && (hasDepthwise || following.op !== "DepthwiseConv2dNative");
}

function isLayer({ op }: NetworkNode): boolean {
  return op === "Conv2D" || op === "DepthwiseConv2dNative" || op === "MatMul";
}
