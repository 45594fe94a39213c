/** One fit of a head of a single dense layer, in plain numbers: an epoch at a time. */
import { type Random, shuffled } from "../dataset/random.ts";
import type { Network } from "../network/network.ts";
import { balancedClassWeights } from "../training/class-weights.ts";
import type { EpochResult } from "../training/history.ts";
import { learningRateAt } from "../training/learning-rate.ts";
import type { FitState, Numbers } from "./checkpoint.ts";
import { inOrder, type LabelledRows } from "./embedding-rows.ts";
import type { Fit } from "./epochs.ts";
import { EngineError } from "./errors.ts";
import { linearGradient, linearLogits } from "./linear-layer.ts";
import { PlainOptimizer } from "./plain-optimizer.ts";
import { onlyLayer, weightsOf, withWeights } from "./single-layer.ts";
import { checkLabels, resultOf } from "./targets.ts";
import type { FitSettings, HeadTraining } from "./train-head.ts";

/**
 * Logits of a batch, beyond which TensorFlow.js's WebAssembly is faster. Each of its some thirty kernels per batch takes
 * 50 µs and more, which is most of the time with few classes. An epoch of 255 photos in batches of 16 (1280 features, two
 * cores) took 26 ms there; here it takes 2 ms with 2 classes, 10 ms with 10 and 20 ms with 20.
 */
const MOST_LOGITS = 512;

/** Whether a head of one dense layer without dropout is fitted faster here. @param backend of TensorFlow.js */
export function fitsPlainly(head: Network, { batchSize }: Pick<FitSettings, "batchSize">, backend: string): boolean {
  // A GPU is left to a GPU: which numbers come out is the backend's.
  if (backend !== "wasm" && backend !== "cpu") return false;
  const layer = onlyLayer(head);
  return layer !== null && (layer.weights.kernel.shape[1] ?? 0) * batchSize <= MOST_LOGITS;
}

/** Computes what `HeadFit` does, but for rounding, and draws as many random numbers. Holds nothing on the device. */
export class LinearFit implements Fit {
  readonly #head: Network;
  readonly #settings: FitSettings;
  readonly #random: Random;
  readonly #train: LabelledRows;
  readonly #validation: LabelledRows;
  readonly #classes: number;
  readonly #classWeights: readonly number[] | null;
  readonly #optimizer: PlainOptimizer;
  /** `[classes × (features + 1)]`, row-major, the bias last in each row, as `DenseHead` has them. */
  #weights: Numbers;
  #best: Numbers | null = null;
  #bestIsNow = false;

  /** @throws EngineError for a label that is no class, or when the checkpoint is another training's */
  constructor({ head, train, validation, settings, random, resume }: HeadTraining) {
    this.#head = head;
    this.#settings = settings;
    this.#random = random;
    this.#train = train;
    this.#validation = validation;
    const fresh = weightsOf(head);
    this.#classes = fresh.length / (train.matrix.width + 1);
    for (const { labels } of [train, validation]) checkLabels(labels, this.#classes);
    this.#classWeights = settings.balanceClasses ? balancedClassWeights(train.labels, this.#classes) : null;
    this.#optimizer = new PlainOptimizer(fresh.length, settings, resume?.fit.optimizer);
    this.#weights = resume ? likeThese(fresh, resume.fit.weights) : fresh;
    if (resume && resume.fit.best !== "before") {
      this.#bestIsNow = resume.fit.best === "now";
      this.#best = resume.fit.best === "now" ? this.#weights.slice() : likeThese(fresh, resume.fit.best);
    }
  }

  async epoch(epoch: number): Promise<EpochResult> {
    const { epochs, batchSize } = this.#settings;
    const count = this.#train.labels.length;
    const order = Int32Array.from(shuffled([...inOrder(count)], this.#random));
    const steps = Math.ceil(count / batchSize);
    let [loss, hits] = [0, 0];
    for (let step = 0; step < steps; step++) {
      const rate = learningRateAt(this.#settings, (epoch - 1 + step / steps) / epochs);
      const seen = this.#step(order.subarray(step * batchSize, (step + 1) * batchSize), rate);
      loss += seen.loss;
      hits += seen.hits;
    }
    this.#bestIsNow = false;
    const { length } = this.#validation.labels;
    const held = length ? this.#measure() : { loss, hits };
    return resultOf(epoch, Float32Array.of(loss, hits, held.loss, held.hits), count, length);
  }

  keepBest(): void {
    this.#best = this.#weights.slice();
    this.#bestIsNow = true;
  }

  state(): FitState {
    const best = this.#bestIsNow ? "now" : this.#best ? [this.#best.slice()] : "before";
    return { weights: [this.#weights.slice()], best, optimizer: this.#optimizer.state() };
  }

  /** The head of the best epoch. */
  async best(): Promise<Network> {
    return withWeights(this.#head, this.#best ?? this.#weights);
  }

  dispose(): void {
    // Nothing of it lies on the device.
  }

  /** Fits a batch and gives what its logits came to before. */
  #step(places: Int32Array, rate: number): { loss: number; hits: number } {
    const { matrix, rows, labels } = this.#train;
    const taken = { matrix, rows: places.map((place) => rows[place] as number) };
    const own = places.map((place) => labels[place] as number);
    const logits = linearLogits(this.#weights, taken);
    const result = score(logits, own, this.#classes);
    const gradient = linearGradient(taken, this.#errorsOf(logits, own));
    if (this.#settings.l2 > 0) addPenalty(gradient, this.#weights, matrix.width, this.#settings.l2);
    this.#optimizer.step(this.#weights, gradient, rate);
    return result;
  }

  /** The slope of the mean cross-entropy by the logits: the softmax less the targets, over the photos. */
  #errorsOf(logits: Float64Array, labels: Int32Array): Float64Array {
    const classes = this.#classes;
    const { labelSmoothing } = this.#settings;
    const errors = new Float64Array(logits.length);
    for (const [at, label] of labels.entries()) {
      const from = at * classes;
      const sum = logSumExp(logits, from, classes);
      const weight = (this.#classWeights?.[label] ?? 1) / labels.length;
      for (let each = 0; each < classes; each++) {
        // Szegedy et al. 2016, section 7.
        const target = (each === label ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
        errors[from + each] = (Math.exp((logits[from + each] as number) - sum) - target) * weight;
      }
    }
    return errors;
  }

  #measure(): { loss: number; hits: number } {
    return score(linearLogits(this.#weights, this.#validation), this.#validation.labels, this.#classes);
  }
}

/** Sums over the photos: cross-entropy, and those whose largest logit is the right one. */
function score(logits: Float64Array, labels: Int32Array, classes: number): { loss: number; hits: number } {
  let [loss, hits] = [0, 0];
  for (const [at, label] of labels.entries()) {
    const from = at * classes;
    loss += logSumExp(logits, from, classes) - (logits[from + label] as number);
    let largest = 0;
    for (let each = 1; each < classes; each++) {
      if ((logits[from + each] as number) > (logits[from + largest] as number)) largest = each;
    }
    if (largest === label) hits += 1;
  }
  return { loss, hits };
}

function logSumExp(values: Float64Array, from: number, count: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + count; at++) most = Math.max(most, values[at] as number);
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += Math.exp((values[at] as number) - most);
  return most + Math.log(sum);
}

/** The derivative of λ·Σw² by the weights; biases bear no penalty. */
function addPenalty(gradient: Float64Array, weights: Numbers, features: number, l2: number): void {
  for (let at = 0; at < weights.length; at++) {
    if (at % (features + 1) !== features) gradient[at] = (gradient[at] as number) + 2 * l2 * (weights[at] as number);
  }
}

function likeThese(fresh: Numbers, kept: readonly Numbers[]): Numbers {
  const [values, ...more] = kept;
  if (values?.length !== fresh.length || more.length) {
    throw new EngineError({ code: "engine/checkpoint-of-another-training" });
  }
  return values.slice();
}
