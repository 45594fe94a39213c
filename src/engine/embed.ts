import * as tf from "@tensorflow/tfjs";
import type { BaseModel, Preprocessing } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { inferShapes } from "../network/shapes.ts";
import { DeviceNetwork } from "./device-network.ts";
import { prepareInput } from "./input.ts";
import { unlessLost } from "./lost-device.ts";

/** A base model on the device: photos in, embeddings out. The caller disposes of it. */
export class Embedder {
  /** Length of an embedding. */
  readonly size: number;
  /** Photos per call that suit the backend. */
  readonly batchSize: number;
  /** The base as it runs: optimised for inference. */
  readonly network: Network;
  readonly #preprocessing: Preprocessing;
  readonly #onDevice: DeviceNetwork;

  /**
   * @param base its network ends in an embedding; see `poolFeatures`
   * @param most photos per call, where memory is small
   */
  constructor({ card, network }: BaseModel, most = Number.POSITIVE_INFINITY) {
    this.size = inferShapes(network).get(network.output)?.[0] ?? 0;
    this.#preprocessing = card.preprocessing;
    this.network = optimiseForInference(network);
    this.#onDevice = new DeviceNetwork(this.network);
    // A CPU gains nothing from large batches and answers a cancel sooner with small ones.
    this.batchSize = Math.min(most, tf.getBackend() === "wasm" ? 8 : 16);
  }

  /**
   * One embedding per photo, one read-back for all.
   * @param photos RGBA of the base model's input size each
   * @throws EngineError `engine/lost` when the browser takes the GPU away
   */
  async embed(photos: readonly Uint8ClampedArray[]): Promise<Float32Array[]> {
    return unlessLost(async () => {
      const embeddings = tf.tidy(() => this.#onDevice.run(prepareInput(photos, this.#preprocessing)));
      try {
        const values = (await embeddings.data()) as Float32Array;
        return photos.map((_, index) => values.slice(index * this.size, (index + 1) * this.size));
      } finally {
        embeddings.dispose();
      }
    });
  }

  dispose(): void {
    this.#onDevice.dispose();
  }
}
