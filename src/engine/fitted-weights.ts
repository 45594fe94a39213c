/** Weights that are fitted, with the best so far and the optimizer's memory. */
import * as tf from "@tensorflow/tfjs";
import type { FitState, Numbers } from "./checkpoint.ts";
import { Optimizer, type OptimizerOptions } from "./optimizers.ts";
import { mustFit, readBack, uploadLike } from "./read-back.ts";

export interface FittedWeightsOptions extends OptimizerOptions {
  /** Whether `state` will be asked for. */
  readonly keepsState: boolean;
  readonly resume: FitState | undefined;
}

/** The caller disposes of it. */
export class FittedWeights {
  readonly #optimizer: Optimizer;
  readonly #keepsState: boolean;
  #now: readonly tf.Tensor[];
  #best: readonly tf.Tensor[] | null = null;
  /** Of `#now` and the optimizer, as they were last read back. */
  #read: Omit<FitState, "best"> | null = null;
  #bestRead: readonly Numbers[] = [];

  /**
   * @param fresh weights to begin with; this object's from now on
   * @throws EngineError when `resume` has other weights than these
   */
  constructor(fresh: readonly tf.Tensor[], options: FittedWeightsOptions) {
    const { resume } = options;
    this.#keepsState = options.keepsState;
    if (!resume) {
      this.#now = fresh;
      this.#optimizer = new Optimizer(fresh, options);
      return;
    }
    try {
      const best = typeof resume.best === "string" ? null : resume.best;
      for (const values of [resume.weights, best]) if (values) mustFit(fresh, values);
      this.#optimizer = new Optimizer(fresh, options, resume.optimizer);
      this.#now = uploadLike(fresh, resume.weights);
      this.#best = best ? uploadLike(fresh, best) : resume.best === "now" ? this.#now : null;
      this.#bestRead = copies(best ?? resume.weights);
    } finally {
      tf.dispose([...fresh]);
    }
  }

  get now(): readonly tf.Tensor[] {
    return this.#now;
  }

  /** null while none was kept. */
  get best(): readonly tf.Tensor[] | null {
    return this.#best;
  }

  /** A step against the gradient, which stays the caller's. @param gradient a tensor per weight */
  step(gradient: readonly tf.Tensor[], learningRate: number): void {
    const before = this.#now;
    this.#now = this.#optimizer.step(before, gradient, learningRate);
    if (before !== this.#best) tf.dispose([...before]);
  }

  /** Reads an epoch's sums back, and with them what `state` gives; from a GPU at once. The sums are freed. */
  async read(sums: tf.Tensor1D): Promise<Float32Array> {
    try {
      if (!this.#keepsState) return (await sums.data()) as Float32Array;
      const [totals = new Float32Array(), ...values] = await readBack([sums, ...this.#now, ...this.#optimizer.memory]);
      const count = this.#now.length;
      this.#read = { weights: values.slice(0, count), optimizer: this.#optimizer.stateOf(values.slice(count)) };
      return totals;
    } finally {
      sums.dispose();
    }
  }

  keepBest(): void {
    if (this.#best && this.#best !== this.#now) tf.dispose([...this.#best]);
    this.#best = this.#now;
    if (this.#read) this.#bestRead = copies(this.#read.weights);
  }

  /** To be asked once after each `read`, which makes the arrays. */
  state(): FitState {
    const read = this.#read;
    if (!read) throw new RangeError("state() without a read() before it");
    this.#read = null;
    if (this.#best === this.#now) return { ...read, best: "now" };
    return { ...read, best: this.#best ? copies(this.#bestRead) : "before" };
  }

  dispose(): void {
    tf.dispose([...new Set([...this.#now, ...(this.#best ?? [])])]);
    this.#optimizer.dispose();
  }
}

function copies(arrays: readonly Numbers[]): Numbers[] {
  return arrays.map((array) => array.slice());
}
