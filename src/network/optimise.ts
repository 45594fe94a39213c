import { foldBatchNorm } from "./fold-batch-norm.ts";
import { fuseActivations, mergePadding } from "./fuse.ts";
import { upTo, withoutNodes } from "./graph.ts";
import type { Network } from "./network.ts";

/**
 * The same function in fewer operations, for inference: normalisation folded, activations fused, paddings merged, dropout
 * and unused nodes gone. Results differ by rounding only.
 */
export function optimiseForInference(network: Network): Network {
  return mergePadding(fuseActivations(foldBatchNorm(withoutDropout(upTo(network, network.output)))));
}

function withoutDropout(network: Network): Network {
  const standsFor = new Map(
    network.nodes.filter(({ op }) => op === "Dropout").map(({ name, inputs }) => [name, inputs[0] ?? ""]),
  );
  return withoutNodes(network, standsFor);
}
