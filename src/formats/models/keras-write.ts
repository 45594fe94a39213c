/** A classifier as a Keras model that takes pixels as they are: Keras 3's `.keras`, and the `.h5` of Keras 2 and 3. */
import type { Classifier } from "../../network/model.ts";
import { zipAtOnce } from "../archives/zip-at-once.ts";
import { joined } from "../joined.ts";
import { NewGroup, writeHdf5 } from "./hdf5/write.ts";
import { type KerasGraph, kerasGraph } from "./keras-graph.ts";
import type { WrittenLayer } from "./keras-layers-write.ts";
import { createPlaces } from "./keras-places.ts";
import { describe } from "./own-classifier.ts";

/** The earliest Keras 3 that knows all that is written here. */
const KERAS_3 = "3.3.3";
const KERAS_2 = "2.15.0";

/**
 * A zip of the layers, what they were written with and the weights, as `keras.saving` lays them out. It takes
 * `[batch, height, width, 3]` numbers, red, green and blue from 0 to 255, and gives `[batch, classes]` probabilities.
 * Its metadata say how a photo is cut and what the classes are.
 *
 * @throws NetworkError when the network does not fit together
 */
export function writeKeras(classifier: Classifier): Uint8Array {
  const graph = kerasGraph(classifier);
  const weights = new NewGroup();
  const placeOf = createPlaces("layers/");
  for (const { className, weights: own } of graph.layers) {
    const group = weights.group(`${placeOf({ class_name: className })}/vars`);
    own.forEach(([, weight], at) => {
      group.array(`${at}`, weight);
    });
  }
  const metadata = { keras_version: KERAS_3, date_saved: date(), headstart: describe(classifier) };
  return zipAtOnce([
    { path: "metadata.json", parts: [json(metadata)] },
    { path: "config.json", parts: [json(keras3Model(graph))] },
    { path: "model.weights.h5", parts: writeHdf5(weights) },
  ]);
}

/** The same model in one HDF5 file, in the notation that Keras 2 and Keras 3 both read. Throws as `writeKeras` does. */
export function writeKerasH5(classifier: Classifier): Uint8Array {
  const graph = kerasGraph(classifier);
  const root = new NewGroup();
  const weights = root.group("model_weights");
  for (const group of [root, weights]) {
    group.attribute("keras_version", KERAS_2);
    group.attribute("backend", "tensorflow");
  }
  root.attribute("model_config", JSON.stringify(keras2Model(graph)));
  root.attribute("headstart", JSON.stringify(describe(classifier)));
  listInParts(weights, "layer_names", [graph.input.name, ...graph.layers.map(({ name }) => name)]);
  weights.group(graph.input.name).attribute("weight_names", []);
  for (const { name, weights: own } of graph.layers) {
    const group = weights.group(name);
    group.attribute(
      "weight_names",
      own.map(([part]) => `${name}/${part}:0`),
    );
    for (const [part, weight] of own) group.group(name).array(`${part}:0`, weight);
  }
  return joined(writeHdf5(root));
}

/** Texts of an attribute, each of which takes 16 of its 65,535 bytes. */
const MOST_IN_LIST = 4000;

/** As Keras does, which reads `name0`, `name1`, … where a list is too long for one attribute. */
function listInParts(group: NewGroup, name: string, texts: readonly string[]): void {
  if (texts.length <= MOST_IN_LIST) group.attribute(name, texts);
  for (let at = 0; at < texts.length && texts.length > MOST_IN_LIST; at += MOST_IN_LIST) {
    group.attribute(`${name}${at / MOST_IN_LIST}`, texts.slice(at, at + MOST_IN_LIST));
  }
}

function keras3Model({ name, input, layers, output }: KerasGraph): object {
  const shapes = new Map([[input.name, input.shape], ...layers.map((layer) => [layer.name, layer.shape] as const)]);
  const tensor = (source: string) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, ...(shapes.get(source) ?? [])], dtype: "float32", keras_history: [source, 0, 0] },
  });
  const called = ({ inputs }: WrittenLayer) => {
    const [only, ...more] = inputs.map(tensor);
    return [{ args: more.length ? [[only, ...more]] : [only], kwargs: {} }];
  };
  const layer = (className: string, config: Readonly<Record<string, unknown>>, nodes: readonly object[]) => ({
    module: "keras.layers",
    class_name: className,
    config,
    registered_name: null,
    name: config.name,
    inbound_nodes: nodes,
  });
  const first = { name: input.name, batch_shape: [null, ...input.shape], dtype: "float32", sparse: false };
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: {
      name,
      trainable: true,
      layers: [
        layer("InputLayer", first, []),
        ...layers.map((each) =>
          layer(each.className, { name: each.name, trainable: true, dtype: "float32", ...each.config }, called(each)),
        ),
      ],
      input_layers: [input.name, 0, 0],
      output_layers: [output, 0, 0],
    },
    registered_name: "Functional",
  };
}

function keras2Model({ name, input, layers, output }: KerasGraph): object {
  const first = { name: input.name, batch_input_shape: [null, ...input.shape], dtype: "float32", sparse: false };
  return {
    class_name: "Functional",
    config: {
      name,
      trainable: true,
      layers: [
        { class_name: "InputLayer", config: first, name: input.name, inbound_nodes: [] },
        ...layers.map((each) => ({
          class_name: each.className,
          config: { name: each.name, trainable: true, dtype: "float32", ...each.config },
          name: each.name,
          inbound_nodes: [each.inputs.map((source) => [source, 0, 0, {}])],
        })),
      ],
      input_layers: [[input.name, 0, 0]],
      output_layers: [[output, 0, 0]],
    },
  };
}

/** As Keras writes it: `2026-01-31@12:34:56`. */
function date(): string {
  return new Date().toISOString().slice(0, 19).replace("T", "@");
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
