/** Multinomial logistic regression. Plain data: no TensorFlow.js here. */
import type { DesignMatrix } from "./design-matrix.ts";
import { add, dot, Lbfgs } from "./lbfgs.ts";

export interface LogisticProblem {
  readonly design: DesignMatrix;
  /** A class index per photo of the design. */
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

/**
 * Minimises Σ wᵢ·crossEntropyᵢ / Σ wᵢ + λ·Σ k², k being all weights but the biases, by L-BFGS, a step at a time, from zero
 * on. All classes have weights, as in scikit-learn's `LogisticRegression` with C = 1 / (2·λ·Σ wᵢ); the penalty makes the
 * minimum one point.
 *
 * The logits of all photos are kept along the way. A step changes them by the direction's own, so that the line search needs
 * no product with the embeddings.
 */
export class LogisticFit {
  readonly #problem: LogisticProblem;
  readonly #total: number;
  readonly #memory = new Lbfgs();
  #penalty: number;
  /** `[classes × (width + 1)]`, row-major, the bias last in each row. */
  readonly #weights: Float64Array;
  /** `[photos × classes]`, row-major. */
  readonly #logits: Float64Array;
  /** Of the objective where it stands; null where it has to be worked out. */
  #gradient: Float64Array | null = null;

  /** @param penalty λ > 0 */
  constructor(problem: LogisticProblem, penalty: number) {
    const { design, labels, classes, weights } = problem;
    this.#problem = problem;
    this.#total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#penalty = penalty;
    this.#weights = new Float64Array(classes * (design.width + 1));
    this.#logits = new Float64Array(labels.length * classes);
  }

  /** Goes on from where it stands with another penalty. */
  changePenalty(penalty: number): void {
    this.#penalty = penalty;
    this.#gradient = null;
    this.#memory.forget();
  }

  /** Its own copy. */
  weights(): Float64Array {
    return this.#weights.slice();
  }

  /** Multiplications, about. */
  get workPerStep(): number {
    return 2 * this.#logits.length * this.#problem.design.width;
  }

  /** @param weights how much each photo counts; not at all where they sum to 0 */
  measure(weights: Float64Array): Measure {
    const { labels, classes } = this.#problem;
    let [loss, hits, total] = [0, 0, 0];
    for (const [photo, label] of labels.entries()) {
      const weight = weights[photo] as number;
      if (weight === 0) continue;
      const logits = this.#logits.subarray(photo * classes, (photo + 1) * classes);
      loss += weight * (logSumExp(logits) - (logits[label] as number));
      if (largest(logits) === label) hits += weight;
      total += weight;
    }
    return { loss: loss / total, accuracy: hits / total };
  }

  /**
   * Moves to a lower point.
   * @returns the most by which the objective can still lie above its minimum, before the step: with a penalty it is at
   *   least a bowl of curvature 2·λ, so that |gradient|² / 4·λ bounds it
   */
  async step(): Promise<number> {
    const gradient = this.#gradient ?? (await this.#slope());
    const bound = dot(gradient, gradient) / (4 * this.#penalty);
    if (bound === 0) return 0;
    let direction = this.#memory.direction(gradient);
    if (!(dot(direction, gradient) < 0)) {
      this.#memory.forget();
      direction = this.#memory.direction(gradient);
    }
    const change = await this.#problem.design.logits(direction);
    const length = this.#search(direction, change);
    if (length === 0) return 0;
    const moved = direction.map((each) => each * length);
    add(this.#weights, moved, 1);
    add(this.#logits, change, length);
    const next = await this.#slope();
    this.#gradient = next;
    this.#memory.remember(
      moved,
      next.map((slope, at) => slope - (gradient[at] as number)),
    );
    return bound;
  }

  /** The gradient where it stands. */
  async #slope(): Promise<Float64Array> {
    const { design, classes, labels, weights } = this.#problem;
    const errors = new Float64Array(this.#logits.length);
    for (const [photo, label] of labels.entries()) {
      const weight = (weights[photo] as number) / this.#total;
      if (weight === 0) continue;
      const from = photo * classes;
      const logits = this.#logits.subarray(from, from + classes);
      const sum = logSumExp(logits);
      for (let each = 0; each < classes; each++) {
        errors[from + each] = weight * (Math.exp((logits[each] as number) - sum) - (each === label ? 1 : 0));
      }
    }
    const gradient = await design.gradient(errors);
    const width = design.width + 1;
    for (let at = 0; at < gradient.length; at++) {
      if (at % width !== design.width) {
        gradient[at] = (gradient[at] as number) + 2 * this.#penalty * (this.#weights[at] as number);
      }
    }
    return gradient;
  }

  /** How far to go: near the lowest point along the line, which is convex, by Newton's method within bounds. */
  #search(direction: Float64Array, change: Float64Array): number {
    const along = this.#line(direction, change);
    const start = along(0);
    let [low, high] = [0, Number.POSITIVE_INFINITY];
    // The first step has no curvature to go by but that of the line.
    let length = this.#memory.isEmpty ? -start.slope / start.curvature : 1;
    let best = 0;
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      const here = along(length);
      if (here.value > start.value || here.slope > 0) high = length;
      else low = length;
      if (here.value <= start.value) {
        best = length;
        if (Math.abs(here.slope) <= FLAT * Math.abs(start.slope)) break;
      }
      const newton = length - here.slope / here.curvature;
      const inside = newton > low && newton < high;
      length = inside ? newton : high === Number.POSITIVE_INFINITY ? 2 * length : (low + high) / 2;
    }
    return best;
  }

  /** The objective, its slope and its curvature along a line. */
  #line(direction: Float64Array, change: Float64Array) {
    const { labels, classes, weights, design } = this.#problem;
    const width = design.width + 1;
    let [here, across, there] = [0, 0, 0];
    for (let at = 0; at < direction.length; at++) {
      if (at % width === design.width) continue;
      const [weight, step] = [this.#weights[at] as number, direction[at] as number];
      here += weight * weight;
      across += weight * step;
      there += step * step;
    }
    const logits = new Float64Array(classes);
    return (length: number) => {
      let [value, slope, curvature] = [0, 0, 0];
      for (const [photo, label] of labels.entries()) {
        const weight = weights[photo] as number;
        if (weight === 0) continue;
        const from = photo * classes;
        for (let each = 0; each < classes; each++) {
          logits[each] = (this.#logits[from + each] as number) + length * (change[from + each] as number);
        }
        const sum = logSumExp(logits);
        let [mean, square] = [0, 0];
        for (let each = 0; each < classes; each++) {
          const share = Math.exp((logits[each] as number) - sum);
          const step = change[from + each] as number;
          mean += share * step;
          square += share * step * step;
        }
        value += weight * (sum - (logits[label] as number));
        slope += weight * (mean - (change[from + label] as number));
        curvature += weight * (square - mean * mean);
      }
      const penalty = this.#penalty;
      return {
        value: value / this.#total + penalty * (here + 2 * length * across + length * length * there),
        slope: slope / this.#total + 2 * penalty * (across + length * there),
        curvature: curvature / this.#total + 2 * penalty * there,
      };
    };
  }
}

/** Points looked at along a line. */
const MOST_TRIALS = 12;
/** A slope of this share of the first is flat enough. */
const FLAT = 0.1;

function largest(values: Float64Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if ((values[at] as number) > (values[best] as number)) best = at;
  return best;
}

function logSumExp(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) most = Math.max(most, values[at] as number);
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += Math.exp((values[at] as number) - most);
  return most + Math.log(sum);
}
