import type { Network, NetworkNode, Weight } from "../network.ts";
import type { Architecture } from "./architecture.ts";
import type { WeightPart } from "./builder.ts";
import { ARCHITECTURES } from "./index.ts";

const OUTLINE = new Float32Array();

/** The architecture that a network without its top is, by its layers' names and shapes; null when it is none of them. */
export function architectureOf(network: Network): Architecture | null {
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const layers = network.nodes.filter(hasKernel).length;
  const fits = (architecture: Architecture) => {
    let asked = 0;
    let fitting = true;
    const side = architecture.inputSize;
    const { nodes } = architecture.build([side, side], (layer, part, shape) => {
      const found = weightOf(byName.get(layer), part);
      if (`${found?.shape}` !== `${shape}`) fitting = false;
      asked += part === "kernel" ? 1 : 0;
      return { shape, data: OUTLINE };
    });
    return fitting && asked === layers && nodes.at(-1)?.name === network.output;
  };
  return ARCHITECTURES.find(fits) ?? null;
}

/**
 * The same weights for photos of another size.
 * @param side of the square input in pixels, at least the architecture's `smallestInput`
 */
export function atSize(network: Network, architecture: Architecture, side: number): Network {
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const resized = architecture.build([side, side], (layer, part) => {
    const weight = weightOf(byName.get(layer), part);
    if (!weight) throw new RangeError(`“${network.name}” has no ${part} in “${layer}”.`);
    return weight;
  });
  return { ...resized, name: network.name };
}

function hasKernel(node: NetworkNode): boolean {
  return "kernel" in node.weights;
}

function weightOf(node: NetworkNode | undefined, part: WeightPart): Weight | undefined {
  return (node?.weights as Partial<Record<WeightPart, Weight>> | undefined)?.[part];
}
