/** What a network is fitted to, and how far it is from it. */
import * as tf from "@tensorflow/tfjs";
import { balancedClassWeights } from "../training/class-weights.ts";
import type { EpochResult } from "../training/history.ts";
import type { TrainingSettings } from "../training/settings.ts";
import { EngineError } from "./errors.ts";
import { Rows } from "./rows.ts";

/** A row per photo. The caller disposes of it. */
export class Targets {
  readonly count: number;
  /** One-hot. */
  readonly labels: Rows;
  /** What is fitted: the labels, smoothed or not. */
  readonly smoothed: Rows;
  /** One number per row; null when all photos count the same. */
  readonly weights: Rows | null;

  /**
   * @param labels a class index per photo
   * @throws EngineError for a label that is no class
   */
  constructor(
    labels: Int32Array,
    classes: number,
    { labelSmoothing, balanceClasses }: Pick<TrainingSettings, "labelSmoothing" | "balanceClasses">,
  ) {
    this.count = labels.length;
    checkLabels(labels, classes);
    const oneHot = new Float32Array(this.count * classes);
    labels.forEach((label, row) => {
      oneHot[row * classes + label] = 1;
    });
    this.labels = Rows.all(oneHot, classes);
    // Szegedy et al. 2016, section 7.
    const spread = oneHot.map((share) => share * (1 - labelSmoothing) + labelSmoothing / classes);
    this.smoothed = Rows.all(spread, classes);
    const byClass = balanceClasses ? balancedClassWeights(labels, classes) : null;
    const weights = byClass && Float32Array.from(labels, (label) => byClass[label] ?? 0);
    this.weights = weights && Rows.all(weights, 1);
  }

  dispose(): void {
    for (const rows of [this.labels, this.smoothed, this.weights]) rows?.dispose();
  }
}

/** @throws EngineError for a label that is no class */
export function checkLabels(labels: Int32Array, classes: number): void {
  const wrong = labels.find((label) => label < 0 || label >= classes);
  if (wrong !== undefined) throw new EngineError({ code: "engine/no-such-class", label: wrong, classes });
}

/** Targets that are only measured against, as they are. */
export const PLAIN = { labelSmoothing: 0, balanceClasses: false };

/** Sums over the rows: cross-entropy −Σ y·log softmax(z), and rows whose largest logit is the right one. */
export function score(logits: tf.Tensor2D, y: tf.Tensor2D): { loss: tf.Scalar; hits: tf.Scalar } {
  const loss = tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(logits)))) as tf.Scalar;
  const hits = tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(y, 1)), "float32")) as tf.Scalar;
  return { loss, hits };
}

/** An epoch's sums over the photos, as one tensor that is read back at once. */
export function totalsOf(own: ReturnType<typeof score>, held: ReturnType<typeof score>): tf.Tensor1D {
  return tf.stack([own.loss, own.hits, held.loss, held.hits]) as tf.Tensor1D;
}

/**
 * What an epoch came to. Without validation photos the training photos stand in.
 * @param totals the numbers of `totalsOf`
 */
export function resultOf(
  epoch: number,
  [loss = 0, hits = 0, heldLoss = 0, heldHits = 0]: Float32Array,
  trainCount: number,
  validationCount: number,
): EpochResult {
  const held = validationCount || trainCount;
  return {
    epoch,
    trainLoss: loss / trainCount,
    trainAccuracy: hits / trainCount,
    validationLoss: heldLoss / held,
    validationAccuracy: heldHits / held,
  };
}
