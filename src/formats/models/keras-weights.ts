/** The weights of a Keras file, layer by layer, whichever of Keras's two layouts holds them. */
import { MAX_ARRAYS } from "../../network/budget.ts";
import type { Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import type { Hdf5Group } from "./hdf5/group.ts";

/** One layer's arrays, in the order in which Keras's layer has them. */
export interface KerasLayer {
  /** The layer's own name in a legacy file; its place (`conv2d_3`, within models `sequential/layers/dense`) in a Keras 3 one. */
  readonly name: string;
  readonly weights: readonly KerasWeight[];
}

export interface KerasWeight {
  /** As the file calls it, such as `conv1/kernel:0` or `0`. */
  readonly name: string;
  readonly shape: readonly number[];
  read(): Weight;
}

export interface KerasWeights {
  /**
   * `names`: layers go by their names. `places`: by class and number, counted in the order of `model.layers`.
   */
  readonly layout: "names" | "places";
  /** Those that have weights, in the file's order. */
  readonly layers: readonly KerasLayer[];
}

/**
 * Reads legacy `.h5` (weights alone or a whole model) and Keras 3's `.weights.h5`. Nothing is read but names and shapes.
 * @throws FormatError when the file is of neither layout
 */
export function readKerasWeights(root: Hdf5Group): KerasWeights {
  const legacy = root.group("model_weights") ?? root;
  const names = legacy.texts("layer_names");
  const left = { groups: MAX_GROUPS, arrays: MAX_ARRAYS };
  if (names) {
    const layers = names.map((name) => legacyLayer(legacy, name, left)).filter(({ weights }) => weights.length);
    return { layout: "names", layers };
  }
  const layers = root.group("layers");
  if (layers) return { layout: "places", layers: placedLayers(layers, "layers", "", left) };
  throw new FormatError({ code: "keras/no-weights" });
}

/** How much more a file may hold. */
interface Left {
  groups: number;
  arrays: number;
}

function countGroup(left: Left): void {
  left.groups -= 1;
  if (left.groups < 0) throw new FormatError({ code: "keras/too-many-layers", most: MAX_GROUPS });
}

function countArrays(left: Left, arrays: number): void {
  left.arrays -= arrays;
  if (left.arrays < 0) throw new FormatError({ code: "model/too-many-arrays", most: MAX_ARRAYS });
}

function legacyLayer(root: Hdf5Group, name: string, left: Left): KerasLayer {
  countGroup(left);
  const group = root.group(name);
  const paths = group?.texts("weight_names");
  if (!group || !paths) throw new FormatError({ code: "keras/layer-missing", layer: name });
  countArrays(left, paths.length);
  return { name, weights: paths.map((path) => weightAt(group, path, name)) };
}

/** Of all models within models together. Links of a hostile file can make a few groups look like endlessly many. */
const MAX_GROUPS = 10_000;

function placedLayers(group: Hdf5Group, path: string, prefix: string, left: Left): KerasLayer[] {
  return group.names.flatMap((place) => {
    countGroup(left);
    const layer = group.group(place);
    const vars = layer?.group("vars");
    const numbers = (vars?.names ?? []).toSorted((a, b) => Number(a) - Number(b));
    countArrays(left, numbers.length);
    const inner = layer?.group("layers");
    return [
      ...(vars && numbers.length
        ? [
            {
              name: `${prefix}${place}`,
              weights: numbers.map((number) => weightAt(vars, number, `${path}/${place}`)),
            },
          ]
        : []),
      ...(inner ? placedLayers(inner, `${path}/${place}/layers`, `${prefix}${place}/layers/`, left) : []),
    ];
  });
}

function weightAt(group: Hdf5Group, path: string, layer: string): KerasWeight {
  const shape = group.shape(path);
  if (!shape) throw new FormatError({ code: "keras/array-missing", layer, array: path });
  return { name: path, shape, read: () => group.array(path) };
}
