import * as tf from "@tensorflow/tfjs";
import type { BaseModel, Preprocessing } from "../network/model.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { DeviceNetwork } from "./device-network.ts";
import { prepareInput } from "./input.ts";

/** A base model on the device: photos in, embeddings out. Whoever makes one disposes of it. */
export class Embedder {
  /** Length of an embedding. */
  readonly size: number;
  /** Photos a call that suit the backend. */
  readonly batchSize: number;
  readonly #preprocessing: Preprocessing;
  readonly #network: DeviceNetwork;

  constructor({ card, network }: BaseModel) {
    this.size = card.embeddingSize;
    this.#preprocessing = card.preprocessing;
    this.#network = new DeviceNetwork(optimiseForInference(network));
    // A CPU gains nothing from large batches and answers a cancel sooner with small ones.
    this.batchSize = tf.getBackend() === "wasm" ? 8 : 16;
  }

  /**
   * One embedding a photo: the feature map's global average, one read-back for all.
   * @param photos RGBA of the base model's input size each
   */
  async embed(photos: readonly Uint8ClampedArray[]): Promise<Float32Array[]> {
    const embeddings = tf.tidy(() => {
      const result = this.#network.run(prepareInput(photos, this.#preprocessing));
      return result.rank === 4 ? tf.mean(result, [1, 2]) : result;
    });
    try {
      const values = (await embeddings.data()) as Float32Array;
      return photos.map((_, index) => values.slice(index * this.size, (index + 1) * this.size));
    } finally {
      embeddings.dispose();
    }
  }

  dispose(): void {
    this.#network.dispose();
  }
}
