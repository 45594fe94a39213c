import { type Architecture, KERAS_APPLICATIONS, MINUS_ONE_TO_ONE } from "./architecture.ts";
import { GraphBuilder, type Tap } from "./builder.ts";

/** A branch's convolutions, in order: filters and kernel `[height, width]`. */
type Branch = readonly (readonly [filters: number, kernel: readonly [number, number]])[];

const ONE = [1, 1] as const;
const THREE = [3, 3] as const;
const FIVE = [5, 5] as const;
const ROW = [1, 7] as const;
const COLUMN = [7, 1] as const;

/** Szegedy et al. 2016, “Rethinking the Inception Architecture for Computer Vision”. */
export const INCEPTION_V3: Architecture = {
  id: "inception-v3",
  name: "InceptionV3",
  inputSize: 299,
  smallestInput: 75,
  feeding: MINUS_ONE_TO_ONE,
  weightsUrl: `${KERAS_APPLICATIONS}/inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5`,
  cost: { parameters: 21_802_784, multiplyAdds: 5_711_168_096 },
  build(size, weights) {
    const graph = new GraphBuilder("inception_v3", size, weights);
    let last = convolve(graph, graph.input, 32, THREE, 2, "VALID");
    last = convolve(graph, last, 32, THREE, 1, "VALID");
    last = convolve(graph, last, 64, THREE);
    last = maxPool(graph, last);
    last = convolve(graph, last, 80, ONE, 1, "VALID");
    last = convolve(graph, last, 192, THREE, 1, "VALID");
    last = maxPool(graph, last);
    for (const [index, poolFilters] of [32, 64, 64].entries())
      last = mixed35(graph, last, `mixed${index}`, poolFilters);
    last = reduceTo17(graph, last);
    for (const [index, filters] of [128, 160, 160, 192].entries()) {
      last = mixed17(graph, last, `mixed${4 + index}`, filters);
    }
    last = reduceTo8(graph, last);
    for (const index of [0, 1]) last = mixed8(graph, last, index);
    return graph.finish(last);
  },
};

/** 35 × 35 places at the trained size. */
function mixed35(graph: GraphBuilder, from: Tap, name: string, poolFilters: number): Tap {
  const one = convolve(graph, from, 64, ONE);
  const five = branch(graph, from, [
    [48, ONE],
    [64, FIVE],
  ]);
  const double = branch(graph, from, [
    [64, ONE],
    [96, THREE],
    [96, THREE],
  ]);
  return graph.concat(name, [one, five, double, pooled(graph, from, poolFilters)]);
}

function reduceTo17(graph: GraphBuilder, from: Tap): Tap {
  const three = convolve(graph, from, 384, THREE, 2, "VALID");
  const narrow = branch(graph, from, [
    [64, ONE],
    [96, THREE],
  ]);
  const double = convolve(graph, narrow, 96, THREE, 2, "VALID");
  return graph.concat("mixed3", [three, double, maxPool(graph, from)]);
}

function mixed17(graph: GraphBuilder, from: Tap, name: string, filters: number): Tap {
  const one = convolve(graph, from, 192, ONE);
  const seven = branch(graph, from, [
    [filters, ONE],
    [filters, ROW],
    [192, COLUMN],
  ]);
  const double = branch(graph, from, [
    [filters, ONE],
    [filters, COLUMN],
    [filters, ROW],
    [filters, COLUMN],
    [192, ROW],
  ]);
  return graph.concat(name, [one, seven, double, pooled(graph, from, 192)]);
}

function reduceTo8(graph: GraphBuilder, from: Tap): Tap {
  const three = convolve(graph, convolve(graph, from, 192, ONE), 320, THREE, 2, "VALID");
  const seven = branch(graph, from, [
    [192, ONE],
    [192, ROW],
    [192, COLUMN],
  ]);
  const last = convolve(graph, seven, 192, THREE, 2, "VALID");
  return graph.concat("mixed8", [three, last, maxPool(graph, from)]);
}

function mixed8(graph: GraphBuilder, from: Tap, index: number): Tap {
  const one = convolve(graph, from, 320, ONE);
  const fork = (tap: Tap, name: () => string) => {
    const flat = convolve(graph, tap, 384, [1, 3]);
    const tall = convolve(graph, tap, 384, [3, 1]);
    return graph.concat(name(), [flat, tall]);
  };
  const single = fork(convolve(graph, from, 384, ONE), () => `mixed9_${index}`);
  const narrow = branch(graph, from, [
    [448, ONE],
    [384, THREE],
  ]);
  const double = fork(narrow, () => graph.nextName("concatenate"));
  return graph.concat(`mixed${9 + index}`, [one, single, double, pooled(graph, from, 192)]);
}

function branch(graph: GraphBuilder, from: Tap, convolutions: Branch): Tap {
  return convolutions.reduce((tap, [filters, kernel]) => convolve(graph, tap, filters, kernel), from);
}

function pooled(graph: GraphBuilder, from: Tap, filters: number): Tap {
  const average = graph.pool(graph.nextName("average_pooling2d"), from, "AvgPool", 3, 1, "SAME");
  return convolve(graph, average, filters, ONE);
}

function maxPool(graph: GraphBuilder, from: Tap): Tap {
  return graph.pool(graph.nextName("max_pooling2d"), from, "MaxPool", 3, 2, "VALID");
}

/** Convolution, normalisation without scale, ReLU. */
function convolve(
  graph: GraphBuilder,
  from: Tap,
  filters: number,
  kernel: readonly [number, number],
  stride = 1,
  padding: "SAME" | "VALID" = "SAME",
): Tap {
  const linear = graph.conv2d(graph.nextName("conv2d"), from, { filters, kernel, stride, padding, bias: false });
  const normalised = graph.batchNorm(graph.nextName("batch_normalization"), linear, { scale: false });
  return graph.activate(graph.nextName("activation"), normalised, "Relu");
}
