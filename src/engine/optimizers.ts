/** Optimizers that leave the weights they are given and make new ones, so that the best can be kept without a copy. */
import * as tf from "@tensorflow/tfjs";
import type { OptimizerName } from "../training/settings.ts";

export interface OptimizerOptions {
  readonly optimizer: OptimizerName;
  /** `sgd` only. */
  readonly momentum: number;
  /** `adamw` only. */
  readonly weightDecay: number;
}

/** Keras's defaults. */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const RHO = 0.9;
const EPSILON = 1e-7;

// A type and not an interface: `tf.tidy` takes only what has an index signature.
type Step = {
  readonly next: tf.Tensor;
  readonly first?: tf.Tensor;
  readonly second?: tf.Tensor;
};

/** Holds what an optimizer remembers from step to step. Whoever makes one disposes of it. */
export class Optimizer<Weight extends tf.Tensor> {
  readonly #options: OptimizerOptions;
  #steps = 0;
  /** Decaying sums of the gradient (`sgd`: the velocity) and of its square, a tensor a weight. */
  readonly #first: tf.Tensor[];
  readonly #second: tf.Tensor[];

  constructor(weights: readonly Weight[], options: OptimizerOptions) {
    this.#options = options;
    this.#first = weights.map(({ shape }) => tf.zeros(shape));
    this.#second = weights.map(({ shape }) => tf.zeros(shape));
  }

  /** The weights after a step against the gradient. What is given stays the caller's, and so is the result. */
  step(weights: readonly Weight[], gradient: readonly tf.Tensor[], learningRate: number): Weight[] {
    this.#steps += 1;
    return weights.map((weight, at) => {
      const slope = gradient[at];
      if (!slope) throw new Error("Every weight has a gradient.");
      const { next, first, second } = tf.tidy(() => this.#stepOne(at, weight, slope, learningRate));
      if (first) replace(this.#first, at, first);
      if (second) replace(this.#second, at, second);
      return next as Weight;
    });
  }

  dispose(): void {
    tf.dispose([...this.#first, ...this.#second]);
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
        const first: tf.Tensor = tf.sub(tf.mul(remembered(this.#first, at), momentum), tf.mul(gradient, learningRate));
        return { next: tf.add(weight, first), first };
      }
      case "rmsprop": {
        // Tieleman & Hinton 2012, with the epsilon within the root as in Keras.
        const second = decayed(remembered(this.#second, at), tf.square(gradient), RHO);
        const root = tf.sqrt(tf.add(second, EPSILON / (1 - RHO)));
        return { next: tf.sub(weight, tf.mul(tf.div(gradient, root), learningRate / Math.sqrt(1 - RHO))), second };
      }
    }
  }

  /**
   * Kingma & Ba 2015, in the order of the end of section 2, as Keras does. The averages' factors 1 − β are drawn out of
   * the sums into the rate and the epsilon, which saves two kernels a weight.
   */
  #adam(at: number, weight: tf.Tensor, gradient: tf.Tensor, learningRate: number): Step {
    const corrected = (learningRate * Math.sqrt(1 - BETA_2 ** this.#steps)) / (1 - BETA_1 ** this.#steps);
    const rate = (corrected * (1 - BETA_1)) / Math.sqrt(1 - BETA_2);
    const first = decayed(remembered(this.#first, at), gradient, BETA_1);
    const second = decayed(remembered(this.#second, at), tf.square(gradient), BETA_2);
    const root = tf.add(tf.sqrt(second), EPSILON / Math.sqrt(1 - BETA_2));
    return { next: tf.sub(weight, tf.mul(tf.div(first, root), rate)), first, second };
  }
}

function decayed(sum: tf.Tensor, value: tf.Tensor, share: number): tf.Tensor {
  return tf.add(tf.mul(sum, share), value);
}

function remembered(tensors: readonly tf.Tensor[], at: number): tf.Tensor {
  const tensor = tensors[at];
  if (!tensor) throw new Error("The optimizer was made for other weights.");
  return tensor;
}

/** Keeps a tensor out of its scope's clearing in place of another. */
function replace(tensors: tf.Tensor[], at: number, fresh: tf.Tensor): void {
  tensors[at]?.dispose();
  tensors[at] = tf.keep(fresh);
}
