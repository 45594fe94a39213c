import * as tf from "@tensorflow/tfjs";
import { type EmbeddingMatrix, gatherRows, inOrder, matrixOf } from "./embedding-rows.ts";

/**
 * Some rows of a matrix, of which batches are taken. On a GPU they lie there whole and a kernel picks among them.
 * WebAssembly's memory is this machine's, and its kernel picks number by number, some thirty times slower than copying
 * whole rows. The caller disposes of it.
 */
export class Rows {
  readonly #matrix: EmbeddingMatrix;
  readonly #rows: Int32Array;
  readonly #endsInOne: boolean;
  readonly #onDevice: tf.Tensor2D | null;

  /**
   * @param rows row numbers in the matrix
   * @param endsInOne whether each row that is taken has a one after its numbers
   */
  constructor(matrix: EmbeddingMatrix, rows: Int32Array, endsInOne = false) {
    this.#matrix = matrix;
    this.#rows = rows;
    this.#endsInOne = endsInOne;
    this.#onDevice = /wasm|cpu/.test(tf.getBackend()) ? null : this.#tensor(rows);
  }

  /** All of a small matrix. @param values `[rows × width]`, row-major */
  static all(values: Float32Array, width: number): Rows {
    return new Rows(matrixOf(values, width), inOrder(values.length / width));
  }

  /** The rows at these places among them, in this order: `[places, width]`, or `[places, width + 1]` with the ones. */
  take(places: Int32Array): tf.Tensor2D {
    if (this.#onDevice) {
      const whole = this.#onDevice;
      return tf.tidy(() => tf.gather(whole, tf.tensor1d(places, "int32")));
    }
    return this.#tensor(places.map((place) => this.#rows[place] as number));
  }

  dispose(): void {
    this.#onDevice?.dispose();
  }

  #tensor(rows: Int32Array): tf.Tensor2D {
    const width = this.#matrix.width + (this.#endsInOne ? 1 : 0);
    return tf.tensor2d(gatherRows(this.#matrix, rows, this.#endsInOne), [rows.length, width]);
  }
}
