import type { Preprocessing } from "../model.ts";
import type { Network } from "../network.ts";
import type { WeightSource } from "./builder.ts";

/** A family's member without its top, as Keras Applications builds it where it is one of theirs. */
export interface Architecture {
  /** `mobilenet-v2-0.35`, `resnet50`. */
  readonly id: string;
  readonly name: string;
  /** Side of the photos that its weights were trained on, in pixels. */
  readonly inputSize: number;
  /** The smallest side that it may have; Keras's own limit where Keras has one. */
  readonly smallestInput: number;
  readonly feeding: Feeding;
  /** Where the Keras project keeps its weights without top, trained on ImageNet; null where it has none. */
  readonly weightsUrl: string | null;
  /** Names of layers of another family that has all layers of this one too: weights with such a layer are not its own. */
  readonly strangers?: RegExp;
  /** Of the graph at `inputSize`. */
  readonly cost: Cost;
  /**
   * The graph, down to its last feature map, with Keras's layer names.
   * @param size `[height, width]` of its input, each at least `smallestInput`
   */
  build(size: readonly [number, number], weights: WeightSource): Network;
}

export interface Cost {
  readonly parameters: number;
  /** For one photo. */
  readonly multiplyAdds: number;
}

/** How pixels 0..255 become its input; Keras's `preprocess_input` of the family. */
export type Feeding = Pick<Preprocessing, "channelOrder" | "scale" | "offset">;

/** Keras's mode "tf": −1..1. */
export const MINUS_ONE_TO_ONE: Feeding = {
  channelOrder: "RGB",
  scale: [1 / 127.5, 1 / 127.5, 1 / 127.5],
  offset: [-1, -1, -1],
};

/** Keras's mode "caffe": blue first, less ImageNet's mean colour. */
export const LESS_MEAN_COLOUR: Feeding = {
  channelOrder: "BGR",
  scale: [1, 1, 1],
  offset: [-103.939, -116.779, -123.68],
};

/** Keras's mode "torch": 0..1, less ImageNet's mean colour, over its deviation. */
export const LESS_MEAN_OVER_DEVIATION: Feeding = {
  channelOrder: "RGB",
  scale: [1 / (255 * 0.229), 1 / (255 * 0.224), 1 / (255 * 0.225)],
  offset: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225],
};

export const KERAS_APPLICATIONS = "https://storage.googleapis.com/tensorflow/keras-applications";
