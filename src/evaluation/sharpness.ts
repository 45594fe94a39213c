/** How sharp scores of few photos are. */

/** Where the logarithm of the sharpness is searched. */
const RANGE = [-1, 5] as const;
const STEPS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The inverse of the temperature of temperature scaling (Guo et al. 2017, section 4.2): what scores are multiplied by before
 * the softmax. Where few photos are all told apart, the likeliest is infinite; so the targets are not 1 and 0 but, as Platt
 * (1999, section 2.2) has them, what a photo drawn anew would be expected to be: with n photos, (n + 1) / (n + classes) for
 * its own class and 1 / (n + classes) for each other.
 *
 * @param scores `[photos × classes]`, row-major, of models that the photo was not fitted by
 * @param labels a class index per photo
 */
export function sharpnessOf(scores: Float32Array, labels: Int32Array, classes: number): number {
  const lossAt = (logarithm: number) => crossEntropy(scores, labels, classes, Math.exp(logarithm));
  // Cross-entropy is convex in the sharpness: golden-section search (Kiefer 1953).
  let [low, high] = RANGE as readonly [number, number];
  for (let step = 0; step < STEPS; step++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (lossAt(left) <= lossAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/** Of softmax(sharpness · scores) with the targets, summed over the photos. */
function crossEntropy(scores: Float32Array, labels: Int32Array, classes: number, sharpness: number): number {
  const other = 1 / (labels.length + classes);
  const own = (labels.length + 1) * other;
  let loss = 0;
  for (let photo = 0; photo < labels.length; photo++) {
    const row = scores.subarray(photo * classes, (photo + 1) * classes);
    const largest = row.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    let [powers, expected] = [0, 0];
    for (let label = 0; label < classes; label++) {
      const score = sharpness * ((row[label] as number) - largest);
      powers += Math.exp(score);
      expected += (labels[photo] === label ? own : other) * score;
    }
    loss += Math.log(powers) - expected;
  }
  return loss;
}
