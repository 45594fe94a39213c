/** How good base models were found to be on photos that they were not trained on. */

/** Sets of photos that base models were tried on. */
export const MEASURED_SETS = ["cats-and-dogs", "five-flowers", "rock-paper-scissors", "cifar-10"] as const;
export type MeasuredSet = (typeof MEASURED_SETS)[number];

/** A base model with its accuracy on test photos, by logistic regression on its embeddings. */
export interface MeasuredModel {
  readonly name: string;
  /** Of the photos that it was given, in pixels. */
  readonly side: number;
  /** On WebAssembly with two threads, in milliseconds. */
  readonly msPerPhoto: number;
  /** 0..1, one for each set. */
  readonly accuracies: readonly number[];
}

export interface Measurements {
  readonly sets: readonly MeasuredSet[];
  readonly models: readonly MeasuredModel[];
  /** The base model whose measurements these are, given photos of several sides: its mean accuracy on other sets. */
  readonly sides: readonly { readonly side: number; readonly msPerPhoto: number; readonly accuracy: number }[];
}

/** Where a base model is from, as its card says. */
export interface BaseModelCredits {
  readonly maker: string;
  /** The set of photos that it was trained on. */
  readonly trainedOn: string;
  readonly licence: {
    readonly name: string;
    /** Address of the notice that must stay beside its files. */
    readonly notice: string;
  };
  readonly measured: Measurements;
}
