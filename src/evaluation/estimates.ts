/** Intervals of metrics that are no plain shares. Each is a 95 % interval. */
import { createRandom } from "../dataset/random.ts";
import { clopperPearson } from "./intervals.ts";
import type { Estimate } from "./report.ts";

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;
const SAMPLES = 1000;
/** With fewer values, an interval of a skewed mean covers the truth too seldom. */
const FEWEST = 50;
const SEED = 20260801;

/**
 * The exact interval of a share from as many trials as would leave a share as uncertain as the variance says (Korn & Graubard
 * 1998).
 * @param value 0..1
 * @param most trials, however small the variance, > 0
 */
export function effectiveShare(value: number, variance: number, most: number): Estimate {
  const spread = value * (1 - value);
  return clopperPearson(value, spread > 0 && variance > 0 ? Math.min(spread / variance, most) : most);
}

/** The same for a value of -1..1, as a correlation is. */
export function effectiveCorrelation(value: number, variance: number, most: number): Estimate {
  const { low, high } = effectiveShare((value + 1) / 2, variance / 4, most);
  return { value, low: 2 * low - 1, high: 2 * high - 1 };
}

/**
 * F1 of one class. It grows with the share of photos that both are of the class and are called so, among those that are either:
 * its interval is the exact one of this share (Clopper & Pearson 1934), carried over.
 */
export function f1Estimate(hits: number, support: number, predicted: number): Estimate {
  const either = support + predicted - hits;
  const { value, low, high } = clopperPearson(hits / either, either);
  const carried = (share: number) => (2 * share) / (1 + share);
  return { value: carried(value), low: carried(low), high: carried(high) };
}

/**
 * The area under a ROC curve by Newcombe's method 5 (2006, "Confidence intervals for an effect size measure based on the
 * Mann–Whitney statistic", part 2): the areas whose own variance, as Hanley & McNeil (1982) have it, leaves the one seen
 * within reach. It stays sensible at 1.
 * @param value 0..1
 */
export function rocAucEstimate(value: number, own: number, others: number): Estimate {
  const half = (own + others) / 2 - 1;
  const variance = (area: number) =>
    (area * (1 - area) * (1 + (half * (1 - area)) / (2 - area) + (half * area) / (1 + area))) / (own * others);
  const isNear = (area: number) => (area - value) ** 2 <= Z ** 2 * variance(area);
  return { value, low: edge(0, value, isNear), high: edge(1, value, isNear) };
}

/** Where between `far` and `near` it begins to hold, by bisection. */
function edge(far: number, near: number, holds: (value: number) => boolean): number {
  let [outside, inside] = [far, near];
  while (Math.abs(inside - outside) > 1e-12) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/**
 * A mean of one value per photo, by the bootstrap with correction for bias and skewness (BCa, Efron 1987), from 1000 samples
 * drawn with a fixed seed.
 * @returns null of fewer than 50 photos, and where all are the same: they say too little of how much photos vary
 */
export function bootstrapMean(values: ArrayLike<number>): Estimate | null {
  const { length } = values;
  const value = meanOf(values);
  const deviations = Array.from(values, (each) => each - value);
  const squares = deviations.reduce((sum, each) => sum + each ** 2, 0);
  if (length < FEWEST || squares === 0) return null;
  const random = createRandom(SEED);
  const means = Float64Array.from({ length: SAMPLES }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < length; drawn++) sum += values[Math.floor(random() * length)] as number;
    return sum / length;
  }).sort();
  const bias = normalQuantile(means.filter((mean) => mean < value).length / SAMPLES);
  // Of a mean, the jackknife's acceleration is the skewness of the values over 6 √n.
  const acceleration = deviations.reduce((sum, each) => sum + each ** 3, 0) / (6 * squares ** 1.5);
  const at = (z: number) => {
    const moved = bias + (bias + z) / (1 - acceleration * (bias + z));
    const rank = Math.round(normalCumulative(moved) * SAMPLES);
    return means[Math.min(SAMPLES - 1, Math.max(0, rank))] as number;
  };
  return { value, low: Math.min(value, at(-Z)), high: Math.max(value, at(Z)) };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum / values.length;
}

/** The share of a normal distribution below `z`, to 1e-7 (Abramowitz & Stegun 1964, 26.2.17). */
function normalCumulative(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const tail =
    series.reduceRight((sum, factor) => (sum + factor) * t, 0) * (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI));
  return z > 0 ? 1 - tail : tail;
}

/** The inverse, by bisection. @param share 0..1 */
function normalQuantile(share: number): number {
  return edge(-4, 4, (z) => normalCumulative(z) >= share);
}
