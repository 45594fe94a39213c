/** Writes a network as a TensorFlow.js layers-model that tfjs 1.3 and later load. */
import type { Network } from "../../network/network.ts";
import { writtenLayers } from "./keras-layers-write.ts";
import { encodeWeights } from "./tfjs-weights.ts";

/** A flat functional Keras model: one layer per node, activations that Keras 2 lacks as layers of their own. */
export function writeLayersModel(network: Network): { modelJson: object; weights: Uint8Array } {
  const { input } = network;
  const written = writtenLayers(network);
  const layers = [
    layer("InputLayer", input.name, [], {
      batch_input_shape: [null, ...input.shape],
      dtype: "float32",
      sparse: false,
    }),
    ...written.layers.map(({ className, name, inputs, config }) => layer(className, name, inputs, config)),
  ];
  const weights = written.layers.flatMap(({ name, weights: own }) =>
    own.map(([part, weight]) => [`${name}/${part}`, weight] as const),
  );
  const { manifest, bytes } = encodeWeights(new Map(weights));
  const config = {
    name: network.name,
    layers,
    input_layers: [[input.name, 0, 0]],
    output_layers: [[written.output, 0, 0]],
  };
  const modelJson = {
    format: "layers-model",
    generatedBy: "Headstart",
    convertedBy: null,
    modelTopology: { class_name: "Model", config, keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" },
    weightsManifest: manifest,
  };
  return { modelJson, weights: bytes };
}

function layer(className: string, name: string, inputs: readonly string[], config: object): object {
  return {
    name,
    class_name: className,
    config: { name, trainable: true, ...config },
    inbound_nodes: inputs.length ? [inputs.map((input) => [input, 0, 0, {}])] : [],
  };
}
