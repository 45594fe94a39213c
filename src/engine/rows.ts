import * as tf from "@tensorflow/tfjs";

/**
 * A matrix of which batches of rows are taken. On a GPU it lies there whole and a kernel picks the rows. WebAssembly's
 * memory is this machine's, and its kernel picks number by number, some thirty times slower than copying whole rows.
 * Whoever makes one disposes of it.
 */
export class Rows {
  readonly #values: Float32Array;
  readonly #width: number;
  readonly #onDevice: tf.Tensor2D | null;

  /** @param values `[count × width]`, row-major */
  constructor(values: Float32Array, count: number) {
    this.#values = values;
    this.#width = count ? values.length / count : 0;
    this.#onDevice = /wasm|cpu/.test(tf.getBackend()) ? null : tf.tensor2d(values, [count, this.#width]);
  }

  /** The rows at these places, in this order. */
  take(places: Int32Array): tf.Tensor2D {
    const { length } = places;
    if (this.#onDevice) {
      const whole = this.#onDevice;
      return tf.tidy(() => tf.gather(whole, tf.tensor1d(places, "int32")));
    }
    const width = this.#width;
    const taken = new Float32Array(length * width);
    places.forEach((place, row) => {
      taken.set(this.#values.subarray(place * width, (place + 1) * width), row * width);
    });
    return tf.tensor2d(taken, [length, width]);
  }

  dispose(): void {
    this.#onDevice?.dispose();
  }
}
