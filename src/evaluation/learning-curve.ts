/** How the share of mistakes falls with more photos to learn from, and what more of them would do. */

/** Mistakes of a classifier that learned from so many photos. */
export interface CurvePoint {
  /** Photos that it learned from, > 0. */
  readonly photos: number;
  /** Share of mistakes among photos that it had not seen, 0..1. */
  readonly error: number;
}

/** error = floor + scale · photos^−exponent */
export interface PowerLaw {
  readonly floor: number;
  readonly scale: number;
  readonly exponent: number;
}

/** Exponents that are tried: 0 would be no curve, and above 1 few photo sets are. */
const EXPONENTS = { from: 0.05, to: 2 } as const;
const STEPS = 20;
const PRECISION = 1e-5;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The power law (Cortes et al. 1994, "Learning curves: asymptotic values and rate of convergence") with the least squared
 * distance from the points, floor and scale at least 0, the exponent between 0.05 and 2. For each exponent floor and scale
 * are a linear regression, so that only the exponent is searched. It agrees with `scipy.optimize.curve_fit` within the same bounds.
 *
 * @param points at least two different numbers of photos
 */
export function fitPowerLaw(points: readonly CurvePoint[]): PowerLaw {
  const at = (exponent: number) => bestAt(points, exponent);
  const step = (EXPONENTS.to - EXPONENTS.from) / STEPS;
  const grid = Array.from({ length: STEPS + 1 }, (_, place) => at(EXPONENTS.from + step * place));
  const start = grid.reduce((best, each) => (each.distance < best.distance ? each : best)).law.exponent;
  let [low, high] = [Math.max(EXPONENTS.from, start - step), Math.min(EXPONENTS.to, start + step)];
  while (high - low > PRECISION) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (at(left).distance <= at(right).distance) high = right;
    else low = left;
  }
  return at((low + high) / 2).law;
}

/** The share of mistakes with so many photos, by the law. */
export function errorAt({ floor, scale, exponent }: PowerLaw, photos: number): number {
  return floor + scale * photos ** -exponent;
}

/** Least squares with non-negative weights: where one would be negative, it is 0 and the other fitted alone. */
function bestAt(points: readonly CurvePoint[], exponent: number): { law: PowerLaw; distance: number } {
  const xs = points.map(({ photos }) => photos ** -exponent);
  const ys = points.map(({ error }) => error);
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = mean(xs.map((x) => (x - meanX) ** 2));
  const slope = mean(xs.map((x, place) => (x - meanX) * ((ys[place] ?? 0) - meanY))) / spread;
  const free = { floor: meanY - slope * meanX, scale: slope };
  const flat = { floor: meanY, scale: 0 };
  const steep = { floor: 0, scale: mean(xs.map((x, place) => x * (ys[place] ?? 0))) / mean(xs.map((x) => x * x)) };
  const { floor, scale } = free.scale < 0 ? flat : free.floor < 0 ? steep : free;
  const distance = mean(xs.map((x, place) => (floor + scale * x - (ys[place] ?? 0)) ** 2));
  return { law: { floor, scale, exponent }, distance };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
