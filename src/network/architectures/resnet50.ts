import { type Architecture, KERAS_APPLICATIONS, LESS_MEAN_COLOUR } from "./architecture.ts";
import { GraphBuilder, type Tap } from "./builder.ts";

/** Channels, stride of the first block and number of blocks of each stage (He et al. 2016, table 1). */
const STAGES = [
  [64, 1, 3],
  [128, 2, 4],
  [256, 2, 6],
  [512, 2, 3],
] as const;

const EPSILON = 1.001e-5;

/** He et al. 2016, “Deep Residual Learning for Image Recognition”, with the stride in the first convolution of a block. */
export const RESNET50: Architecture = {
  id: "resnet50",
  name: "ResNet50",
  inputSize: 224,
  smallestInput: 32,
  feeding: LESS_MEAN_COLOUR,
  weightsUrl: `${KERAS_APPLICATIONS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5`,
  cost: { parameters: 23_587_712, multiplyAdds: 3_855_925_248 },
  build(size, weights) {
    const graph = new GraphBuilder("resnet50", size, weights);
    const padded = graph.pad("conv1_pad", graph.input, [3, 3], [3, 3]);
    const stem = graph.conv2d("conv1_conv", padded, { filters: 64, kernel: 7, stride: 2, padding: "VALID" });
    const normalised = graph.batchNorm("conv1_bn", stem, { epsilon: EPSILON });
    const active = graph.activate("conv1_relu", normalised, "Relu");
    const framed = graph.pad("pool1_pad", active, [1, 1], [1, 1]);
    let last = graph.pool("pool1_pool", framed, "MaxPool", 3, 2, "VALID");
    for (const [index, [filters, firstStride, blocks]] of STAGES.entries()) {
      for (let block = 1; block <= blocks; block++) {
        const name = `conv${index + 2}_block${block}`;
        last = bottleneck(graph, last, name, filters, block === 1 ? firstStride : null);
      }
    }
    return graph.finish(last);
  },
};

/** @param stride of a block whose shortcut is a convolution; null for one that passes its input on */
function bottleneck(graph: GraphBuilder, from: Tap, name: string, filters: number, stride: number | null): Tap {
  const convolve = (at: number, tap: Tap, kernel: number, channels: number, step = 1) => {
    const convolution = { filters: channels, kernel, stride: step, padding: kernel === 1 ? "VALID" : "SAME" } as const;
    return graph.batchNorm(`${name}_${at}_bn`, graph.conv2d(`${name}_${at}_conv`, tap, convolution), {
      epsilon: EPSILON,
    });
  };
  const shortcut = stride === null ? from : convolve(0, from, 1, 4 * filters, stride);
  const first = graph.activate(`${name}_1_relu`, convolve(1, from, 1, filters, stride ?? 1), "Relu");
  const second = graph.activate(`${name}_2_relu`, convolve(2, first, 3, filters), "Relu");
  return graph.activate(`${name}_out`, graph.add(`${name}_add`, shortcut, convolve(3, second, 1, 4 * filters)), "Relu");
}
