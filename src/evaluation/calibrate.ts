/** Scores to probabilities that mean what they say. */

export interface Calibration {
  /** What scores are multiplied by before the softmax, > 0: the inverse of the temperature. */
  readonly sharpness: number;
  /** Share of labels that are taken as drawn at random, 0..1. */
  readonly noise: number;
}

/** Where the logarithm of the sharpness and the noise are searched: coarsely first, then `refinements` times around the best. */
const GRID = { sharpness: [-1, 5], noise: [0, 0.4], steps: 12, refinements: 3 } as const;

/**
 * Temperature scaling (Guo et al. 2017, section 4.2) where some labels are wrong: the sharpness and the noise with which
 * (1 − noise) · softmax(sharpness · scores) + noise / classes is likeliest to give the labels. Without the noise, a tenth
 * of wrong labels would make the surest of models say no more than nine in ten.
 *
 * @param scores `[photos × classes]`, row-major, of models that the photo was not fitted by
 * @param labels a class index per photo; negative for photos that do not count
 */
export function calibrate(scores: Float32Array, labels: Int32Array): Calibration {
  const classes = labels.length ? scores.length / labels.length : 0;
  let best = { sharpness: 1, noise: 0, loss: Number.POSITIVE_INFINITY };
  let logarithms: readonly [number, number] = GRID.sharpness;
  let noises: readonly [number, number] = GRID.noise;
  for (let round = 0; round <= GRID.refinements; round++) {
    for (const logarithm of spaced(logarithms)) {
      const fitting = likelihoods(scores, labels, classes, Math.exp(logarithm));
      for (const noise of spaced(noises)) {
        const loss = -fitting.reduce((sum, each) => sum + Math.log((1 - noise) * each + noise / classes + 1e-12), 0);
        if (loss < best.loss) best = { sharpness: Math.exp(logarithm), noise, loss };
      }
    }
    logarithms = around(Math.log(best.sharpness), logarithms);
    const [least, most] = around(best.noise, noises);
    noises = [Math.max(0, least), most];
  }
  return { sharpness: best.sharpness, noise: best.noise };
}

/** softmax(sharpness · scores): one probability per class, sum 1. */
export function softmax(scores: Float32Array, sharpness: number): number[] {
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = Array.from(scores, (score) => Math.exp(sharpness * (score - largest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Of the labels that count. */
function likelihoods(scores: Float32Array, labels: Int32Array, classes: number, sharpness: number): Float64Array {
  const found: number[] = [];
  labels.forEach((label, photo) => {
    if (label < 0) return;
    const row = scores.subarray(photo * classes, (photo + 1) * classes);
    const own = row[label] ?? 0;
    found.push(1 / row.reduce((sum, score) => sum + Math.exp(sharpness * (score - own)), 0));
  });
  return Float64Array.from(found);
}

function spaced([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: GRID.steps + 1 }, (_, step) => from + ((to - from) * step) / GRID.steps);
}

/** One step of the grid to either side. */
function around(value: number, [from, to]: readonly [number, number]): [number, number] {
  const step = (to - from) / GRID.steps;
  return [value - step, value + step];
}
