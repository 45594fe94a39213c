/** Embeddings centred and brought to one scale, whatever their base model makes them. */
import type { Network } from "../network/network.ts";
import type { EmbeddingMatrix } from "./embedding-rows.ts";
import { EngineError } from "./errors.ts";

/** A number x of an embedding becomes (x − its mean) · scale. */
export interface StandardScale {
  /** One per number of an embedding. */
  readonly mean: Float64Array;
  /** With it the centred numbers of all embeddings have a mean square of 1. */
  readonly scale: number;
}

/** Of some rows. @param rows row numbers in the matrix, at least one */
export function standardScaleOf(matrix: EmbeddingMatrix, rows: Int32Array): StandardScale {
  const sum = new Float64Array(matrix.width);
  for (const row of rows) addRow(sum, matrix.row(row));
  const mean = sum.map((value) => value / rows.length);
  let squares = 0;
  for (const row of rows) squares += squaredDistance(matrix.row(row), mean);
  const meanSquare = squares / (rows.length * matrix.width);
  return { mean, scale: meanSquare > 0 ? 1 / Math.sqrt(meanSquare) : 1 };
}

/** The matrix's embeddings centred and scaled, each worked out when it is asked for. */
export function centredRows(matrix: EmbeddingMatrix, standard: StandardScale): EmbeddingMatrix {
  return {
    width: matrix.width,
    row(at) {
      const centred = new Float32Array(matrix.width);
      copyCentred(centred, matrix.row(at), standard);
      return centred;
    },
  };
}

/** A head for centred and scaled embeddings as one for embeddings as they are: its first dense layer does both. */
export function forPlainEmbeddings(head: Network, { mean, scale }: StandardScale): Network {
  const first = head.nodes.find((node) => node.op === "MatMul");
  if (!first?.weights.bias)
    throw new EngineError({ code: "engine/layer-not-trainable", layer: first?.name ?? head.name });
  const { kernel, bias } = first.weights;
  const units = bias.data.length;
  const data = kernel.data.map((weight) => weight * scale);
  const offsets = Float64Array.from(bias.data);
  for (const [at, weight] of data.entries()) {
    const unit = at % units;
    offsets[unit] = (offsets[unit] as number) - weight * (mean[Math.floor(at / units)] as number);
  }
  const weights = { kernel: { ...kernel, data }, bias: { ...bias, data: Float32Array.from(offsets) } };
  return { ...head, nodes: head.nodes.map((node) => (node === first ? { ...first, weights } : node)) };
}

/** Of one embedding. @param to as long as it */
export function copyCentred(to: Float32Array, row: Float32Array, { mean, scale }: StandardScale): void {
  for (let at = 0; at < to.length; at++) to[at] = ((row[at] as number) - (mean[at] as number)) * scale;
}

function addRow(sum: Float64Array, row: Float32Array): void {
  for (let at = 0; at < row.length; at++) sum[at] = (sum[at] as number) + (row[at] as number);
}

function squaredDistance(row: Float32Array, mean: Float64Array): number {
  let squares = 0;
  for (let at = 0; at < row.length; at++) squares += ((row[at] as number) - (mean[at] as number)) ** 2;
  return squares;
}
