/** Many dot products in double precision. Plain data: no TensorFlow.js here. */

/** Rows at a time, by two vectors: each number that is read is used more than once. */
const TILE = 4;

/**
 * The product of each row with each vector: an array for each vector, a number for each row.
 *
 * @param vectors as long as the rows or longer
 * @param between where the numbers lie that count of some rows, given the first of them and the one after the last
 */
export function dotProducts(
  rows: readonly Float64Array[],
  vectors: readonly Float64Array[],
  between: (from: number, to: number) => readonly [number, number],
): Float64Array[] {
  const results = vectors.map(() => new Float64Array(rows.length + TILE - 1));
  for (let row = 0; row < rows.length; row += TILE) {
    const four = fourFrom(rows, row);
    const range = between(row, Math.min(row + TILE, rows.length));
    let at = 0;
    for (; at + 1 < vectors.length; at += 2) {
      const pair = [vectors[at] as Float64Array, vectors[at + 1] as Float64Array] as const;
      byTwo(four, pair, range, [results[at] as Float64Array, results[at + 1] as Float64Array], row);
    }
    if (at < vectors.length) byOne(four, vectors[at] as Float64Array, range, results[at] as Float64Array, row);
  }
  return results.map((result) => result.subarray(0, rows.length));
}

/** Σ a[i]·b[i] from one place to before another. */
export function dotTo(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let one = 0;
  let two = 0;
  let at = from;
  for (; at + 1 < to; at += 2) {
    one += (a[at] as number) * (b[at] as number);
    two += (a[at + 1] as number) * (b[at + 1] as number);
  }
  return at < to ? one + two + (a[at] as number) * (b[at] as number) : one + two;
}

type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Past the end, the last row again. */
function fourFrom(rows: readonly Float64Array[], from: number): Four {
  const row = (at: number) => rows[Math.min(from + at, rows.length - 1)] as Float64Array;
  return [row(0), row(1), row(2), row(3)];
}

/** Most of the time goes here and below. */
function byOne(
  [p, q, r, s]: Four,
  vector: Float64Array,
  [from, to]: readonly [number, number],
  into: Float64Array,
  row: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = from; at < to; at++) {
    const x = vector[at] as number;
    a += (p[at] as number) * x;
    b += (q[at] as number) * x;
    c += (r[at] as number) * x;
    d += (s[at] as number) * x;
  }
  into[row] = a;
  into[row + 1] = b;
  into[row + 2] = c;
  into[row + 3] = d;
}

function byTwo(
  [p, q, r, s]: Four,
  [v, w]: readonly [Float64Array, Float64Array],
  [from, to]: readonly [number, number],
  [into, also]: readonly [Float64Array, Float64Array],
  row: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  let [e, f, g, h] = [0, 0, 0, 0];
  for (let at = from; at < to; at++) {
    const x = v[at] as number;
    const y = w[at] as number;
    const one = p[at] as number;
    const two = q[at] as number;
    const three = r[at] as number;
    const four = s[at] as number;
    a += one * x;
    b += two * x;
    c += three * x;
    d += four * x;
    e += one * y;
    f += two * y;
    g += three * y;
    h += four * y;
  }
  into[row] = a;
  into[row + 1] = b;
  into[row + 2] = c;
  into[row + 3] = d;
  also[row] = e;
  also[row + 1] = f;
  also[row + 2] = g;
  also[row + 3] = h;
}
