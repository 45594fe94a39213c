/** Networks together with what is needed to feed them photos and to read their answers. */
import type { Network } from "./network.ts";
import type { Rejection } from "./rejection.ts";

/** How a photo becomes a network's input. */
export interface Preprocessing {
  /** Pixels, of the network's input. */
  readonly height: number;
  readonly width: number;
  /** `center` cuts the largest centred rectangle of the input's aspect ratio; `squash` stretches the whole photo. */
  readonly crop: "center" | "squash";
  readonly channelOrder: "RGB" | "BGR";
  /** Per channel in `channelOrder`, on pixels 0..255: input = pixel × scale + offset. */
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

/** A pre-trained network without its classifier: photo in, embedding out. */
export interface BaseModel {
  readonly card: BaseModelCard;
  /** Ends in a feature map `[height, width, channels]` or already in a vector `[features]`. */
  readonly network: Network;
}

/** What a person wants to know of a base model, and what the app needs to know without its weights. */
export interface BaseModelCard {
  /** Stable: embeddings are kept under it. A hash of weights and preprocessing; `@` and the side follow for another input size. */
  readonly id: string;
  readonly name: string;
  readonly preprocessing: Preprocessing;
  /**
   * Who says how pixels are fed, where its files do not: `guess` is what is most likely for such files, `choice` the person's.
   * Left out where the files say.
   */
  readonly fedBy?: "guess" | "choice";
  /** Length of the embedding after global average pooling. */
  readonly embeddingSize: number;
  readonly parameters: number;
  /** For one photo. */
  readonly multiplyAdds: number;
  /** That fine-tuning can choose from; see `blocksOf`. */
  readonly blocks: number;
  /** The smallest side of a square input that it can be given, in pixels; left out where it takes its own size only. */
  readonly smallestInput?: number;
  /** Size of the weights as they came, in bytes. */
  readonly bytes: number;
  /** Where it came from: `built-in`, `file`, or a host, with the catalogue's id in brackets where it came by the catalogue. */
  readonly source: string;
}

/** A complete classifier: photo in, one probability per class out. Everything a reader or writer of model files needs. */
export interface Classifier {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly preprocessing: Preprocessing;
  /** Base, pooling and head in one graph; ends in `[classes]` probabilities. */
  readonly network: Network;
  /** When a photo is none of the classes; left out where it always is one. */
  readonly rejection?: Rejection;
}
