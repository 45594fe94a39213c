import { describe, expect, test } from "vitest";
import { ARCHITECTURES } from "../../../src/network/architectures/index.ts";
import { blocksOf, splitAtBlocks } from "../../../src/network/blocks.ts";
import type { Network } from "../../../src/network/network.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { inferShapes } from "../../../src/network/shapes.ts";

function build(id: string): Network {
  const architecture = ARCHITECTURES.find((each) => each.id === id);
  if (!architecture) throw new Error(`There is no ${id}.`);
  return architecture.build([96, 96], (_layer, _part, shape) => ({
    shape,
    data: new Float32Array(shape.reduce((product, length) => product * length, 1)),
  }));
}

describe("blocks", () => {
  // Counted in the papers' tables: a stem goes with what it leads into where a depthwise convolution follows.
  test.each([
    ["mobilenet-v1-0.25", 13, "conv_pw_13_relu", "conv_pw_12_relu"],
    ["mobilenet-v2-0.35", 18, "out_relu", "block_16_project_BN"],
    // Sixteen blocks, the first with the stem, and the convolution at the end.
    ["efficientnet-lite0", 17, "top_activation", "block7a_project_bn"],
    ["vgg16", 13, "block5_pool", "block5_conv2"],
    ["resnet50", 17, "conv5_block3_out", "conv5_block2_out"],
    ["inception-v3", 16, "mixed10", "mixed9"],
  ])("%s has %i", (id, count, last, before) => {
    const network = build(id);
    const blocks = blocksOf(network);
    expect(blocks).toHaveLength(count);
    expect(blocks.slice(-2)).toEqual([before, last]);
    expect(blocksOf(optimiseForInference(network))).toHaveLength(count);
  });

  test("a network in two gives the shapes of the whole", () => {
    const network = build("mobilenet-v2-0.35");
    const { frozen, tuned } = splitAtBlocks(network, 2);
    expect(frozen?.output).toBe("block_15_add");
    expect(tuned.input).toEqual({ name: "block_15_add", shape: [3, 3, 56] });
    expect((frozen?.nodes.length ?? 0) + tuned.nodes.length).toBe(network.nodes.length);
    expect(inferShapes(tuned).get(tuned.output)).toEqual([3, 3, 1280]);
  });

  test("as many blocks as there are, or more, leave nothing frozen", () => {
    const network = build("vgg16");
    expect(splitAtBlocks(network, 12).frozen?.output).toBe("block1_conv1");
    expect(splitAtBlocks(network, 13)).toEqual({ frozen: null, tuned: network });
    expect(splitAtBlocks(network, 200).frozen).toBeNull();
  });
});
