/** How sure a classifier may be, by photos that it was not fitted to. */
import type { Prediction } from "./report.ts";

/**
 * How far the logarithm of the temperature is from 0 before any photo has been seen: the standard deviation of a normal
 * distribution. Few photos that are all told apart would ask for a temperature of 0, and three of which one is not, for a
 * large one.
 */
const EXPECTED = 0.5;
/** Where the logarithm of the sharpness is searched: coarsely first, then around the best. */
const RANGE = 3;
const STEPS = 20;
const ROUNDS = 5;

/**
 * The inverse of the temperature of temperature scaling (Guo et al. 2017, section 4.2): what logits are multiplied by before
 * the softmax. It is the likeliest one, given the photos and that it is expected to be near 1 (maximum a posteriori).
 *
 * @param predictions of photos that the classifier was not fitted to; none give 1
 */
export function sharpnessBy(predictions: readonly Pick<Prediction, "actual" | "probabilities">[]): number {
  const rows = predictions.map(({ actual, probabilities }) => {
    const logits = probabilities.map(logarithm);
    return logits.map((logit) => logit - (logits[actual] as number));
  });
  const lossAt = (log: number) => {
    const sharpness = Math.exp(log);
    const losses = rows.reduce((sum, row) => sum + logSumExp(row.map((each) => sharpness * each)), 0);
    return losses + log ** 2 / (2 * EXPECTED ** 2);
  };
  let best = 0;
  let reach = RANGE;
  for (let round = 0; round < ROUNDS; round++) {
    const [from, step] = [best - reach, (2 * reach) / STEPS];
    const tried = Array.from({ length: STEPS + 1 }, (_, at) => from + at * step);
    best = tried.reduce((least, each) => (lossAt(each) < lossAt(least) ? each : least), best);
    reach = step;
  }
  return Math.exp(best);
}

/** What probabilities become when their logits are multiplied. */
export function sharpened(probabilities: readonly number[], sharpness: number): number[] {
  const logits = probabilities.map((each) => sharpness * logarithm(each));
  const total = logSumExp(logits);
  return logits.map((each) => Math.exp(each - total));
}

/** Of a probability, which 32 bits may have rounded to 0. */
function logarithm(probability: number): number {
  return Math.log(Math.max(probability, 1e-38));
}

function logSumExp(values: readonly number[]): number {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}
