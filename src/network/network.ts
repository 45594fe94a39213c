/**
 * What a neural network is: a graph of plain data, independent of any library that runs it.
 *
 * Activations are laid out NHWC. Operations, paddings and attribute names are TensorFlow's.
 * Readers (`formats`) make such a graph, transforms (`network`) change it, the `engine` runs it, writers write it.
 */

export type Padding = "SAME" | "VALID";

/** Element-wise functions an operation may apply to its own result. */
export type Activation = "Relu" | "Relu6" | "Sigmoid" | "Tanh" | "Elu";

/** A constant of the network, row-major. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface NodeOf<Op extends string, Attributes, Weights> {
  /** Unique within its network. Keras's layer name where there is one. */
  readonly name: string;
  readonly op: Op;
  /** Names of the nodes (or of the network's input) whose results this node takes. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
  readonly weights: Weights;
}

type NoWeights = Readonly<Record<string, never>>;
type NoAttributes = Readonly<Record<string, never>>;

export interface ConvolutionAttributes {
  /** [vertical, horizontal] steps, in pixels. */
  readonly strides: readonly [number, number];
  readonly padding: Padding;
  /** [vertical, horizontal] distance between kernel taps, in pixels. */
  readonly dilations: readonly [number, number];
  /** Applied after the bias; null for none. */
  readonly activation: Activation | null;
}

export interface PoolAttributes {
  readonly windowSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** Kernel `[height, width, in, out]`, bias `[out]`. */
export type Conv2DNode = NodeOf<"Conv2D", ConvolutionAttributes, { readonly kernel: Weight; readonly bias?: Weight }>;

/** Kernel `[height, width, in, multiplier]`, bias `[in × multiplier]`. */
export type DepthwiseConv2dNode = NodeOf<
  "DepthwiseConv2dNative",
  ConvolutionAttributes,
  { readonly kernel: Weight; readonly bias?: Weight }
>;

/** A dense layer: kernel `[in, out]`, bias `[out]`. */
export type MatMulNode = NodeOf<
  "MatMul",
  { readonly activation: Activation | null },
  { readonly kernel: Weight; readonly bias?: Weight }
>;

/** Batch normalisation with frozen statistics, all weights `[channels]`. */
export type BatchNormNode = NodeOf<
  "FusedBatchNormV3",
  { readonly epsilon: number },
  {
    readonly mean: Weight;
    readonly variance: Weight;
    readonly gamma?: Weight;
    readonly beta?: Weight;
  }
>;

/** Zero padding of the two spatial dimensions, in pixels: `[[top, bottom], [left, right]]`. */
export type PadNode = NodeOf<
  "Pad",
  { readonly paddings: readonly [readonly [number, number], readonly [number, number]] },
  NoWeights
>;

export type PoolNode = NodeOf<"MaxPool" | "AvgPool", PoolAttributes, NoWeights>;

/** Takes rows and columns away, in pixels: `[[top, bottom], [left, right]]`. */
export type CropNode = NodeOf<
  "Crop",
  { readonly cropping: readonly [readonly [number, number], readonly [number, number]] },
  NoWeights
>;

/** Global pooling: the mean, or the largest value, over height and width. */
export type GlobalPoolNode = NodeOf<"Mean" | "Max", { readonly keepDimensions: boolean }, NoWeights>;

/** Per-sample target shape, without the batch dimension. */
export type ReshapeNode = NodeOf<"Reshape", { readonly shape: readonly number[] }, NoWeights>;

/** Element-wise sum of two or more results of the same shape. */
export type AddNode = NodeOf<"AddV2", NoAttributes, NoWeights>;

/** Element-wise product of two results of the same rank; a dimension of 1 is repeated along the other's. */
export type MulNode = NodeOf<"Mul", NoAttributes, NoWeights>;

/** Concatenation along the channels. */
export type ConcatNode = NodeOf<"ConcatV2", NoAttributes, NoWeights>;

export type ActivationNode = NodeOf<Activation | "Softmax" | "Gelu", NoAttributes, NoWeights>;

/** The larger of x and `alpha` × x, for an `alpha` below 1. */
export type LeakyReluNode = NodeOf<"LeakyRelu", { readonly alpha: number }, NoWeights>;

/** x where it is above 0, `alpha` × x elsewhere: `alpha` has the sample's rank, and its dimensions or 1. */
export type PreluNode = NodeOf<"Prelu", NoAttributes, { readonly alpha: Weight }>;

/** Each place's channels less their mean, over their deviation; gamma and beta `[channels]`. */
export type LayerNormNode = NodeOf<
  "LayerNorm",
  { readonly epsilon: number },
  { readonly gamma?: Weight; readonly beta?: Weight }
>;

/** Zeroes a share `rate` of its input while training; the identity otherwise. */
export type DropoutNode = NodeOf<"Dropout", { readonly rate: number }, NoWeights>;

export type NetworkNode =
  | Conv2DNode
  | DepthwiseConv2dNode
  | MatMulNode
  | BatchNormNode
  | PadNode
  | CropNode
  | PoolNode
  | GlobalPoolNode
  | ReshapeNode
  | AddNode
  | MulNode
  | ConcatNode
  | ActivationNode
  | LeakyReluNode
  | PreluNode
  | LayerNormNode
  | DropoutNode;

export interface Network {
  readonly name: string;
  /** The one input. `shape` is a sample's, without the batch dimension: `[height, width, channels]` or `[features]`. */
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  /** In an order in which every node comes after those it takes from. */
  readonly nodes: readonly NetworkNode[];
  /** Name of the node whose result is the network's. */
  readonly output: string;
}
