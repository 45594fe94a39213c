/** TensorFlow.js layers-models: Keras's layer graph as JSON, with the weights beside it. */
import * as v from "valibot";
import type { Network, Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem } from "../field-problem.ts";
import { type KerasTopology, LayerJson, readKerasTopology } from "./keras-topology.ts";
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
 */
export function readLayersModel(modelJson: unknown, weightBytes: Uint8Array): Network {
  return readLayersTopology(modelJson, weightBytes).network;
}

/** The same, with what its layers tell of how it is fed. */
export function readLayersTopology(modelJson: unknown, weightBytes: Uint8Array): KerasTopology {
  const parsed = v.safeParse(LayersModelJson, modelJson);
  if (!parsed.success) throw new FormatError({ code: "tfjs/layers-model", ...fieldProblem(parsed.issues) });
  const { modelTopology, weightsManifest } = parsed.output;
  const weights = decodeWeights(weightsManifest, weightBytes);
  return readKerasTopology(modelTopology, ({ name }, part) => weightNamed(weights, name, part));
}

/** Weights are named `layer/part`; models inside models may put their own name in front. */
function weightNamed(weights: ReadonlyMap<string, Weight>, layer: string, part: string): Weight {
  const exact = weights.get(`${layer}/${part}`);
  if (exact) return exact;
  for (const [name, weight] of weights) if (name.endsWith(`/${layer}/${part}`)) return weight;
  throw new FormatError({ code: "tfjs/part-missing", layer, part });
}
