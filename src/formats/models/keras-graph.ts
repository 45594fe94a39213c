/** A classifier as the layers of a Keras model, named and ordered as Keras has them. */
import { kerasLayerOrder } from "../../network/architectures/keras-order.ts";
import type { Classifier, Preprocessing } from "../../network/model.ts";
import { type WrittenLayer, writtenLayers } from "./keras-layers-write.ts";

export interface KerasGraph {
  readonly name: string;
  /** Takes pixels from 0 to 255, red first. */
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  /** In the order of Keras's `model.layers`, by which weight files number them; without the input. */
  readonly layers: readonly WrittenLayer[];
  readonly output: string;
}

/** @throws NetworkError when the network does not fit together */
export function kerasGraph({ network, preprocessing }: Classifier): KerasGraph {
  const { layers, output } = writtenLayers(network);
  const nameOf = createNames();
  const input = { name: nameOf(network.input.name), shape: network.input.shape };
  const front = feedingLayers(input, preprocessing, nameOf);
  const fed = front.at(-1)?.name ?? input.name;
  const names = new Map([[network.input.name, fed], ...layers.map(({ name }) => [name, nameOf(name)] as const)]);
  const renamed = (name: string) => names.get(name) ?? name;
  const behind = layers.map((layer) => ({
    ...layer,
    name: renamed(layer.name),
    inputs: layer.inputs.map(renamed),
  }));
  const graph = { nodes: [...front, ...behind], output: renamed(output) };
  return { name: createNames()(network.name), input, layers: kerasLayerOrder(graph), output: graph.output };
}

/** Gives names that TensorFlow and HDF5 take too, each once. */
function createNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const plain = wanted.replace(/[^A-Za-z0-9_-]+/g, "_").replace(/^(?![A-Za-z0-9])/, "layer");
    let free = plain;
    for (let number = 2; taken.has(free); number++) free = `${plain}_${number}`;
    taken.add(free);
    return free;
  };
}

/** Pixels into what the network is fed with: blue first where it wants that, then scaled and moved. */
function feedingLayers(
  input: KerasGraph["input"],
  { channelOrder, scale, offset }: Preprocessing,
  nameOf: (wanted: string) => string,
): WrittenLayer[] {
  const { shape } = input;
  const rescaled = {
    name: nameOf("rescaling"),
    className: "Rescaling",
    // Numbers for all channels where they are the same: Keras 2 had nothing else at first.
    config: { scale: shared(scale), offset: shared(offset) },
    shape,
    weights: [],
  };
  if (channelOrder === "RGB") return [{ ...rescaled, inputs: [input.name] }];
  const turned = {
    name: nameOf("blue_first"),
    className: "Conv2D",
    config: { filters: 3, kernel_size: [1, 1], padding: "valid", data_format: "channels_last", use_bias: false },
    shape,
    weights: [["kernel", { shape: [1, 1, 3, 3], data: Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0) }] as const],
  };
  return [
    { ...turned, inputs: [input.name] },
    { ...rescaled, inputs: [turned.name] },
  ];
}

function shared([first, second, third]: Preprocessing["scale"]): number | readonly number[] {
  return first === second && second === third ? first : [first, second, third];
}
