import * as tf from "@tensorflow/tfjs";
import type { Classifier, Preprocessing } from "../network/model.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { DeviceNetwork } from "./device-network.ts";
import { prepareInput } from "./input.ts";
import { unlessLost } from "./lost-device.ts";

/** A classifier on the device: photos in, probabilities out. The caller disposes of it. */
export class LiveClassifier {
  readonly #preprocessing: Preprocessing;
  readonly #classes: number;
  readonly #network: DeviceNetwork;

  constructor({ network, preprocessing, classNames }: Classifier) {
    this.#preprocessing = preprocessing;
    this.#classes = classNames.length;
    this.#network = new DeviceNetwork(optimiseForInference(network));
  }

  /**
   * Probabilities in class order, one row per photo.
   * @param photos RGBA of the classifier's input size each
   * @throws EngineError `engine/lost` when the browser takes the GPU away
   */
  async classify(photos: readonly Uint8ClampedArray[]): Promise<number[][]> {
    return unlessLost(async () => {
      const result = tf.tidy(() => this.#network.run(prepareInput(photos, this.#preprocessing)));
      try {
        return rows((await result.data()) as Float32Array, this.#classes);
      } finally {
        result.dispose();
      }
    });
  }

  dispose(): void {
    this.#network.dispose();
  }
}

/** Cuts a row-major matrix into its rows. */
export function rows(values: Float32Array, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns)),
  );
}
