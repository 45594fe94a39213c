import { NetworkError } from "./errors.ts";
import { segmentsOf, upTo } from "./graph.ts";
import type { Network } from "./network.ts";
import { inferShapes } from "./shapes.ts";

/**
 * The network without its top: up to its last feature map `[height, width, channels]` before pooling or flattening.
 *
 * A classifier's top begins where the spatial map ends for good: poolings within a block, as squeeze-and-excitation has them,
 * are none. A network without a top is given back as it is.
 *
 * @throws NetworkError when the network has no feature map at all
 */
export function cutTop(network: Network): Network {
  const shapes = inferShapes(network);
  const isMap = (name: string) => {
    const shape = shapes.get(name);
    return shape?.length === 3 && (shape[0] ?? 0) * (shape[1] ?? 0) > 1;
  };
  if (isMap(network.output)) return network;

  const needed = upTo(network, network.output);
  const carriers = segmentsOf(needed).map((segment) => segment.at(-1)?.name ?? "");
  const end = carriers.findLast(isMap);
  if (end === undefined) {
    throw new NetworkError({ code: "network/no-feature-map", network: network.name });
  }
  return upTo(network, end);
}
