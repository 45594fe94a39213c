import { freeName } from "./graph.ts";
import type { Network, NetworkNode } from "./network.ts";
import { inferShapes } from "./shapes.ts";

/**
 * The network ending in an embedding `[features]`: the average of its feature map over all places, or all of the map's
 * numbers, row by row. A network that ends in a vector already is given back as it is.
 */
export function poolFeatures(network: Network, pooling: "average" | "flatten"): Network {
  const shape = inferShapes(network).get(network.output) ?? [];
  if (shape.length !== 3) return network;
  const name = freeName(network, pooling === "average" ? "global_average_pooling" : "flatten");
  const inputs = [network.output];
  const node: NetworkNode =
    pooling === "average"
      ? { name, op: "Mean", inputs, attributes: { keepDimensions: false }, weights: {} }
      : {
          name,
          op: "Reshape",
          inputs,
          attributes: { shape: [shape.reduce((all, size) => all * size, 1)] },
          weights: {},
        };
  return { ...network, nodes: [...network.nodes, node], output: name };
}
