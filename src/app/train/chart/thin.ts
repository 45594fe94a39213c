/** Which points of a long curve are drawn. The data stays whole: only the drawing is thinned. */

/**
 * Places of the `most` points that keep a curve's look best: largest-triangle-three-buckets (Steinarsson 2013, “Downsampling
 * Time Series for Visual Representation”, 4.2), as the package lttb does it. The first and the last point stay. All places where there are no more.
 *
 * @param values at equal distances; those that are no finite number count as 0
 * @param most 3 or more
 */
export function thinned(values: readonly number[], most: number): number[] {
  const { length } = values;
  if (length <= most) return values.map((_, at) => at);
  const valueAt = (at: number) => {
    const value = values[at] ?? 0;
    return Number.isFinite(value) ? value : 0;
  };
  // Those between the first and the last, in buckets of one size; the first ones take one more each of what is left over.
  const size = Math.floor((length - 2) / (most - 2));
  const over = (length - 2) % (most - 2);
  const startOf = (bucket: number) => 1 + bucket * size + Math.min(bucket, over);
  const places = [0];
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const [start, end] = [startOf(bucket), startOf(bucket + 1)];
    const next = meanOf(valueAt, end, Math.min(startOf(bucket + 2), length));
    places.push(largestTriangle(valueAt, places.at(-1) ?? 0, [start, end], next));
  }
  return [...places, length - 1];
}

interface Point {
  readonly at: number;
  readonly value: number;
}

/** Of the points from `start` up to `end`. */
function meanOf(valueAt: (at: number) => number, start: number, end: number): Point {
  let sum = 0;
  for (let at = start; at < end; at++) sum += valueAt(at);
  return { at: (start + end - 1) / 2, value: sum / (end - start) };
}

/** The place in the bucket whose point makes the largest triangle with the one before it and the mean after it. */
function largestTriangle(
  valueAt: (at: number) => number,
  before: number,
  [start, end]: readonly [number, number],
  next: Point,
): number {
  let [best, largest] = [start, -1];
  for (let at = start; at < end; at++) {
    const area = Math.abs(
      (before - next.at) * (valueAt(at) - valueAt(before)) - (before - at) * (next.value - valueAt(before)),
    );
    if (area > largest) [best, largest] = [at, area];
  }
  return best;
}
