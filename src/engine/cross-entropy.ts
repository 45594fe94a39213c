/** The cross-entropy of photos' classes, and what it changes by. Plain data: no TensorFlow.js here. */

interface Labelled {
  /** A class index per photo. */
  readonly labels: Int32Array;
  /** How much each photo counts; 0 for one that is only looked at. */
  readonly weights: Float64Array;
  readonly classes: number;
}

/** Means over some photos, each as much as it counts. */
export interface Measure {
  /** Cross-entropy, in nats. */
  readonly loss: number;
  /** Share of the photos whose largest logit is that of their class, 0..1. */
  readonly accuracy: number;
}

/** The mean cross-entropy at a point of a line, and its first and second derivative along the line. */
interface Along {
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
}

/** Of some photos. Logits are `[photos × classes]`, row-major. */
export class CrossEntropy {
  readonly #labels: Int32Array;
  readonly #classes: number;
  /** Of each photo, 0..1, together 1. */
  readonly #shares: Float64Array;
  /** The photos that count. */
  readonly #counted: Int32Array;
  /** Of the classes where it last looked, shaped as the logits. */
  readonly #probabilities: Float64Array;

  constructor({ labels, weights, classes }: Labelled) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#labels = labels;
    this.#classes = classes;
    this.#shares = weights.map((weight) => weight / total);
    this.#counted = Int32Array.from(weights.keys()).filter((photo) => (weights[photo] as number) > 0);
    this.#probabilities = new Float64Array(labels.length * classes);
  }

  /** At `logits + length · change`. The errors are those there, until it looks elsewhere. */
  look(logits: Float64Array, change: Float64Array, length: number): Along {
    const [classes, probabilities] = [this.#classes, this.#probabilities];
    let [loss, slope, curvature] = [0, 0, 0];
    for (const photo of this.#counted) {
      const from = photo * classes;
      const own = from + (this.#labels[photo] as number);
      let most = Number.NEGATIVE_INFINITY;
      for (let at = from; at < from + classes; at++) {
        const logit = (logits[at] as number) + length * (change[at] as number);
        probabilities[at] = logit;
        if (logit > most) most = logit;
      }
      const ownLogit = probabilities[own] as number;
      let [sum, mean, square] = [0, 0, 0];
      for (let at = from; at < from + classes; at++) {
        const share = Math.exp((probabilities[at] as number) - most);
        const step = change[at] as number;
        probabilities[at] = share;
        sum += share;
        mean += share * step;
        square += share * step * step;
      }
      for (let at = from; at < from + classes; at++) probabilities[at] = (probabilities[at] as number) / sum;
      mean /= sum;
      const share = this.#shares[photo] as number;
      loss += share * (most + Math.log(sum) - ownLogit);
      slope += share * (mean - (change[own] as number));
      curvature += share * (square / sum - mean * mean);
    }
    return { loss, slope, curvature };
  }

  /** The gradient by the logits where it last looked; each photo's sum is 0. */
  errors(): Float64Array {
    const classes = this.#classes;
    const errors = new Float64Array(this.#probabilities.length);
    for (const photo of this.#counted) {
      const share = this.#shares[photo] as number;
      const from = photo * classes;
      for (let at = from; at < from + classes; at++) errors[at] = share * (this.#probabilities[at] as number);
      const own = from + (this.#labels[photo] as number);
      errors[own] = (errors[own] as number) - share;
    }
    return errors;
  }
}

/** What logits are worth. The photos' weights need not be those of a fit; not all are 0. */
export function measureLogits(logits: Float64Array, { labels, weights, classes }: Labelled): Measure {
  let [loss, hits, total] = [0, 0, 0];
  for (let photo = 0; photo < labels.length; photo++) {
    const weight = weights[photo] as number;
    if (weight === 0) continue;
    const label = labels[photo] as number;
    const from = photo * classes;
    loss += weight * (logSumExp(logits, from, classes) - (logits[from + label] as number));
    if (largest(logits, from, classes) === label) hits += weight;
    total += weight;
  }
  return { loss: loss / total, accuracy: hits / total };
}

/** Where the largest of some numbers stands among them. */
function largest(values: Float64Array, from: number, count: number): number {
  let best = 0;
  for (let at = 1; at < count; at++) if ((values[from + at] as number) > (values[from + best] as number)) best = at;
  return best;
}

function logSumExp(values: Float64Array, from: number, count: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + count; at++) {
    const value = values[at] as number;
    if (value > most) most = value;
  }
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += Math.exp((values[at] as number) - most);
  return most + Math.log(sum);
}
