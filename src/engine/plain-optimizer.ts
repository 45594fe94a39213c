/** The optimizers of `optimizers.ts` in plain numbers, for weights so few that a kernel costs more than its work. */
import type { Numbers, OptimizerState } from "./checkpoint.ts";
import { EngineError } from "./errors.ts";
import { BETA_1, BETA_2, EPSILON, KEEPS, type OptimizerOptions, RHO } from "./optimizers.ts";

/** Changes one array of weights in place. */
export class PlainOptimizer {
  readonly #options: OptimizerOptions;
  #steps: number;
  /** Decaying sums of the gradient (`sgd`: the velocity) and of its square; empty where the optimizer keeps none. */
  readonly #first: Numbers;
  readonly #second: Numbers;

  /**
   * @param size count of the weights
   * @param state what one for the same weights remembered; nothing when left out
   * @throws EngineError when the state is one for other weights
   */
  constructor(size: number, options: OptimizerOptions, state?: OptimizerState) {
    this.#options = options;
    this.#steps = state?.steps ?? 0;
    const keeps = KEEPS[options.optimizer];
    this.#first = memoryOf(keeps.first ? size : 0, state?.first);
    this.#second = memoryOf(keeps.second ? size : 0, state?.second);
  }

  /** One step against the gradient. @param gradient as long as the weights */
  step(weights: Numbers, gradient: Float64Array, learningRate: number): void {
    this.#steps += 1;
    const { optimizer, momentum, weightDecay } = this.#options;
    const [first, second] = [this.#first, this.#second];
    if (optimizer === "sgd") sgd(weights, gradient, first, learningRate, momentum);
    else if (optimizer === "rmsprop") rmsprop(weights, gradient, second, learningRate);
    else {
      // AdamW's decay is decoupled from the gradient (Loshchilov & Hutter 2019, algorithm 2).
      const decay = optimizer === "adamw" ? 1 - learningRate * weightDecay : 1;
      adam(weights, gradient, { first, second, steps: this.#steps, learningRate, decay });
    }
  }

  /** Where it stands, in arrays of its own. */
  state(): OptimizerState {
    const kept = (memory: Numbers) => (memory.length ? [memory.slice()] : []);
    return { steps: this.#steps, first: kept(this.#first), second: kept(this.#second) };
  }
}

function memoryOf(size: number, kept: readonly Numbers[] | undefined): Numbers {
  if (!kept) return new Float32Array(size);
  const [values = new Float32Array(), ...more] = kept;
  if (values.length !== size || more.length) throw new EngineError({ code: "engine/checkpoint-of-another-training" });
  return values.slice();
}

interface AdamStep {
  readonly first: Numbers;
  readonly second: Numbers;
  /** This one's number, from 1. */
  readonly steps: number;
  readonly learningRate: number;
  /** What weights are multiplied by before. */
  readonly decay: number;
}

/** Kingma & Ba 2015, in the order of the end of section 2, with the factors 1 − β drawn out as in `optimizers.ts`. */
function adam(weights: Numbers, gradient: Float64Array, { first, second, steps, learningRate, decay }: AdamStep): void {
  const corrected = (learningRate * Math.sqrt(1 - BETA_2 ** steps)) / (1 - BETA_1 ** steps);
  const rate = (corrected * (1 - BETA_1)) / Math.sqrt(1 - BETA_2);
  const epsilon = EPSILON / Math.sqrt(1 - BETA_2);
  for (let at = 0; at < weights.length; at++) {
    const slope = gradient[at] as number;
    const mean = (first[at] as number) * BETA_1 + slope;
    const square = (second[at] as number) * BETA_2 + slope * slope;
    first[at] = mean;
    second[at] = square;
    weights[at] = (weights[at] as number) * decay - (rate * mean) / (Math.sqrt(square) + epsilon);
  }
}

function sgd(weights: Numbers, gradient: Float64Array, velocity: Numbers, rate: number, momentum: number): void {
  for (let at = 0; at < weights.length; at++) {
    const moved = (velocity[at] as number) * momentum - (gradient[at] as number) * rate;
    velocity[at] = moved;
    weights[at] = (weights[at] as number) + moved;
  }
}

/** Tieleman & Hinton 2012, with the epsilon within the root as in Keras. */
function rmsprop(weights: Numbers, gradient: Float64Array, second: Numbers, learningRate: number): void {
  const rate = learningRate / Math.sqrt(1 - RHO);
  const epsilon = EPSILON / (1 - RHO);
  for (let at = 0; at < weights.length; at++) {
    const slope = gradient[at] as number;
    const square = (second[at] as number) * RHO + slope * slope;
    second[at] = square;
    weights[at] = (weights[at] as number) - (rate * slope) / Math.sqrt(square + epsilon);
  }
}
