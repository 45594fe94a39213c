/** Which architecture weights are taken for when two families name their layers alike. */
import { expect, test } from "vitest";
import { readApplication } from "../../../src/formats/models/keras-application.ts";
import type { KerasLayer } from "../../../src/formats/models/keras-weights.ts";
import { ARCHITECTURES } from "../../../src/network/architectures/index.ts";
import type { Weight } from "../../../src/network/network.ts";

/** The layers of a legacy Keras file of EfficientNet-Lite0. */
function liteLayers(): KerasLayer[] {
  const parts = new Map<string, Weight[]>();
  ARCHITECTURES.find(({ id }) => id === "efficientnet-lite0")?.build([224, 224], (layer, _part, shape) => {
    const weight = { shape, data: new Float32Array(shape.reduce((product, length) => product * length, 1)) };
    parts.set(layer, [...(parts.get(layer) ?? []), weight]);
    return weight;
  });
  return [...parts].map(([name, weights]) => ({
    name,
    weights: weights.map((weight, at) => ({ name: `${name}/${at}`, shape: weight.shape, read: () => weight })),
  }));
}

test("weights of EfficientNet-Lite0 are", () => {
  const found = readApplication({ layout: "names", layers: liteLayers() });
  expect(found?.architecture.name).toBe("EfficientNet-Lite0");
});

test("the same with squeeze-and-excitation are EfficientNet-B0's, which is no family that is known", () => {
  const squeeze: KerasLayer = { name: "block1a_se_reduce", weights: [] };
  expect(readApplication({ layout: "names", layers: [...liteLayers(), squeeze] })).toBeNull();
});
