/** What a network from a file may ask of a machine. Far above what any published classifier needs, and far below what hangs one. */
import { NetworkError } from "./errors.ts";
import type { Network, NetworkNode } from "./network.ts";
import { inferShapes, type Shape } from "./shapes.ts";

/** EfficientNet-B7 and NASNet-Large have about 1,000 layers. */
export const MAX_NODES = 10_000;
/** Numbers of all weights together; ConvNeXt-XLarge has 350 million, VGG16 138 million. */
export const MAX_WEIGHTS = 5e8;
/** Weights of their own name, however small. */
export const MAX_ARRAYS = 20_000;
/** Steps of arithmetic for one photo; ConvNeXt-XLarge takes 61 thousand million, EfficientNet-B7 37 thousand million. */
const MAX_STEPS = 2e11;

/**
 * To be called before a network is run or transformed.
 * @throws NetworkError when it has too many nodes or weights, or one photo would take too long
 */
export function checkBudget(network: Network): void {
  const { nodes } = network;
  if (nodes.length > MAX_NODES) throw new NetworkError({ code: "network/too-many-nodes", most: MAX_NODES });
  const weights = nodes.reduce((sum, node) => sum + weightsOf(node), 0);
  if (weights > MAX_WEIGHTS) throw new NetworkError({ code: "network/too-many-weights", most: MAX_WEIGHTS });
  const shapes = inferShapes(network);
  const steps = nodes.reduce((sum, node) => sum + stepsOf(node, shapes.get(node.name) ?? []), 0);
  if (!(steps <= MAX_STEPS)) throw new NetworkError({ code: "network/too-slow", steps, most: MAX_STEPS });
}

function weightsOf({ weights }: NetworkNode): number {
  return Object.values(weights).reduce((sum, weight) => sum + (weight?.data.length ?? 0), 0);
}

/** Multiplications and additions for one sample, those of windows that reach over the edges included: some devices do them all. */
function stepsOf(node: NetworkNode, shape: Shape): number {
  const volume = shape.reduce((product, length) => product * length, 1);
  const [height = 1, width = 1] = shape;
  switch (node.op) {
    case "Conv2D":
    case "DepthwiseConv2dNative":
      return height * width * node.weights.kernel.data.length;
    case "MatMul":
      return node.weights.kernel.data.length;
    case "MaxPool":
    case "AvgPool":
      return volume * node.attributes.windowSize[0] * node.attributes.windowSize[1];
    default:
      return volume;
  }
}
