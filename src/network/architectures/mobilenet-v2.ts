import { type Architecture, KERAS_APPLICATIONS, MINUS_ONE_TO_ONE } from "./architecture.ts";
import { GraphBuilder, type Tap } from "./builder.ts";

/** Channels, stride of the first block and number of blocks of each stage (Sandler et al. 2018, table 2). */
const STAGES = [
  [16, 1, 1],
  [24, 2, 2],
  [32, 2, 3],
  [64, 2, 4],
  [96, 1, 3],
  [160, 2, 3],
  [320, 1, 1],
] as const;

const EXPANSION = 6;

/** The cost, by width multiplier. */
const COSTS = {
  0.35: { parameters: 410_208, multiplyAdds: 58_005_808 },
  0.5: { parameters: 706_224, multiplyAdds: 95_851_840 },
  0.75: { parameters: 1_382_064, multiplyAdds: 207_789_792 },
  1: { parameters: 2_257_984, multiplyAdds: 299_494_272 },
  1.3: { parameters: 3_766_048, multiplyAdds: 507_710_560 },
  1.4: { parameters: 4_363_712, multiplyAdds: 580_403_824 },
} as const;

/** Sandler et al. 2018, “MobileNetV2: Inverted Residuals and Linear Bottlenecks”. */
export function mobileNetV2(alpha: keyof typeof COSTS): Architecture {
  const alphaText = alpha === 1 ? "1.0" : `${alpha}`;
  return {
    id: `mobilenet-v2-${alpha}`,
    name: `MobileNetV2 ${alpha.toFixed(2)}`,
    inputSize: 224,
    smallestInput: 32,
    feeding: MINUS_ONE_TO_ONE,
    weightsUrl: `${KERAS_APPLICATIONS}/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${alphaText}_224_no_top.h5`,
    cost: COSTS[alpha],
    build(size, weights) {
      const graph = new GraphBuilder("mobilenetv2", size, weights);
      const stem = graph.conv2d("Conv1", graph.input, {
        filters: divisible(32 * alpha),
        kernel: 3,
        stride: 2,
        bias: false,
      });
      let last = graph.activate("Conv1_relu", graph.batchNorm("bn_Conv1", stem), "Relu6");
      let block = 0;
      for (const [channels, firstStride, blocks] of STAGES) {
        for (let index = 0; index < blocks; index++) {
          last = invertedResidual(graph, last, block, index ? 1 : firstStride, divisible(Math.trunc(channels * alpha)));
          block += 1;
        }
      }
      const filters = alpha > 1 ? divisible(1280 * alpha) : 1280;
      const top = graph.conv2d("Conv_1", last, { filters, kernel: 1, padding: "VALID", bias: false });
      return graph.finish(graph.activate("out_relu", graph.batchNorm("Conv_1_bn", top), "Relu6"));
    },
  };
}

function invertedResidual(graph: GraphBuilder, from: Tap, block: number, stride: number, filters: number): Tap {
  const prefix = block ? `block_${block}` : "expanded_conv";
  const normalised = (name: string, tap: Tap) =>
    graph.activate(`${prefix}_${name}_relu`, graph.batchNorm(`${prefix}_${name}_BN`, tap), "Relu6");
  const pointwise = (name: string, tap: Tap, channels: number) =>
    graph.conv2d(`${prefix}_${name}`, tap, { filters: channels, kernel: 1, bias: false });

  const wide = block ? normalised("expand", pointwise("expand", from, EXPANSION * from.shape[2])) : from;
  const padded = stride === 1 ? wide : graph.pad(`${prefix}_pad`, wide, ...paddingForHalving(wide));
  const depthwise = graph.depthwise(`${prefix}_depthwise`, padded, {
    stride,
    padding: stride === 1 ? "SAME" : "VALID",
  });
  const narrow = pointwise("project", normalised("depthwise", depthwise), filters);
  const projected = graph.batchNorm(`${prefix}_project_BN`, narrow);
  return stride === 1 && from.shape[2] === filters ? graph.add(`${prefix}_add`, from, projected) : projected;
}

/** Keras's `correct_pad` for a 3 × 3 kernel: an even side gets no padding before. */
function paddingForHalving({ shape: [height, width] }: Tap): [[number, number], [number, number]] {
  return [
    [height % 2, 1],
    [width % 2, 1],
  ];
}

/** The nearest multiple of 8, not below 8 nor more than a tenth below the value. */
function divisible(value: number): number {
  const near = Math.max(8, Math.floor((value + 4) / 8) * 8);
  return near < 0.9 * value ? near + 8 : near;
}
