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
 * @param weights how much each photo counts
 */
export function sharpnessOf(scores: Float32Array, labels: Int32Array, weights: Float64Array, classes: number): number {
  const losses = Array.from(labels, (label, photo) =>
    lossOf(scores.subarray(photo * classes, (photo + 1) * classes), label, labels.length),
  );
  const lossAt = (logarithm: number) =>
    losses.reduce((sum, loss, photo) => sum + (weights[photo] as number) * loss(Math.exp(logarithm)), 0);
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

/** A photo's cross-entropy of softmax(sharpness · scores) with the targets, by the sharpness. */
function lossOf(scores: Float32Array, own: number, photos: number): (sharpness: number) => number {
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const doubt = 1 / (photos + scores.length);
  const expected = scores.reduce(
    (sum, score, label) => sum + (score - largest) * (label === own ? (photos + 1) * doubt : doubt),
    0,
  );
  return (sharpness) => {
    const powers = scores.reduce((sum, score) => sum + Math.exp(sharpness * (score - largest)), 0);
    return Math.log(powers) - sharpness * expected;
  };
}
