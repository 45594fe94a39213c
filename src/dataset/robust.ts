/** Statistics that a few odd values do not move. */

/** The middle value; the mean of the two in the middle when they are even in number; NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * How many standard deviations each value lies from the middle, with the median absolute deviation for the standard
 * deviation (Iglewicz & Hoaglin 1993). All 0 when half of the values are equal.
 */
export function robustScores(values: readonly number[]): number[] {
  const middle = median(values);
  const spread = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  return values.map((value) => (spread > 0 ? (value - middle) / spread : 0));
}
