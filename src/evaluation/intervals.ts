/** How far an estimate from few photos may be off. */
import { createRandom } from "../dataset/random.ts";
import type { Estimate } from "./report.ts";

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A share with its 95 % score interval (Wilson 1927), which stays sensible for few trials and shares near 0 or 1.
 * Without any trial nothing is known: 0, between 0 and 1.
 */
export function wilson(successes: number, trials: number): Estimate {
  if (trials === 0) return { value: 0, low: 0, high: 1 };
  const share = successes / trials;
  const centre = share + Z ** 2 / (2 * trials);
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  return {
    value: share,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

/**
 * A statistic of `items` with its 95 % percentile bootstrap interval (Efron 1979), from 1,000 resamples.
 * Without any item: 0, between 0 and 1.
 */
export function bootstrap<Item>(
  items: readonly Item[],
  statistic: (sample: readonly Item[]) => number,
  seed: number,
): Estimate {
  if (items.length === 0) return { value: 0, low: 0, high: 1 };
  const random = createRandom(seed);
  const resample = () => items.map(() => items[Math.floor(random() * items.length)] as Item);
  const values = Array.from({ length: 1000 }, () => statistic(resample())).sort((a, b) => a - b);
  return { value: statistic(items), low: values[24] ?? 0, high: values[974] ?? 1 };
}
