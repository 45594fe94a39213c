/** How far a share from few photos may be off. */
import { betaQuantile } from "./beta.ts";
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
 * A share with its exact 95 % interval (Clopper & Pearson 1934), which covers the truth at least as often as it says.
 * @param share 0..1
 * @param trials > 0; neither they nor the successes need be whole, as in Korn & Graubard 1998
 */
export function clopperPearson(share: number, trials: number): Estimate {
  const successes = share * trials;
  return {
    value: share,
    low: share > 0 ? betaQuantile(0.025, successes, trials - successes + 1) : 0,
    high: share < 1 ? betaQuantile(0.975, successes + 1, trials - successes) : 1,
  };
}
