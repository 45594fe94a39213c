import * as tf from "@tensorflow/tfjs";
import type { Classifier, Preprocessing } from "../network/model.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { splitAtEmbedding, unknownBy } from "../network/rejection.ts";
import { DeviceNetwork } from "./device-network.ts";
import { prepareInput } from "./input.ts";
import { unlessLost } from "./lost-device.ts";

/** What is said of one photo. */
export interface Answer {
  /** In class order. */
  readonly probabilities: readonly number[];
  /** Whether it is none of the classes; always false for a classifier that does not tell. */
  readonly isUnknown: boolean;
}

/** A classifier on the device: photos in, probabilities out. The caller disposes of it. */
export class LiveClassifier {
  readonly #preprocessing: Preprocessing;
  readonly #classes: number;
  /** The whole, or up to its embeddings. */
  readonly #network: DeviceNetwork;
  /** What comes after the embeddings; null where nothing asks for them. */
  readonly #head: DeviceNetwork | null;
  readonly #isUnknown: (embedding: Float32Array) => boolean;

  constructor({ network, preprocessing, classNames, rejection }: Classifier) {
    this.#preprocessing = preprocessing;
    this.#classes = classNames.length;
    const parts = rejection ? splitAtEmbedding(network, rejection.layer) : null;
    this.#network = new DeviceNetwork(optimiseForInference(parts?.base ?? network));
    this.#head = parts && new DeviceNetwork(optimiseForInference(parts.head));
    this.#isUnknown = rejection && parts ? unknownBy(rejection) : () => false;
  }

  /**
   * An answer per photo.
   * @param photos RGBA of the classifier's input size each
   * @throws EngineError `engine/lost` when the browser takes the GPU away
   */
  async classify(photos: readonly Uint8ClampedArray[]): Promise<Answer[]> {
    return unlessLost(async () => {
      const result = tf.tidy(() => {
        const first = this.#network.run(prepareInput(photos, this.#preprocessing)) as tf.Tensor2D;
        // One read-back for both.
        return this.#head ? tf.concat2d([this.#head.run(first) as tf.Tensor2D, first], 1) : first;
      });
      try {
        const values = (await result.data()) as Float32Array;
        return photos.map((_, photo) => {
          const row = values.subarray(photo * result.shape[1], (photo + 1) * result.shape[1]);
          const probabilities = Array.from(row.subarray(0, this.#classes));
          return { probabilities, isUnknown: this.#isUnknown(row.subarray(this.#classes)) };
        });
      } finally {
        result.dispose();
      }
    });
  }

  dispose(): void {
    this.#network.dispose();
    this.#head?.dispose();
  }
}

/** Cuts a row-major matrix into its rows. */
export function rows(values: Float32Array, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns)),
  );
}
