import { type Architecture, KERAS_APPLICATIONS, LESS_MEAN_COLOUR } from "./architecture.ts";
import { GraphBuilder } from "./builder.ts";

/** Channels and number of convolutions of each block (Simonyan & Zisserman 2015, table 1, column D). */
const BLOCKS = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
] as const;

/** Simonyan & Zisserman 2015, “Very Deep Convolutional Networks for Large-Scale Image Recognition”. */
export const VGG16: Architecture = {
  id: "vgg16",
  name: "VGG16",
  inputSize: 224,
  smallestInput: 32,
  feeding: LESS_MEAN_COLOUR,
  weightsUrl: `${KERAS_APPLICATIONS}/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5`,
  cost: { parameters: 14_714_688, multiplyAdds: 15_346_630_656 },
  build(size, weights) {
    const graph = new GraphBuilder("vgg16", size, weights);
    let last = graph.input;
    for (const [index, [filters, convolutions]] of BLOCKS.entries()) {
      const block = `block${index + 1}`;
      for (let at = 1; at <= convolutions; at++) {
        last = graph.conv2d(`${block}_conv${at}`, last, { filters, kernel: 3, activation: "Relu" });
      }
      last = graph.pool(`${block}_pool`, last, "MaxPool", 2, 2, "VALID");
    }
    return graph.finish(last);
  },
};
