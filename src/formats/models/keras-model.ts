/** Keras's own files: `.keras`, whole models and weights in `.h5`, `.weights.h5`. */
import * as v from "valibot";
import type { Feeding } from "../../network/architectures/architecture.ts";
import { ARCHITECTURES } from "../../network/architectures/index.ts";
import { MAX_WEIGHTS } from "../../network/budget.ts";
import { countParameters } from "../../network/cost.ts";
import { NetworkError } from "../../network/errors.ts";
import type { Network, NetworkNode } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { Hdf5Group } from "./hdf5/group.ts";
import { volume } from "./hdf5/types.ts";
import { readApplication } from "./keras-application.ts";
import { toldFeeding } from "./keras-feeding.ts";
import { LayerJson, readKerasTopology, type WeightLookup } from "./keras-topology.ts";
import { type KerasLayer, type KerasWeight, type KerasWeights, readKerasWeights } from "./keras-weights.ts";

export interface KerasModel {
  readonly name: string;
  readonly network: Network;
  /** How its pixels are fed; null when the file does not tell. */
  readonly feeding: Feeding | null;
  /** Whether whole photos are stretched to its input's size. */
  readonly squashes: boolean;
  /** What this app's own exports say of themselves; null in all others. */
  readonly description: unknown;
}

/** The other files of a `.keras`, parsed. */
interface KerasBeside {
  /** `config.json`. */
  readonly config?: unknown;
  /** `metadata.json`. */
  readonly metadata?: unknown;
}

const Own = v.object({ headstart: v.unknown() });

/**
 * Reads a Keras file. Weights of a known architecture are put into it, whatever else the file says; other models are built
 * from the layers that the file describes, and fed as `toldFeeding` finds; so are classifiers that this app wrote.
 *
 * @param hdf5 the `.h5`, or the `model.weights.h5` of a `.keras`
 * @throws FormatError naming the layer, array or byte that is wrong
 * @throws NetworkError when layers do not fit each other, or hold more than a network may
 */
export function readKerasModel(hdf5: Uint8Array, beside: KerasBeside = {}): KerasModel {
  const model = read(hdf5, beside);
  return { ...model, network: withoutRest(model.network, hdf5.byteLength) };
}

function read(hdf5: Uint8Array, { config, metadata }: KerasBeside): KerasModel {
  const root = Hdf5Group.open(hdf5);
  const weights = readKerasWeights(root);
  const layers = config ?? parsed(root, "model_config");
  const description = v.is(Own, metadata) ? metadata.headstart : parsed(root, "headstart");
  // What this app wrote is more than a known architecture, whose layers it may have.
  const application = description === null ? readApplication(weights, layers === null) : null;
  if (application) {
    const { architecture, network } = application;
    return { name: architecture.name, network, feeding: architecture.feeding, squashes: false, description };
  }
  if (layers === null) {
    throw new FormatError({ code: "keras/weights-alone", known: ARCHITECTURES.map(({ name }) => name) });
  }
  const model = v.safeParse(LayerJson, layers);
  if (!model.success) throw new FormatError({ code: "keras/no-description" });
  const topology = readKerasTopology(model.output, lookUp(weights));
  const { network, squashes } = topology;
  return { name: network.name, network, feeding: toldFeeding(topology), squashes, description };
}

/** Weights share the file's memory; where that holds much that nobody needs, such as a top, they get their own. */
function withoutRest(network: Network, fileBytes: number): Network {
  if (4 * countParameters(network) > 0.9 * fileBytes) return network;
  const nodes = network.nodes.map((node) => ({
    ...node,
    weights: Object.fromEntries(
      Object.entries(node.weights).map(([part, { shape, data }]) => [part, { shape, data: data.slice() }]),
    ),
  })) as NetworkNode[];
  return { ...network, nodes };
}

/** What an `.h5` keeps of a model beside its weights, in an attribute; null when it has no such attribute. */
function parsed(root: Hdf5Group, attribute: "model_config" | "headstart"): unknown {
  const text = root.text(attribute);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError({ code: "keras/damaged-description" });
  }
}

function lookUp({ layout, layers }: KerasWeights): WeightLookup {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const inner = layout === "names" ? innerWeights(layers) : null;
  let numbers = 0;
  return ({ name, place }, part, index) => {
    const own = byName.get(layout === "places" ? place : name)?.weights ?? inner?.get(name) ?? [];
    // Keras 3 has other names for some parts, in the same order.
    const weight = own.find((each) => each.name.replace(/:\d+$/, "").endsWith(`/${part}`)) ?? own[index];
    // Before it is read: layers may all name one large array, which may have to be copied for each.
    numbers += weight ? volume(weight.shape) : 0;
    if (!(numbers <= MAX_WEIGHTS)) throw new NetworkError({ code: "network/too-many-weights", most: MAX_WEIGHTS });
    if (weight) return weight.read();
    throw new FormatError({ code: "keras/part-missing", layer: name, part });
  };
}

/** A legacy file keeps all weights of an inner model under that model's name, with the layer's name in their own. */
function innerWeights(layers: readonly KerasLayer[]): ReadonlyMap<string, readonly KerasWeight[]> {
  const byLayer = new Map<string, KerasWeight[]>();
  for (const weight of layers.flatMap(({ weights }) => weights)) {
    const layer = weight.name.split("/").at(-2) ?? "";
    const known = byLayer.get(layer);
    if (known) known.push(weight);
    else byLayer.set(layer, [weight]);
  }
  return byLayer;
}
