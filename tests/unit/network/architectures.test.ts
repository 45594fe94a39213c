import { describe, expect, test } from "vitest";
import { ARCHITECTURES } from "../../../src/network/architectures/index.ts";
import { kerasLayerOrder } from "../../../src/network/architectures/keras-order.ts";
import { countMultiplyAdds, countParameters } from "../../../src/network/cost.ts";
import type { Weight } from "../../../src/network/network.ts";
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

test("every architecture is tried", () => {
  expect(new Set(parity.map(({ architecture }) => architecture))).toEqual(new Set(ARCHITECTURES.map(({ id }) => id)));
});

function empty(shape: readonly number[]): Weight {
  return { shape, data: new Float32Array(shape.reduce((product, length) => product * length, 1)) };
}
