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
 * A statistic of a confusion matrix with its 95 % credible interval from 1,000 draws of the matrix's posterior
 * (Goutte & Gaussier 2005): each row is Dirichlet-distributed around its counts, with one photo's worth of prior
 * spread over the classes. Unlike a bootstrap it does not call a classifier certain that made no mistake on ten photos.
 * Without any photo: 0, between 0 and 1.
 *
 * @param confusion `[actual][predicted]` counts
 */
export function credible(
  confusion: readonly (readonly number[])[],
  statistic: (confusion: readonly (readonly number[])[]) => number,
  seed: number,
): Estimate {
  if (confusion.every((row) => row.every((count) => count === 0))) return { value: 0, low: 0, high: 1 };
  const random = createRandom(seed);
  const draw = () => statistic(confusion.map((row) => drawRow(row, random)));
  const values = Array.from({ length: 1000 }, draw).sort((a, b) => a - b);
  const value = statistic(confusion);
  return { value, low: Math.min(value, values[24] ?? 0), high: Math.max(value, values[974] ?? 1) };
}

/** A row with the same sum whose shares are drawn from its posterior. */
function drawRow(counts: readonly number[], random: () => number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const parts = counts.map((count) => drawGamma(count + 1 / counts.length, random));
  const sum = parts.reduce((all, part) => all + part, 0);
  return parts.map((part) => (total * part) / sum);
}

/** A gamma variate of scale 1 (Marsaglia & Tsang 2000). */
function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const cubed = (1 + c * normal) ** 3;
    if (cubed > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * cubed + d * Math.log(cubed)) return d * cubed;
  }
}
