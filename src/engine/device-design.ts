/** Many photos as logistic regression uses them, on the device. */
import * as tf from "@tensorflow/tfjs";
import { type DesignMatrix, unscaled } from "./design-matrix.ts";
import type { EmbeddingMatrix } from "./embedding-rows.ts";
import { unlessLost } from "./lost-device.ts";
import { copyCentred, type StandardScale } from "./standard-scale.ts";

/** Rows in one tensor: few enough for any GPU's textures, and not to hold up others for long. */
const BLOCK = 2048;

/** The caller disposes of it. Losing the device rejects with EngineError `engine/lost`. */
export class DeviceDesign implements DesignMatrix {
  readonly width: number;
  readonly #photos: number;
  readonly #standard: StandardScale;
  /** `[photos, width]` each, in order. */
  readonly #blocks: readonly tf.Tensor2D[];

  /** @param rows row numbers in the matrix */
  constructor(matrix: EmbeddingMatrix, rows: Int32Array, standard: StandardScale) {
    this.width = matrix.width;
    this.#photos = rows.length;
    this.#standard = standard;
    const blocks: tf.Tensor2D[] = [];
    for (let from = 0; from < rows.length; from += BLOCK) {
      blocks.push(upload(matrix, rows.subarray(from, from + BLOCK), standard));
    }
    this.#blocks = blocks;
  }

  async logits(weights: Float64Array): Promise<Float64Array> {
    const classes = weights.length / (this.width + 1);
    const { kernel, bias } = this.#parts(weights, classes);
    const values = await read(() =>
      tf.concat2d(
        this.#blocks.map((block) => tf.matMul(block, kernel)),
        0,
      ),
    );
    kernel.dispose();
    return Float64Array.from(values, (value, at) => value + (bias[at % classes] as number));
  }

  async gradient(errors: Float64Array): Promise<Float64Array> {
    const classes = errors.length / this.#photos;
    // Photos as columns: WebAssembly's products with a transposed matrix are plain loops.
    const columns = tf.tidy(() =>
      tf.transpose(tf.tensor2d(Float32Array.from(errors), [this.#photos, classes])),
    ) as tf.Tensor2D;
    const values = await read(() =>
      tf.addN(
        this.#blocks.map((block, at) =>
          tf.matMul(tf.slice(columns, [0, at * BLOCK], [classes, block.shape[0]]), block),
        ),
      ),
    );
    columns.dispose();
    const gradient = new Float64Array(classes * (this.width + 1));
    for (let each = 0; each < classes; each++) {
      const from = each * (this.width + 1);
      gradient.set(values.subarray(each * this.width, (each + 1) * this.width), from);
      for (let photo = 0; photo < this.#photos; photo++) {
        gradient[from + this.width] =
          (gradient[from + this.width] as number) + (errors[photo * classes + each] as number);
      }
    }
    return gradient;
  }

  embeddingWeights(weights: Float64Array): Float64Array {
    return unscaled(weights, this.#standard);
  }

  dispose(): void {
    tf.dispose([...this.#blocks]);
  }

  #parts(weights: Float64Array, classes: number): { kernel: tf.Tensor2D; bias: Float64Array } {
    const { width } = this;
    const kernel = new Float32Array(width * classes);
    const bias = new Float64Array(classes);
    for (let each = 0; each < classes; each++) {
      const own = weights.subarray(each * (width + 1), (each + 1) * (width + 1));
      for (let at = 0; at < width; at++) kernel[at * classes + each] = own[at] as number;
      bias[each] = own[width] as number;
    }
    return { kernel: tf.tensor2d(kernel, [width, classes]), bias };
  }
}

/** Products of all pairs of some photos, centred and scaled: `[photos × photos]`. Losing the device rejects as above. */
export function productsOnDevice(
  matrix: EmbeddingMatrix,
  rows: Int32Array,
  standard: StandardScale,
): Promise<Float32Array> {
  return read(() => {
    const photos = upload(matrix, rows, standard);
    // See above.
    return tf.matMul(photos, tf.transpose(photos));
  });
}

function read(compute: () => tf.Tensor): Promise<Float32Array> {
  return unlessLost(async () => {
    const result = tf.tidy(compute);
    try {
      return (await result.data()) as Float32Array;
    } finally {
      result.dispose();
    }
  });
}

function upload(matrix: EmbeddingMatrix, rows: Int32Array, standard: StandardScale): tf.Tensor2D {
  const values = new Float32Array(rows.length * matrix.width);
  for (const [at, row] of rows.entries()) {
    copyCentred(values.subarray(at * matrix.width, (at + 1) * matrix.width), matrix.row(row), standard);
  }
  return tf.tensor2d(values, [rows.length, matrix.width]);
}
