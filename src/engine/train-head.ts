/** Fits a head to embeddings. */
import * as tf from "@tensorflow/tfjs";
import { shuffled } from "../dataset/random.ts";
import type { Network } from "../network/network.ts";
import { createEarlyStopping } from "../training/early-stopping.ts";
import type { EpochResult, StopReason, TrainingOutcome } from "../training/history.ts";
import { learningRateAt } from "../training/learning-rate.ts";
import type { TrainingSettings } from "../training/settings.ts";
import { rows } from "./classify.ts";
import { DenseHead, type HeadWeights } from "./dense-head.ts";
import { DeviceNetwork } from "./device-network.ts";
import { EngineError } from "./errors.ts";
import { Optimizer } from "./optimizers.ts";
import { Rows } from "./rows.ts";
import { PLAIN, readEpoch, score, Targets, totalsOf } from "./targets.ts";
import { letOthersIn } from "./turns.ts";

export interface LabelledEmbeddings {
  /** `[photos × features]`, row-major. */
  readonly embeddings: Float32Array;
  /** A class index a photo. */
  readonly labels: Int32Array;
}

type FitSettings = Omit<
  TrainingSettings,
  | "validationShare"
  | "testShare"
  | "folds"
  | "inputSize"
  | "pooling"
  | "hiddenLayers"
  | "dropout"
  | "augmentation"
  | "seed"
  | `fineTune${string}`
>;

export interface HeadTraining {
  /** Dense layers that end in a `Softmax`. */
  readonly head: Network;
  readonly train: LabelledEmbeddings;
  /** May be empty: then the training loss decides when to stop. */
  readonly validation: LabelledEmbeddings;
  readonly settings: FitSettings;
  /** Uniform on [0, 1): orders the photos and draws dropout. */
  readonly random: () => number;
  onEpoch(result: EpochResult, bestEpoch: number, sinceBest: number): void;
  /** Asked after each epoch; true ends training and keeps the best so far. */
  shouldStop(): boolean;
  readonly signal: AbortSignal;
}

/**
 * Minimises the categorical cross-entropy and gives the head of the best epoch.
 *
 * All embeddings stay on the device; each epoch reads back four numbers. What is reported is the plain cross-entropy,
 * without smoothing, class weights or penalty, so that runs can be compared. The same seed, data and settings give the
 * same head on the same backend.
 *
 * @throws EngineError when the loss is no number; AbortError when the signal aborts
 */
export async function trainHead(training: HeadTraining): Promise<{ head: Network; outcome: TrainingOutcome }> {
  const { settings, random, signal } = training;
  const head = new DenseHead(training.head);
  const train = upload(training.train, head.classes, settings);
  const validation = upload(training.validation, head.classes, PLAIN);
  const stopping = createEarlyStopping(settings);
  const history: EpochResult[] = [];
  let weights = head.upload();
  const optimizer = new Optimizer(weights, settings);
  const penalties = settings.l2 > 0 ? head.kernelMasks() : null;
  let best = weights;
  let bestEpoch = 1;
  let reason: StopReason = "finished";
  try {
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      const fitted = runEpoch(epoch, { head, weights, penalties, optimizer, train, validation, random, settings });
      if (weights !== best) tf.dispose([...weights]);
      weights = fitted.weights;
      const result = await readEpoch(epoch, fitted.totals, train.count, validation.count);
      signal.throwIfAborted();
      if (!Number.isFinite(result.trainLoss)) {
        throw new EngineError(
          "The loss is no longer a number: the learning rate is too high. Lower it and train again.",
        );
      }
      history.push(result);
      const state = stopping.update(epoch, result.validationLoss);
      if (state.improved || epoch === 1) {
        tf.dispose([...best]);
        best = weights;
      }
      bestEpoch = state.bestEpoch;
      training.onEpoch(result, state.bestEpoch, state.sinceBest);
      await letOthersIn();
      signal.throwIfAborted();
      if (training.shouldStop()) {
        reason = "user";
        break;
      }
      if (state.shouldStop) {
        reason = "early";
        break;
      }
    }
    return {
      head: await head.download(best),
      outcome: { reason, epochs: history.length, bestEpoch, history, headEpochs: history.length },
    };
  } finally {
    tf.dispose([...new Set([...weights, ...best])]);
    optimizer.dispose();
    if (penalties) tf.dispose(penalties);
    for (const { x, targets } of [train, validation]) {
      x.dispose();
      targets.dispose();
    }
  }
}

/** Probabilities of each embedding, in class order. @param embeddings `[photos × features]`, row-major */
export async function predictFromEmbeddings(head: Network, embeddings: Float32Array): Promise<number[][]> {
  if (embeddings.length === 0) return [];
  const network = new DeviceNetwork(head);
  const features = head.input.shape[0] ?? 1;
  const result = tf.tidy(() => network.run(tf.tensor2d(embeddings, [embeddings.length / features, features])));
  try {
    return rows((await result.data()) as Float32Array, new DenseHead(head).classes);
  } finally {
    result.dispose();
    network.dispose();
  }
}

interface OnDevice {
  readonly x: Rows;
  readonly targets: Targets;
  readonly count: number;
}

interface EpochContext extends Pick<HeadTraining, "random" | "settings"> {
  readonly head: DenseHead;
  readonly weights: HeadWeights;
  /** Where the L2 penalty applies; null without one. */
  readonly penalties: readonly tf.Tensor2D[] | null;
  readonly optimizer: Optimizer<tf.Tensor2D>;
  readonly train: OnDevice;
  readonly validation: OnDevice;
}

/** The weights after an epoch, and `[loss, hits, validation loss, validation hits]` summed over the photos. */
function runEpoch(epoch: number, context: EpochContext): { weights: tf.Tensor2D[]; totals: tf.Tensor1D } {
  const { head, penalties, optimizer, train, validation, random, settings } = context;
  const order = Int32Array.from(shuffled([...inOrder(train.count)], random));
  const steps = Math.ceil(train.count / settings.batchSize);
  return tf.tidy(() => {
    let weights = [...context.weights];
    const seen: tf.Tensor2D[] = [];
    for (let step = 0; step < steps; step++) {
      const rate = learningRateAt(settings, (epoch - 1 + step / steps) / settings.epochs);
      const before = weights;
      const fitted = tf.tidy(() => {
        const places = order.subarray(step * settings.batchSize, (step + 1) * settings.batchSize);
        const { logits, gradient } = head.gradient(
          before,
          train.x.take(places),
          train.targets.smoothed.take(places),
          train.targets.weights?.take(places),
          () => Math.floor(random() * 2 ** 31),
        );
        return { logits, next: optimizer.step(before, penalise(gradient, before, penalties, settings.l2), rate) };
      });
      if (step > 0) tf.dispose(before);
      weights = fitted.next;
      seen.push(fitted.logits);
    }
    const own = score(tf.concat2d(seen, 0), train.targets.labels.take(order));
    const all = inOrder(validation.count);
    const held = all.length
      ? score(head.logits(weights, validation.x.take(all)), validation.targets.labels.take(all))
      : own;
    return { weights, totals: totalsOf(own, held) };
  });
}

function upload(
  { embeddings, labels }: LabelledEmbeddings,
  classes: number,
  options: Pick<FitSettings, "labelSmoothing" | "balanceClasses">,
): OnDevice {
  const { length: count } = labels;
  return {
    x: new Rows(DenseHead.input(embeddings, count), count),
    targets: new Targets(labels, classes, options),
    count,
  };
}

/** The gradient with the derivative of λ·Σw² where the penalty applies. */
export function penalise(
  gradient: readonly tf.Tensor2D[],
  weights: HeadWeights,
  penalties: readonly tf.Tensor2D[] | null,
  l2: number,
): readonly tf.Tensor2D[] {
  return gradient.map((slope, at): tf.Tensor2D => {
    const [weight, penalty] = [weights[at], penalties?.[at]];
    return weight && penalty ? tf.add(slope, tf.mul(tf.mul(weight, penalty), 2 * l2)) : slope;
  });
}

function inOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}
