/** TensorFlow.js layers-models: Keras's layer graph as JSON, with the weights beside it. */
import * as v from "valibot";
import { checkNetwork } from "../../network/check.ts";
import type { Network, Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem } from "../field-problem.ts";
import { type KerasTopology, LayerJson, readKerasTopology, type WeightLookup } from "./keras-topology.ts";
import { decodeWeights, WeightsManifest } from "./tfjs-weights.ts";

const LayersModelJson = v.object({
  modelTopology: v.union([
    LayerJson,
    v.pipe(
      v.object({ model_config: LayerJson }),
      v.transform((topology) => topology.model_config),
    ),
  ]),
  weightsManifest: WeightsManifest,
});

/**
 * Reads a layers-model, nested models inlined.
 *
 * @param modelJson the parsed `model.json`
 * @param weightBytes its weight files joined in the manifest's order
 * @throws FormatError naming the layer, field or weight that is wrong
 * @throws NetworkError when the network cannot be run; see `checkNetwork`
 */
export function readLayersModel(modelJson: unknown, weightBytes: Uint8Array): Network {
  const { network } = readLayersTopology(modelJson, weightBytes);
  checkNetwork(network);
  return network;
}

/** The same, with what its layers tell of how it is fed. */
export function readLayersTopology(modelJson: unknown, weightBytes: Uint8Array): KerasTopology {
  const parsed = v.safeParse(LayersModelJson, modelJson);
  if (!parsed.success) throw new FormatError({ code: "tfjs/layers-model", ...fieldProblem(parsed.issues) });
  const { modelTopology, weightsManifest } = parsed.output;
  const weights = decodeWeights(weightsManifest, weightBytes);
  return readKerasTopology(modelTopology, lookUp(weights));
}

/** Of a weight's name, between slashes; a layer's own name may have some. */
const MAX_PARTS = 8;

/** Weights are named `layer/part`; models inside models may put their own name in front. */
function lookUp(weights: ReadonlyMap<string, Weight>): WeightLookup {
  const byEnd = new Map<string, Weight>();
  for (const [name, weight] of weights) {
    const parts = name.split("/").slice(-MAX_PARTS);
    for (let from = parts.length - 2; from >= 0; from--) {
      const end = parts.slice(from).join("/");
      if (!byEnd.has(end)) byEnd.set(end, weight);
    }
  }
  return ({ name }, part) => {
    const weight = weights.get(`${name}/${part}`) ?? byEnd.get(`${name}/${part}`);
    if (weight) return weight;
    throw new FormatError({ code: "tfjs/part-missing", layer: name, part });
  };
}
