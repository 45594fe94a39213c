/** A single dense layer in plain numbers, four photos at a time: each weight is read once for four products. */
import type { EmbeddingMatrix } from "./embedding-rows.ts";

const AT_ONCE = 4;

/** Some rows of a matrix. */
interface RowsTaken {
  readonly matrix: EmbeddingMatrix;
  /** Row numbers in the matrix. */
  readonly rows: Int32Array;
}

/**
 * The logits of some photos less that of the last class, `[photos × classes]`, row-major: a softmax needs no more, and with
 * two classes it is half the work.
 *
 * @param weights `[classes × (features + 1)]`, row-major, the bias last in each row
 */
export function linearLogits(weights: Float32Array, { matrix, rows }: RowsTaken): Float64Array {
  const width = matrix.width + 1;
  const classes = weights.length / width;
  const relative = lessLast(weights, width);
  const logits = new Float64Array(rows.length * classes);
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const four = fourRows(matrix, rows, from);
    for (let each = 0; each < classes - 1; each++) {
      const products = dots(relative.subarray(each * width, (each + 1) * width), four);
      for (let at = from; at < Math.min(from + AT_ONCE, rows.length); at++) {
        logits[at * classes + each] = products[at - from] as number;
      }
    }
  }
  return logits;
}

/**
 * The gradient of the weights, shaped as they are.
 * @param errors of the logits, `[photos × classes]`, each row's sum 0, so that the last class's gradient follows from the others'
 */
export function linearGradient({ matrix, rows }: RowsTaken, errors: Float64Array): Float64Array {
  const width = matrix.width + 1;
  const classes = errors.length / rows.length;
  const gradient = new Float64Array(classes * width);
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const four = fourRows(matrix, rows, from);
    for (let each = 0; each < classes - 1; each++) {
      // Past the last photo there is no error.
      const error = (at: number) => errors[(from + at) * classes + each] ?? 0;
      const [a, b, c, d] = [error(0), error(1), error(2), error(3)];
      const own = gradient.subarray(each * width, (each + 1) * width);
      addScaled(own, four, a, b, c, d);
      own[width - 1] = (own[width - 1] as number) + a + b + c + d;
    }
  }
  const last = gradient.subarray((classes - 1) * width);
  for (let at = 0; at < (classes - 1) * width; at++) {
    last[at % width] = (last[at % width] as number) - (gradient[at] as number);
  }
  return gradient;
}

/** All rows but the last, less the last. */
function lessLast(weights: Float32Array, width: number): Float32Array {
  const relative = weights.slice(0, weights.length - width);
  const last = weights.subarray(weights.length - width);
  for (let at = 0; at < relative.length; at++) {
    relative[at] = (relative[at] as number) - (last[at % width] as number);
  }
  return relative;
}

type Four = readonly [Float32Array, Float32Array, Float32Array, Float32Array];

/** Past the end, the last row again. */
function fourRows(matrix: EmbeddingMatrix, rows: Int32Array, from: number): Four {
  const last = rows.length - 1;
  const row = (at: number) => matrix.row(rows[Math.min(from + at, last)] as number);
  return [row(0), row(1), row(2), row(3)];
}

/** Where most of the time goes: all are of one length, so that no number need be checked. */
function dots(weights: Float32Array, [p, q, r, s]: Four): [number, number, number, number] {
  const features = weights.length - 1;
  const bias = weights[features] as number;
  let [a, b, c, d] = [bias, bias, bias, bias];
  for (let at = 0; at < features; at++) {
    const weight = weights[at] as number;
    a += weight * (p[at] as number);
    b += weight * (q[at] as number);
    c += weight * (r[at] as number);
    d += weight * (s[at] as number);
  }
  return [a, b, c, d];
}

function addScaled(into: Float64Array, [p, q, r, s]: Four, a: number, b: number, c: number, d: number): void {
  for (let at = 0; at < into.length - 1; at++) {
    into[at] =
      (into[at] as number) +
      a * (p[at] as number) +
      b * (q[at] as number) +
      c * (r[at] as number) +
      d * (s[at] as number);
  }
}
