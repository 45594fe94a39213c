import { type Architecture, KERAS_APPLICATIONS, MINUS_ONE_TO_ONE } from "./architecture.ts";
import { GraphBuilder, type Tap } from "./builder.ts";

/** Channels and stride of the depthwise separable blocks 1 to 13 (Howard et al. 2017, table 1). */
const BLOCKS = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

/** By width multiplier: as Keras's file names say it, and the cost. */
const WIDTHS = {
  0.25: { text: "2_5", parameters: 218_544, multiplyAdds: 40_774_272 },
  0.5: { text: "5_0", parameters: 829_536, multiplyAdds: 148_985_088 },
  0.75: { text: "7_5", parameters: 1_832_976, multiplyAdds: 324_632_448 },
  1: { text: "1_0", parameters: 3_228_864, multiplyAdds: 567_716_352 },
} as const;

/** Howard et al. 2017, “MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications”. */
export function mobileNetV1(alpha: keyof typeof WIDTHS): Architecture {
  const { text, ...cost } = WIDTHS[alpha];
  return {
    id: `mobilenet-v1-${alpha}`,
    name: `MobileNetV1 ${alpha.toFixed(2)}`,
    inputSize: 224,
    smallestInput: 32,
    feeding: MINUS_ONE_TO_ONE,
    weightsUrl: `${KERAS_APPLICATIONS}/mobilenet/mobilenet_${text}_224_tf_no_top.h5`,
    cost,
    build(size, weights) {
      const graph = new GraphBuilder("mobilenet", size, weights);
      const normalised = (name: string, from: Tap) =>
        graph.activate(`${name}_relu`, graph.batchNorm(`${name}_bn`, from), "Relu6");
      const filters = (channels: number) => Math.trunc(channels * alpha);

      const stem = graph.conv2d("conv1", graph.input, { filters: filters(32), kernel: 3, stride: 2, bias: false });
      let last = normalised("conv1", stem);
      for (const [index, [channels, stride]] of BLOCKS.entries()) {
        const block = index + 1;
        const padded = stride === 1 ? last : graph.pad(`conv_pad_${block}`, last, [0, 1], [0, 1]);
        const depthwise = graph.depthwise(`conv_dw_${block}`, padded, {
          stride,
          padding: stride === 1 ? "SAME" : "VALID",
        });
        const pointwise = graph.conv2d(`conv_pw_${block}`, normalised(`conv_dw_${block}`, depthwise), {
          filters: filters(channels),
          kernel: 1,
          bias: false,
        });
        last = normalised(`conv_pw_${block}`, pointwise);
      }
      return graph.finish(last);
    },
  };
}
