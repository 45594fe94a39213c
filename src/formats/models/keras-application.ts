/** Finds out which of the known architectures a Keras weight file belongs to, and fills it. */
import type { Architecture } from "../../network/architectures/architecture.ts";
import type { WeightPart } from "../../network/architectures/builder.ts";
import { ARCHITECTURES } from "../../network/architectures/index.ts";
import { kerasLayerOrder } from "../../network/architectures/keras-order.ts";
import type { Network, NetworkNode, Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import type { LayerMisfit } from "./errors.ts";
import type { KerasLayer, KerasWeights } from "./keras-weights.ts";

export interface Application {
  readonly architecture: Architecture;
  /** At the architecture's own input size. */
  readonly network: Network;
}

/**
 * null when the weights are of none of the architectures.
 *
 * @param isAlone whether nothing but the weights says what network they are of
 * @throws FormatError when they are alone, and look like those of one of the architectures, but do not fit it
 */
export function readApplication(weights: KerasWeights, isAlone = true): Application | null {
  const possible = ARCHITECTURES.filter(({ strangers }) => !weights.layers.some(({ name }) => strangers?.test(name)));
  const matches = possible.map((architecture) => match(architecture, weights));
  const best = matches.reduce((a, b) => (b.fitting > a.fitting ? b : a));
  if (best.problem === null) return { architecture: best.architecture, network: fill(best) };
  // Another network may have a layer or two in common with one of these.
  if (best.fitting < 0.5 || !isAlone) return null;
  throw new FormatError({ code: "keras/misfit", architecture: best.architecture.name, misfit: best.problem });
}

interface Match {
  readonly architecture: Architecture;
  readonly layers: ReadonlyMap<string, KerasLayer>;
  /** Share of its layers that the file has as they should be. */
  readonly fitting: number;
  /** The first layer that does not fit; null when all do. */
  readonly problem: LayerMisfit | null;
}

interface Expected {
  readonly name: string;
  readonly op: NetworkNode["op"];
  readonly parts: readonly { readonly part: WeightPart; readonly shape: readonly number[] }[];
}

function match(architecture: Architecture, weights: KerasWeights): Match {
  const expected = expectedLayers(architecture);
  const layers = weights.layout === "names" ? byName(expected, weights.layers) : byPlace(architecture, weights.layers);
  const problems = expected.map(({ name, parts }) => problemOf(name, parts, layers.get(name)));
  const fitting = problems.filter((problem) => problem === null).length / expected.length;
  return { architecture, layers, fitting, problem: problems.find((problem) => problem !== null) ?? null };
}

function problemOf(name: string, parts: Expected["parts"], layer: KerasLayer | undefined): LayerMisfit | null {
  if (!layer) return { kind: "missing", layer: name };
  if (layer.weights.length !== parts.length) {
    return { kind: "arrays", layer: name, found: layer.weights.length, expected: parts.length };
  }
  const wrong = parts.findIndex(({ shape }, at) => `${shape}` !== `${layer.weights[at]?.shape}`);
  const [part, found] = [parts[wrong], layer.weights[wrong]];
  return part && found
    ? { kind: "shape", layer: name, part: part.part, found: found.shape, expected: part.shape }
    : null;
}

/** By the layers' names; those that Keras numbers itself (`conv2d_17`) by the order of their numbers, wherever they start. */
function byName(expected: readonly Expected[], layers: readonly KerasLayer[]): Map<string, KerasLayer> {
  const found = new Map(layers.map((layer) => [layer.name, layer]));
  const numbered = (kind: string) =>
    layers
      .flatMap((layer) => {
        const number = new RegExp(`^${kind}(?:_(\\d+))?$`).exec(layer.name);
        return number ? [{ layer, number: Number(number[1] ?? 0) }] : [];
      })
      .toSorted((a, b) => a.number - b.number)
      .map(({ layer }) => layer);
  for (const kind of ["conv2d", "batch_normalization"]) {
    const inFile = numbered(kind);
    const wanted = expected.filter(({ name }) => new RegExp(`^${kind}(_\\d+)?$`).test(name));
    wanted.forEach(({ name }, at) => {
      const layer = inFile[at];
      if (layer) found.set(name, layer);
    });
  }
  return found;
}

const CLASSES: Partial<Record<NetworkNode["op"], string>> = {
  Conv2D: "conv2d",
  DepthwiseConv2dNative: "depthwise_conv2d",
  FusedBatchNormV3: "batch_normalization",
};

function byPlace(architecture: Architecture, layers: readonly KerasLayer[]): Map<string, KerasLayer> {
  const inFile = new Map(layers.map((layer) => [layer.name, layer]));
  const counts = new Map<string, number>();
  const found = new Map<string, KerasLayer>();
  for (const { name, op } of kerasLayerOrder(outline(architecture))) {
    const kind = CLASSES[op];
    if (!kind) continue;
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const layer = inFile.get(count ? `${kind}_${count}` : kind);
    if (layer) found.set(name, layer);
  }
  return found;
}

function fill({ architecture, layers }: Match): Network {
  const parts = new Map(expectedLayers(architecture).map(({ name, parts: all }) => [name, all]));
  const side = architecture.inputSize;
  return architecture.build([side, side], (layer, part) => {
    const at = parts.get(layer)?.findIndex((each) => each.part === part) ?? -1;
    const weight = layers.get(layer)?.weights[at];
    if (!weight) throw new FormatError({ code: "keras/part-missing", layer, part });
    return weight.read();
  });
}

const NO_NUMBERS = new Float32Array();

/** The graph with weights that have their shapes and no numbers. */
function outline(architecture: Architecture, onWeight?: (layer: string, part: WeightPart, weight: Weight) => void) {
  const side = architecture.inputSize;
  return architecture.build([side, side], (layer, part, shape) => {
    const weight = { shape, data: NO_NUMBERS };
    onWeight?.(layer, part, weight);
    return weight;
  });
}

/** Its layers with weights and their parts in Keras's order, in which the builder asks for them. */
function expectedLayers(architecture: Architecture): Expected[] {
  const parts = new Map<string, { part: WeightPart; shape: readonly number[] }[]>();
  const network = outline(architecture, (layer, part, { shape }) => {
    const known = parts.get(layer);
    if (known) known.push({ part, shape });
    else parts.set(layer, [{ part, shape }]);
  });
  return network.nodes.flatMap(({ name, op }) => {
    const own = parts.get(name);
    return own ? [{ name, op, parts: own }] : [];
  });
}
