import type { BaseModelCard } from "./model.ts";
import type { Network } from "./network.ts";
import { inferShapes } from "./shapes.ts";

/** Numbers that the network's weights hold. */
export function countParameters(network: Network): number {
  return network.nodes
    .flatMap((node) => Object.values(node.weights))
    .reduce((sum, weight) => sum + (weight?.data.length ?? 0), 0);
}

/** About what a convolutional network costs for photos of another size: it grows with their area. */
export function multiplyAddsAt(
  { multiplyAdds, preprocessing: { height, width } }: Pick<BaseModelCard, "multiplyAdds" | "preprocessing">,
  side: number,
): number {
  return (multiplyAdds * side ** 2) / (height * width);
}

/** Multiply-adds of the convolutions and dense layers for one sample, the usual measure of a network's cost. */
export function countMultiplyAdds(network: Network): number {
  const shapes = inferShapes(network);
  let sum = 0;
  for (const node of network.nodes) {
    const [height = 1, width = 1] = shapes.get(node.name) ?? [];
    if (node.op === "Conv2D" || node.op === "DepthwiseConv2dNative") {
      sum += height * width * node.weights.kernel.data.length;
    } else if (node.op === "MatMul") {
      sum += node.weights.kernel.data.length;
    }
  }
  return sum;
}
