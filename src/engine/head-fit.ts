/** One fit of a head on the device: an epoch at a time. */
import * as tf from "@tensorflow/tfjs";
import { type Random, shuffled } from "../dataset/random.ts";
import type { Network } from "../network/network.ts";
import type { EpochResult } from "../training/history.ts";
import { learningRateAt } from "../training/learning-rate.ts";
import type { FitState } from "./checkpoint.ts";
import { DenseHead, type HeadWeights, penalise } from "./dense-head.ts";
import { inOrder, type LabelledRows } from "./embedding-rows.ts";
import type { Fit } from "./epochs.ts";
import { FittedWeights } from "./fitted-weights.ts";
import type { Rows } from "./rows.ts";
import { PLAIN, resultOf, score, Targets, totalsOf } from "./targets.ts";
import type { FitSettings, HeadTraining } from "./train-head.ts";

interface Photos {
  readonly x: Rows;
  readonly targets: Targets;
  readonly count: number;
}

/** Owns everything that the fit has on the device. Whoever makes one disposes of it. */
export class HeadFit implements Fit {
  readonly #settings: FitSettings;
  readonly #random: Random;
  readonly #head: DenseHead;
  readonly #train: Photos;
  readonly #validation: Photos;
  /** Where the L2 penalty applies; null without one. */
  readonly #penalties: readonly tf.Tensor2D[] | null;
  readonly #weights: FittedWeights;

  constructor({ head, train, validation, settings, random, onCheckpoint, resume }: HeadTraining) {
    this.#settings = settings;
    this.#random = random;
    this.#head = new DenseHead(head);
    const options = { ...settings, keepsState: onCheckpoint !== undefined, resume: resume?.fit };
    this.#weights = new FittedWeights(this.#head.upload(), options);
    this.#train = upload(train, this.#head.classes, settings);
    this.#validation = upload(validation, this.#head.classes, PLAIN);
    this.#penalties = settings.l2 > 0 ? this.#head.kernelMasks() : null;
  }

  async epoch(epoch: number): Promise<EpochResult> {
    const { epochs, batchSize } = this.#settings;
    const { count } = this.#train;
    const order = Int32Array.from(shuffled([...inOrder(count)], this.#random));
    const steps = Math.ceil(count / batchSize);
    const seen: tf.Tensor2D[] = [];
    try {
      for (let step = 0; step < steps; step++) {
        const rate = learningRateAt(this.#settings, (epoch - 1 + step / steps) / epochs);
        seen.push(this.#step(order.subarray(step * batchSize, (step + 1) * batchSize), rate));
      }
      const sums = await this.#weights.read(this.#measure(seen, order));
      return resultOf(epoch, sums, count, this.#validation.count);
    } finally {
      tf.dispose(seen);
    }
  }

  keepBest(): void {
    this.#weights.keepBest();
  }

  state(): FitState {
    return this.#weights.state();
  }

  /** The head of the best epoch. */
  best(): Promise<Network> {
    return this.#head.download((this.#weights.best ?? this.#weights.now) as HeadWeights);
  }

  dispose(): void {
    this.#weights.dispose();
    if (this.#penalties) tf.dispose([...this.#penalties]);
    for (const { x, targets } of [this.#train, this.#validation]) {
      x.dispose();
      targets.dispose();
    }
  }

  /** Fits a batch and gives its logits as they were before, the caller's to dispose of. */
  #step(places: Int32Array, rate: number): tf.Tensor2D {
    const before = this.#weights.now as HeadWeights;
    const { x, targets } = this.#train;
    const { logits, slopes } = tf.tidy(() => {
      const { logits, gradient } = this.#head.gradient(
        before,
        x.take(places),
        targets.smoothed.take(places),
        targets.weights?.take(places),
        () => Math.floor(this.#random() * 2 ** 31),
      );
      return { logits, slopes: [...penalise(gradient, before, this.#penalties, this.#settings.l2)] };
    });
    this.#weights.step(slopes, rate);
    tf.dispose(slopes);
    return logits;
  }

  /** Sums over the photos, see `totalsOf`. @param seen logits of the batches, in this order of the photos */
  #measure(seen: tf.Tensor2D[], order: Int32Array): tf.Tensor1D {
    const { x, targets, count } = this.#validation;
    return tf.tidy(() => {
      const own = score(tf.concat2d(seen, 0), this.#train.targets.labels.take(order));
      if (!count) return totalsOf(own, own);
      const all = inOrder(count);
      return totalsOf(
        own,
        score(this.#head.logits(this.#weights.now as HeadWeights, x.take(all)), targets.labels.take(all)),
      );
    });
  }
}

function upload(
  { matrix, rows, labels }: LabelledRows,
  classes: number,
  options: Pick<FitSettings, "labelSmoothing" | "balanceClasses">,
): Photos {
  const targets = new Targets(labels, classes, options);
  return { x: DenseHead.input(matrix, rows), targets, count: labels.length };
}
