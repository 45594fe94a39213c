import type { Architecture, Feeding } from "./architecture.ts";
import { GraphBuilder, type Tap } from "./builder.ts";

/** Kernel, blocks, channels, expansion and stride of the first block of each stage (Tan and Le 2019, table 1). */
const STAGES = [
  [3, 1, 16, 1, 1],
  [3, 2, 24, 6, 2],
  [5, 2, 40, 6, 2],
  [3, 3, 80, 6, 2],
  [5, 3, 112, 6, 1],
  [5, 4, 192, 6, 2],
  [3, 1, 320, 6, 1],
] as const;

/** Width and depth coefficients, the side of the photos and the cost of each member. */
const MEMBERS = [
  { width: 1, depth: 1, inputSize: 224, cost: { parameters: 3_413_024, multiplyAdds: 383_907_552 } },
  { width: 1, depth: 1.1, inputSize: 240, cost: { parameters: 4_189_344, multiplyAdds: 598_905_232 } },
  { width: 1.1, depth: 1.2, inputSize: 260, cost: { parameters: 4_869_168, multiplyAdds: 858_456_272 } },
  { width: 1.2, depth: 1.4, inputSize: 280, cost: { parameters: 6_992_768, multiplyAdds: 1_382_041_872 } },
  { width: 1.4, depth: 1.8, inputSize: 300, cost: { parameters: 11_837_936, multiplyAdds: 2_551_754_336 } },
] as const;

/** The published preprocessing: (x − 127) / 128. */
const FEEDING: Feeding = {
  channelOrder: "RGB",
  scale: [1 / 128, 1 / 128, 1 / 128],
  offset: [-127 / 128, -127 / 128, -127 / 128],
};

/**
 * EfficientNet-Lite 0 to 4: EfficientNet (Tan and Le 2019, “EfficientNet: Rethinking Model Scaling for Convolutional Neural
 * Networks”) without squeeze-and-excitation, with ReLU6 for swish, and with a stem, a head and a number of blocks in the
 * first and last stage that do not grow. Layers are named as in Keras's EfficientNet.
 *
 * Agrees with `efficientnet_lite_builder.py` of https://github.com/tensorflow/tpu
 */
export function efficientNetLite(member: 0 | 1 | 2 | 3 | 4): Architecture {
  const { width, depth, inputSize, cost } = MEMBERS[member];
  return {
    id: `efficientnet-lite${member}`,
    name: `EfficientNet-Lite${member}`,
    inputSize,
    smallestInput: 32,
    feeding: FEEDING,
    weightsUrl: null,
    strangers: SQUEEZE_AND_EXCITATION,
    cost,
    build(size, weights) {
      const graph = new GraphBuilder(`efficientnet-lite${member}`, size, weights);
      const stem = graph.conv2d("stem_conv", graph.input, { filters: 32, kernel: 3, stride: 2, bias: false });
      let last = graph.activate("stem_activation", graph.batchNorm("stem_bn", stem), "Relu6");
      for (const [index, [kernel, blocks, channels, expansion, firstStride]] of STAGES.entries()) {
        const isEnd = index === 0 || index === STAGES.length - 1;
        const repeats = isEnd ? blocks : Math.ceil(blocks * depth);
        for (let block = 0; block < repeats; block++) {
          const prefix = `block${index + 1}${String.fromCharCode(97 + block)}`;
          const stride = block ? 1 : firstStride;
          last = invertedResidual(graph, last, prefix, { kernel, stride, expansion, filters: scaled(channels, width) });
        }
      }
      const top = graph.conv2d("top_conv", last, { filters: 1280, kernel: 1, bias: false });
      return graph.finish(graph.activate("top_activation", graph.batchNorm("top_bn", top), "Relu6"));
    },
  };
}

/** EfficientNet itself has all layers of its Lite form, and these. */
const SQUEEZE_AND_EXCITATION = /_se_(?:reduce|expand)$/;

interface Block {
  readonly kernel: number;
  readonly stride: number;
  readonly expansion: number;
  readonly filters: number;
}

function invertedResidual(
  graph: GraphBuilder,
  from: Tap,
  prefix: string,
  { kernel, stride, expansion, filters }: Block,
): Tap {
  const channels = from.shape[2];
  let wide = from;
  if (expansion > 1) {
    wide = graph.conv2d(`${prefix}_expand_conv`, from, { filters: expansion * channels, kernel: 1, bias: false });
    wide = graph.activate(`${prefix}_expand_activation`, graph.batchNorm(`${prefix}_expand_bn`, wide), "Relu6");
  }
  const depthwise = graph.depthwise(`${prefix}_dwconv`, wide, { kernel, stride });
  const filtered = graph.activate(`${prefix}_activation`, graph.batchNorm(`${prefix}_bn`, depthwise), "Relu6");
  const narrow = graph.conv2d(`${prefix}_project_conv`, filtered, { filters, kernel: 1, bias: false });
  const projected = graph.batchNorm(`${prefix}_project_bn`, narrow);
  return stride === 1 && channels === filters ? graph.add(`${prefix}_add`, projected, from) : projected;
}

/** Channels times the width, as the nearest multiple of 8 that is not more than a tenth below. */
function scaled(channels: number, width: number): number {
  const wanted = channels * width;
  const near = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return near < 0.9 * wanted ? near + 8 : near;
}
