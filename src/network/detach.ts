import type { Network } from "./network.ts";

/**
 * The head of a classifier that `attachHead` made: what comes after the embedding.
 *
 * @param base the base that it was attached to, or one whose nodes have the same names and other weights
 * @returns null where the classifier has no such base
 */
export function detachHead({ nodes, output }: Network, base: Network): { base: Network; head: Network } | null {
  const own = new Set(base.nodes.map(({ name }) => name));
  const embedding = base.output;
  const [before, after] = [nodes.filter(({ name }) => own.has(name)), nodes.filter(({ name }) => !own.has(name))];
  const features = after[0]?.inputs[0] === embedding ? featuresOf(after) : null;
  if (before.length !== base.nodes.length || features === null) return null;
  const input = { name: embedding, shape: [features] };
  return { base: { ...base, nodes: before }, head: { name: "head", input, nodes: after, output } };
}

/** What the first dense layer takes. */
function featuresOf(nodes: Network["nodes"]): number | null {
  for (const node of nodes) if (node.op === "MatMul") return node.weights.kernel.shape[0] ?? null;
  return null;
}
