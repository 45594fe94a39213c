/** Multinomial logistic regression. Plain data: no TensorFlow.js here. */
import { CrossEntropy, type Measure, measureLogits } from "./cross-entropy.ts";
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
  readonly #memory = new Lbfgs();
  #penalty: number;
  /** `[classes × (width + 1)]`, row-major, the bias last in each row. */
  readonly #weights: Float64Array;
  /** `[photos × classes]`, row-major. */
  readonly #logits: Float64Array;
  readonly #entropy: CrossEntropy;
  /** Cross-entropy where it stands; known where the gradient is. */
  #loss = 0;
  /** Of the objective where it stands; null where it has to be worked out. */
  #gradient: Float64Array | null = null;

  /** @param penalty λ > 0 */
  constructor(problem: LogisticProblem, penalty: number) {
    const { design, labels, classes } = problem;
    this.#problem = problem;
    this.#penalty = penalty;
    this.#weights = new Float64Array(classes * (design.width + 1));
    this.#logits = new Float64Array(labels.length * classes);
    this.#entropy = new CrossEntropy(problem);
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
    return measureLogits(this.#logits, { ...this.#problem, weights });
  }

  /**
   * Moves to a lower point.
   * @returns the most by which the objective can still lie above its minimum, before the step: with a penalty it is at
   *   least a bowl of curvature 2·λ, so that |gradient|² / 4·λ bounds it
   */
  async step(): Promise<number> {
    const gradient = this.#gradient ?? (await this.#start());
    const bound = dot(gradient, gradient) / (4 * this.#penalty);
    if (bound === 0) return 0;
    let direction = this.#memory.direction(gradient);
    if (!(dot(direction, gradient) < 0)) {
      this.#memory.forget();
      direction = this.#memory.direction(gradient);
    }
    const change = await this.#problem.design.logits(direction);
    const length = this.#search(direction, change, dot(direction, gradient));
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

  /** The gradient where nothing is known yet. */
  async #start(): Promise<Float64Array> {
    this.#loss = this.#entropy.look(this.#logits, new Float64Array(this.#logits.length), 0).loss;
    this.#gradient = await this.#slope();
    return this.#gradient;
  }

  /** The gradient where the probabilities are known. */
  async #slope(): Promise<Float64Array> {
    const { design } = this.#problem;
    const gradient = await design.gradient(this.#entropy.errors());
    const width = design.width + 1;
    for (let from = 0; from < gradient.length; from += width) {
      for (let at = from; at < from + design.width; at++) {
        gradient[at] = (gradient[at] as number) + 2 * this.#penalty * (this.#weights[at] as number);
      }
    }
    return gradient;
  }

  /**
   * How far to go: near the lowest point along the line, which is convex, by Newton's method within bounds. The loss and the
   * probabilities are then those there.
   */
  #search(direction: Float64Array, change: Float64Array, downhill: number): number {
    const along = this.#line(direction, change);
    const before = along.objective(this.#loss, 0);
    let [low, high] = [0, Number.POSITIVE_INFINITY];
    // The first step has no curvature to go by but that of the line.
    let length = this.#memory.isEmpty ? -downhill / along.at(0).curvature : 1;
    let last = { length: 0, loss: this.#loss };
    let best = last;
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      const here = along.at(length);
      last = { length, loss: here.loss };
      if (here.value > before || here.slope > 0) high = length;
      else low = length;
      if (here.value <= before) {
        best = last;
        if (Math.abs(here.slope) <= FLAT * Math.abs(downhill)) break;
      }
      const newton = length - here.slope / here.curvature;
      const inside = newton > low && newton < high;
      length = inside ? newton : high === Number.POSITIVE_INFINITY ? 2 * length : (low + high) / 2;
    }
    if (best !== last) this.#entropy.look(this.#logits, change, best.length);
    this.#loss = best.loss;
    return best.length;
  }

  /** The objective, its slope and its curvature along a line. */
  #line(direction: Float64Array, change: Float64Array) {
    const [here, across, there] = squares(this.#weights, direction, this.#problem.design.width);
    const penalty = this.#penalty;
    const objective = (loss: number, length: number) =>
      loss + penalty * (here + 2 * length * across + length * length * there);
    return {
      objective,
      at: (length: number) => {
        const { loss, slope, curvature } = this.#entropy.look(this.#logits, change, length);
        return {
          loss,
          value: objective(loss, length),
          slope: slope + 2 * penalty * (across + length * there),
          curvature: curvature + 2 * penalty * there,
        };
      },
    };
  }
}

/** Σw², Σw·d and Σd² of all weights but the biases. */
function squares(weights: Float64Array, direction: Float64Array, width: number): readonly [number, number, number] {
  let [here, across, there] = [0, 0, 0];
  for (let from = 0; from < weights.length; from += width + 1) {
    for (let at = from; at < from + width; at++) {
      const weight = weights[at] as number;
      const step = direction[at] as number;
      here += weight * weight;
      across += weight * step;
      there += step * step;
    }
  }
  return [here, across, there];
}

/** Points looked at along a line. */
const MOST_TRIALS = 12;
/** A slope of this share of the first is flat enough. */
const FLAT = 0.1;
