/** A head comes off as it was put on. */
import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { attachHead } from "../../../src/network/attach.ts";
import { detachHead } from "../../../src/network/detach.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { Network } from "../../../src/network/network.ts";

const BASE: Network = {
  ...{ name: "base", input: { name: "photo", shape: [8, 8, 3] }, output: "pooled" },
  nodes: [{ name: "pooled", op: "Mean", inputs: ["photo"], attributes: { keepDimensions: false }, weights: {} }],
};
const HEAD = buildHead({ features: 3, hiddenLayers: [4], dropout: 0.5, classes: 2, random: createRandom(1) });

test("a classifier is its base and its head again", () => {
  const found = detachHead(attachHead(BASE, HEAD, "Pets"), BASE);
  expect(found?.base).toEqual(BASE);
  expect(found?.head.input).toEqual({ name: "pooled", shape: [3] });
  expect(found?.head.nodes.map(({ op, weights }) => [op, weights])).toEqual(
    HEAD.nodes.map(({ op, weights }) => [op, weights]),
  );
  // Put on once more, nothing is another.
  expect(found && attachHead(found.base, found.head, "Pets")).toEqual(attachHead(BASE, HEAD, "Pets"));
});

test("one of another base has none of this", () => {
  const other: Network = { ...BASE, output: "means", nodes: BASE.nodes.map((node) => ({ ...node, name: "means" })) };
  expect(detachHead(attachHead(other, HEAD, "Pets"), BASE)).toBeNull();
});
