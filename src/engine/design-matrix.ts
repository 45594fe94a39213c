/** The photos' embeddings as logistic regression uses them. */
import type { EmbeddingMatrix } from "./embedding-rows.ts";
import { linearGradient, linearLogits } from "./linear-layer.ts";
import type { StandardScale } from "./standard-scale.ts";

/** Embeddings of some photos, centred and brought to one scale, each followed by a one. Rows are photos. */
export interface DesignMatrix {
  /** Numbers per photo, without the one. */
  readonly width: number;
  /**
   * What weights make of the photos: `[photos × classes]`, row-major, up to a constant for each photo.
   * @param weights `[classes × (width + 1)]`, row-major, the bias last in each row
   */
  logits(weights: Float64Array): Promise<Float64Array>;
  /**
   * The gradient by such weights, shaped as they are.
   * @param errors of the logits, `[photos × classes]`, row-major, each row's sum 0
   */
  gradient(errors: Float64Array): Promise<Float64Array>;
  /** Such weights as those of the embeddings as they are, `[classes × (an embedding's numbers + 1)]`, with the same logits. */
  embeddingWeights(weights: Float64Array): Float64Array;
  dispose(): void;
}

/** Photos by their rows in a matrix. */
export class RowsDesign implements DesignMatrix {
  readonly width: number;
  readonly #photos: { readonly matrix: EmbeddingMatrix; readonly rows: Int32Array };
  readonly #standard: StandardScale;

  constructor(matrix: EmbeddingMatrix, rows: Int32Array, standard: StandardScale) {
    this.width = matrix.width;
    this.#photos = { matrix, rows };
    this.#standard = standard;
  }

  async logits(weights: Float64Array): Promise<Float64Array> {
    return linearLogits(Float32Array.from(unscaled(weights, this.#standard)), this.#photos);
  }

  async gradient(errors: Float64Array): Promise<Float64Array> {
    return rescaled(linearGradient(this.#photos, errors), this.#standard);
  }

  embeddingWeights(weights: Float64Array): Float64Array {
    return unscaled(weights, this.#standard);
  }

  dispose(): void {
    // Nothing of it lies on the device.
  }
}

/** Weights of centred and scaled embeddings as those of the embeddings as they are, which give the same logits. */
export function unscaled(weights: Float64Array, { mean, scale }: StandardScale): Float64Array {
  const width = mean.length + 1;
  const result = new Float64Array(weights.length);
  for (let from = 0; from < weights.length; from += width) {
    let bias = weights[from + mean.length] as number;
    for (let at = 0; at < mean.length; at++) {
      const weight = (weights[from + at] as number) * scale;
      result[from + at] = weight;
      bias -= weight * (mean[at] as number);
    }
    result[from + mean.length] = bias;
  }
  return result;
}

/** The gradient by weights of the embeddings as they are, turned in place into that by weights of centred and scaled ones. */
function rescaled(gradient: Float64Array, { mean, scale }: StandardScale): Float64Array {
  const width = mean.length + 1;
  for (let from = 0; from < gradient.length; from += width) {
    const bias = gradient[from + mean.length] as number;
    for (let at = 0; at < mean.length; at++) {
      gradient[from + at] = ((gradient[from + at] as number) - bias * (mean[at] as number)) * scale;
    }
  }
  return gradient;
}
