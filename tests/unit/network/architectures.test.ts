import { describe, expect, test } from "vitest";
import { architectureOf, atSize } from "../../../src/network/architectures/at-size.ts";
import { ARCHITECTURES } from "../../../src/network/architectures/index.ts";
import { kerasLayerOrder } from "../../../src/network/architectures/keras-order.ts";
import { countMultiplyAdds, countParameters } from "../../../src/network/cost.ts";
import type { Network, Weight } from "../../../src/network/network.ts";
import { inferShapes } from "../../../src/network/shapes.ts";
import parity from "../../fixtures/parity.json" with { type: "json" };

describe.each(parity)("$architecture at $size", ({ architecture: id, size, parameters, shape, layers }) => {
  const architecture = ARCHITECTURES.find((each) => each.id === id);
  const [height = 0, width = 0] = size;
  const network = architecture?.build([height, width], (_layer, _part, wanted) => empty(wanted));

  test("has Keras's layers, sizes and parameters", () => {
    if (!network) throw new Error(`There is no ${id}.`);
    expect(inferShapes(network).get(network.output)).toEqual(shape);
    expect(countParameters(network)).toBe(parameters);
    const own = kerasLayerOrder(network).filter(({ weights }) => Object.keys(weights).length);
    expect(own.map(({ name }) => name)).toEqual(layers);
  });
});

test.each(ARCHITECTURES)("$name says what it costs", ({ inputSize, cost, build }) => {
  const network = build([inputSize, inputSize], (_layer, _part, wanted) => empty(wanted));
  expect(cost).toEqual({ parameters: countParameters(network), multiplyAdds: countMultiplyAdds(network) });
});

// Howard et al. 2017, table 4 and Sandler et al. 2018, table 4, in millions, with a classifier of 1000 classes on top.
test.each([
  ["mobilenet-v1-1", 569, 1.024],
  ["mobilenet-v2-1", 300, 1.28],
])("%s costs what its paper says", (id, millions, top) => {
  const architecture = ARCHITECTURES.find((each) => each.id === id);
  expect((architecture?.cost.multiplyAdds ?? 0) / 1e6 + top).toBeCloseTo(millions, -1);
});

// https://github.com/d-li14/efficientnet-lite.pytorch, in thousand millions, with a classifier of 1000 classes on top.
test.each([
  ["efficientnet-lite0", 0.385],
  ["efficientnet-lite1", 0.6],
  ["efficientnet-lite2", 0.86],
  ["efficientnet-lite3", 1.383],
  ["efficientnet-lite4", 2.553],
])("%s costs what others count", (id, published) => {
  const architecture = ARCHITECTURES.find((each) => each.id === id);
  expect(((architecture?.cost.multiplyAdds ?? 0) + 1.28e6) / 1e9).toBeCloseTo(published, 3);
});

test("every architecture is tried", () => {
  expect(new Set(parity.map(({ architecture }) => architecture))).toEqual(new Set(ARCHITECTURES.map(({ id }) => id)));
});

describe("at another size", () => {
  const sourceOf = ({ nodes }: Network) => {
    const layers = new Map(nodes.map(({ name, weights }) => [name, weights as Record<string, Weight>]));
    return (layer: string, part: string) => layers.get(layer)?.[part] ?? empty([]);
  };

  test.each(ARCHITECTURES)("$name is recognised by its layers, whatever its size", (architecture) => {
    const network = architecture.build([96, 96], (_layer, _part, wanted) => empty(wanted));
    expect(architectureOf(network)?.id).toBe(architecture.id);
  });

  test("a network with another layer is not", () => {
    const [architecture] = ARCHITECTURES;
    if (!architecture) throw new Error("There are no architectures.");
    const { nodes, ...rest } = architecture.build([96, 96], (_layer, _part, wanted) => empty(wanted));
    const renamed = nodes.map((node) => (node.name === "conv1" ? { ...node, name: "stem" } : node));
    const inputs = (names: readonly string[]) => names.map((name) => (name === "conv1" ? "stem" : name));
    const changed = { ...rest, nodes: renamed.map((node) => ({ ...node, inputs: inputs(node.inputs) })) };
    expect(architectureOf(changed as Network)).toBeNull();
  });

  test("it is the graph that Keras builds at that size, with the same weights", () => {
    const architecture = ARCHITECTURES.find(({ id }) => id === "mobilenet-v2-0.35");
    if (!architecture) throw new Error("There is no MobileNetV2.");
    const at96 = architecture.build([96, 96], (_layer, _part, wanted) => empty(wanted));
    expect(atSize(at96, architecture, 75)).toEqual(architecture.build([75, 75], sourceOf(at96)));
  });
});

function empty(shape: readonly number[]): Weight {
  return { shape, data: new Float32Array(shape.reduce((product, length) => product * length, 1)) };
}
