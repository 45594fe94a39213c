/** Optimizers that leave the weights they are given and make new ones, so that the best can be kept without a copy. */
import * as tf from "@tensorflow/tfjs";
import type { OptimizerName } from "../training/settings.ts";
import type { Numbers, OptimizerState } from "./checkpoint.ts";
import { mustFit, uploadLike } from "./read-back.ts";

export interface OptimizerOptions {
  readonly optimizer: OptimizerName;
  /** `sgd` only. */
  readonly momentum: number;
  /** `adamw` only. */
  readonly weightDecay: number;
}

/** Keras's defaults. */
export const BETA_1 = 0.9;
export const BETA_2 = 0.999;
export const RHO = 0.9;
export const EPSILON = 1e-7;

// A type and not an interface: `tf.tidy` takes only what has an index signature.
type Step = {
  readonly next: tf.Tensor;
  readonly first?: tf.Tensor;
  readonly second?: tf.Tensor;
};

/** Which decaying sums each one keeps. */
export const KEEPS: Readonly<Record<OptimizerName, { readonly first: boolean; readonly second: boolean }>> = {
  adam: { first: true, second: true },
  adamw: { first: true, second: true },
  sgd: { first: true, second: false },
  rmsprop: { first: false, second: true },
};

/** Holds what an optimizer remembers from step to step. The caller disposes of it. */
export class Optimizer {
  readonly #options: OptimizerOptions;
  #steps: number;
  /** Decaying sums of the gradient (`sgd`: the velocity) and of its square, a tensor per weight. */
  readonly #first: tf.Tensor[];
  readonly #second: tf.Tensor[];

  /**
   * @param state what one for the same weights remembered; nothing when left out
   * @throws EngineError when the state is one for other weights
   */
  constructor(weights: readonly tf.Tensor[], options: OptimizerOptions, state?: OptimizerState) {
    this.#options = options;
    this.#steps = state?.steps ?? 0;
    const keeps = KEEPS[options.optimizer];
    const first = keeps.first ? weights : [];
    const second = keeps.second ? weights : [];
    if (state) mustFit([...first, ...second], [...state.first, ...state.second]);
    this.#first = state ? uploadLike(first, state.first) : first.map(({ shape }) => tf.zeros(shape));
    this.#second = state ? uploadLike(second, state.second) : second.map(({ shape }) => tf.zeros(shape));
  }

  /** The weights after a step against the gradient. What is given stays the caller's, and so is the result. */
  step<Weight extends tf.Tensor>(
    weights: readonly Weight[],
    gradient: readonly tf.Tensor[],
    learningRate: number,
  ): Weight[] {
    this.#steps += 1;
    return weights.map((weight, at) => {
      const slope = of(gradient, at);
      const { next, first, second } = tf.tidy(() => this.#stepOne(at, weight, slope, learningRate));
      if (first) replace(this.#first, at, first);
      if (second) replace(this.#second, at, second);
      return next as Weight;
    });
  }

  /** What it remembers, on the device; stays this object's. */
  get memory(): readonly tf.Tensor[] {
    return [...this.#first, ...this.#second];
  }

  /** Where it stands. @param values the numbers of `memory` */
  stateOf(values: readonly Numbers[]): OptimizerState {
    const count = this.#first.length;
    return { steps: this.#steps, first: values.slice(0, count), second: values.slice(count) };
  }

  dispose(): void {
    tf.dispose([...this.memory]);
  }

  #stepOne(at: number, weight: tf.Tensor, gradient: tf.Tensor, learningRate: number): Step {
    const { optimizer, momentum, weightDecay } = this.#options;
    switch (optimizer) {
      case "adam":
        return this.#adam(at, weight, gradient, learningRate);
      case "adamw":
        // Decoupled from the gradient (Loshchilov & Hutter 2019, algorithm 2).
        return this.#adam(at, tf.mul(weight, 1 - learningRate * weightDecay), gradient, learningRate);
      case "sgd": {
        const first: tf.Tensor = tf.sub(tf.mul(of(this.#first, at), momentum), tf.mul(gradient, learningRate));
        return { next: tf.add(weight, first), first };
      }
      case "rmsprop": {
        // Tieleman & Hinton 2012, with the epsilon within the root as in Keras.
        const second = decayed(of(this.#second, at), tf.square(gradient), RHO);
        const root = tf.sqrt(tf.add(second, EPSILON / (1 - RHO)));
        return { next: tf.sub(weight, tf.mul(tf.div(gradient, root), learningRate / Math.sqrt(1 - RHO))), second };
      }
    }
  }

  /**
   * Kingma & Ba 2015, in the order of the end of section 2, as Keras does. The averages' factors 1 − β are drawn out of
   * the sums into the rate and the epsilon, which saves two kernels per weight.
   */
  #adam(at: number, weight: tf.Tensor, gradient: tf.Tensor, learningRate: number): Step {
    const corrected = (learningRate * Math.sqrt(1 - BETA_2 ** this.#steps)) / (1 - BETA_1 ** this.#steps);
    const rate = (corrected * (1 - BETA_1)) / Math.sqrt(1 - BETA_2);
    const first = decayed(of(this.#first, at), gradient, BETA_1);
    const second = decayed(of(this.#second, at), tf.square(gradient), BETA_2);
    const root = tf.add(tf.sqrt(second), EPSILON / Math.sqrt(1 - BETA_2));
    return { next: tf.sub(weight, tf.mul(tf.div(first, root), rate)), first, second };
  }
}

function decayed(sum: tf.Tensor, value: tf.Tensor, share: number): tf.Tensor {
  return tf.add(tf.mul(sum, share), value);
}

function of(tensors: readonly tf.Tensor[], at: number): tf.Tensor {
  const tensor = tensors[at];
  if (!tensor) throw new RangeError(`no tensor ${at} of ${tensors.length}`);
  return tensor;
}

/** Keeps a tensor out of its scope's clearing in place of another. */
function replace(tensors: tf.Tensor[], at: number, fresh: tf.Tensor): void {
  tensors[at]?.dispose();
  tensors[at] = tf.keep(fresh);
}
