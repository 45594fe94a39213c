/** Fits a head to embeddings. */
import * as tf from "@tensorflow/tfjs";
import { shuffled } from "../dataset/random.ts";
import type { Network, NetworkNode } from "../network/network.ts";
import { createEarlyStopping } from "../training/early-stopping.ts";
import type { EpochResult, StopReason, TrainingOutcome } from "../training/history.ts";
import type { TrainingSettings } from "../training/settings.ts";
import { rows } from "./classify.ts";
import { DeviceNetwork, runNetwork } from "./device-network.ts";
import { EngineError } from "./errors.ts";
import type { NodeWeights } from "./operations.ts";

export interface LabelledEmbeddings {
  /** `[photos × features]`, row-major. */
  readonly embeddings: Float32Array;
  /** A class index a photo. */
  readonly labels: Int32Array;
}

export interface HeadTraining {
  /** Ends in a `Softmax`. */
  readonly head: Network;
  readonly train: LabelledEmbeddings;
  /** May be empty: then the training loss decides when to stop. */
  readonly validation: LabelledEmbeddings;
  readonly settings: Pick<TrainingSettings, "epochs" | "batchSize" | "learningRate" | "patience" | "minDelta">;
  /** Uniform on [0, 1): orders the photos and draws dropout. */
  readonly random: () => number;
  onEpoch(result: EpochResult, bestEpoch: number, sinceBest: number): void;
  /** Asked after each epoch; true ends training and keeps the best so far. */
  shouldStop(): boolean;
  readonly signal: AbortSignal;
}

/**
 * Minimises the categorical cross-entropy with Adam (Kingma & Ba 2015) and gives the head of the best epoch.
 *
 * All embeddings stay on the device; each epoch reads back four numbers. The same seed, data and settings give the same
 * head on the same backend.
 *
 * @throws EngineError when the loss is no number; AbortError when the signal aborts
 */
export async function trainHead(training: HeadTraining): Promise<{ head: Network; outcome: TrainingOutcome }> {
  const { head, settings, random, signal } = training;
  const classes = classesOf(head);
  const train = upload(training.train, classes);
  const validation = upload(training.validation, classes);
  const weights = makeVariables(head);
  const optimizer = tf.train.adam(settings.learningRate);
  const stopping = createEarlyStopping(settings);
  const history: EpochResult[] = [];
  let best: Map<string, NodeWeights> | null = null;
  let bestEpoch = 1;
  let reason: StopReason = "finished";
  try {
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      const result = await runEpoch(epoch, { head, weights, optimizer, train, validation, random, settings });
      signal.throwIfAborted();
      if (!Number.isFinite(result.trainLoss)) {
        throw new EngineError(
          "The loss is no longer a number: the learning rate is too high. Lower it and train again.",
        );
      }
      history.push(result);
      const state = stopping.update(epoch, result.validationLoss);
      if (state.improved || best === null) {
        disposeAll(best);
        best = copyAll(weights);
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
      head: await download(head, best ?? weights),
      outcome: { reason, epochs: history.length, bestEpoch, history },
    };
  } finally {
    disposeAll(best);
    disposeAll(weights);
    optimizer.dispose();
    tf.dispose([train.x, train.y, validation.x, validation.y]);
  }
}

/** Probabilities of each embedding, in class order. @param embeddings `[photos × features]`, row-major */
export async function predictFromEmbeddings(head: Network, embeddings: Float32Array): Promise<number[][]> {
  if (embeddings.length === 0) return [];
  const network = new DeviceNetwork(head);
  const features = head.input.shape[0] ?? 1;
  const result = tf.tidy(() => network.run(tf.tensor2d(embeddings, [embeddings.length / features, features])));
  try {
    return rows((await result.data()) as Float32Array, classesOf(head));
  } finally {
    result.dispose();
    network.dispose();
  }
}

interface OnDevice {
  readonly x: tf.Tensor2D;
  /** One-hot. */
  readonly y: tf.Tensor2D;
  readonly count: number;
}

interface EpochContext extends Pick<HeadTraining, "head" | "random" | "settings"> {
  readonly weights: Map<string, NodeWeights>;
  readonly optimizer: tf.Optimizer;
  readonly train: OnDevice;
  readonly validation: OnDevice;
}

async function runEpoch(epoch: number, context: EpochContext): Promise<EpochResult> {
  const { train, validation, settings } = context;
  const totals = tf.tidy(() => {
    const { x, y } = inNewOrder(train, context.random);
    let loss: tf.Scalar = tf.scalar(0);
    let hits: tf.Scalar = tf.scalar(0);
    for (let start = 0; start < train.count; start += settings.batchSize) {
      const size = Math.min(settings.batchSize, train.count - start);
      const batch = { x: tf.slice(x, [start, 0], [size, -1]), y: tf.slice(y, [start, 0], [size, -1]), count: size };
      const [before, hitsBefore] = [loss, hits];
      [loss, hits] = tf.tidy(() => {
        const step = fitBatch(batch, context);
        return [tf.add(before, step.loss) as tf.Scalar, tf.add(hitsBefore, step.hits) as tf.Scalar];
      });
    }
    const held = validation.count ? score(logitsOf(context, validation.x, false), validation) : { loss, hits };
    return tf.stack([loss, hits, held.loss, held.hits]);
  });
  const [loss = 0, hits = 0, heldLoss = 0, heldHits = 0] = await totals.data();
  totals.dispose();
  const held = validation.count || train.count;
  return {
    epoch,
    trainLoss: loss / train.count,
    trainAccuracy: hits / train.count,
    validationLoss: heldLoss / held,
    validationAccuracy: heldHits / held,
  };
}

function inNewOrder({ x, y, count }: OnDevice, random: () => number): Pick<OnDevice, "x" | "y"> {
  const order = tf.tensor1d(
    shuffled(
      Array.from({ length: count }, (_, index) => index),
      random,
    ),
    "int32",
  );
  return { x: tf.gather(x, order), y: tf.gather(y, order) };
}

/** One step of the optimizer. Gives the loss and hits before it, summed over the batch. */
function fitBatch(batch: OnDevice, context: EpochContext): { loss: tf.Scalar; hits: tf.Scalar } {
  const variables = [...context.weights.values()].flatMap((parts) => Object.values(parts)) as tf.Variable[];
  let hits: tf.Scalar | null = null;
  const { value, grads } = tf.variableGrads(() => {
    const { loss, hits: counted } = score(logitsOf(context, batch.x, true), batch);
    hits = tf.keep(counted);
    return tf.div(loss, batch.count) as tf.Scalar;
  }, variables);
  context.optimizer.applyGradients(grads);
  const total = tf.mul(value, batch.count) as tf.Scalar;
  const counted = (hits as tf.Scalar | null) ?? tf.scalar(0);
  const result = { loss: total, hits: counted.clone() as tf.Scalar };
  counted.dispose();
  return result;
}

function logitsOf({ head, weights, random }: EpochContext, x: tf.Tensor2D, training: boolean): tf.Tensor2D {
  const mode = training
    ? { training: true as const, dropoutSeed: () => Math.floor(random() * 2 ** 31) }
    : { training: false as const };
  return runNetwork(head, weights, x, mode, logitsNode(head)) as tf.Tensor2D;
}

/** Sums over the rows: cross-entropy −Σ y·log softmax(z), and rows whose largest logit is the right one. */
function score(logits: tf.Tensor2D, { y }: Pick<OnDevice, "y">): { loss: tf.Scalar; hits: tf.Scalar } {
  const loss = tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(logits)))) as tf.Scalar;
  const hits = tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(y, 1)), "float32")) as tf.Scalar;
  return { loss, hits };
}

function upload({ embeddings, labels }: LabelledEmbeddings, classes: number): OnDevice {
  const features = labels.length ? embeddings.length / labels.length : 0;
  return tf.tidy(() => ({
    x: tf.tensor2d(embeddings, [labels.length, features]),
    y: tf.oneHot(tf.tensor1d(labels, "int32"), classes).toFloat() as tf.Tensor2D,
    count: labels.length,
  }));
}

function makeVariables(head: Network): Map<string, NodeWeights> {
  return mapWeights(head, ({ data, shape }) => tf.tidy(() => tf.variable(tf.tensor(data, [...shape]))));
}

function mapWeights(head: Network, make: (weight: { data: Float32Array; shape: readonly number[] }) => tf.Tensor) {
  return new Map<string, NodeWeights>(
    head.nodes.map(({ name, weights }) => [
      name,
      Object.fromEntries(Object.entries(weights).map(([part, weight]) => [part, make(weight)])),
    ]),
  );
}

function copyAll(weights: ReadonlyMap<string, NodeWeights>): Map<string, NodeWeights> {
  return new Map(
    [...weights].map(([name, parts]) => [
      name,
      Object.fromEntries(Object.entries(parts).map(([part, tensor]) => [part, tensor.clone()])),
    ]),
  );
}

function disposeAll(weights: ReadonlyMap<string, NodeWeights> | null): void {
  for (const parts of weights?.values() ?? []) tf.dispose(Object.values(parts));
}

async function download(head: Network, weights: ReadonlyMap<string, NodeWeights>): Promise<Network> {
  const nodes = await Promise.all(
    head.nodes.map(async (node) => {
      const parts = Object.entries(weights.get(node.name) ?? {});
      const read = await Promise.all(
        parts.map(async ([part, tensor]) => [
          part,
          { shape: tensor.shape, data: new Float32Array(await tensor.data()) },
        ]),
      );
      return { ...node, weights: Object.fromEntries(read) } as NetworkNode;
    }),
  );
  return { ...head, nodes };
}

function logitsNode({ nodes, output }: Network): string {
  const softmax = nodes.find(({ name }) => name === output);
  const [logits] = softmax?.op === "Softmax" ? softmax.inputs : [];
  if (logits === undefined) throw new EngineError("A head must end in a softmax.");
  return logits;
}

function classesOf(head: Network): number {
  const logits = head.nodes.find(({ name }) => name === logitsNode(head));
  return logits?.op === "MatMul" ? (logits.weights.kernel.shape[1] ?? 0) : 0;
}

/** Lets waiting messages (stop, camera frames) be handled; a bare `await` would not. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
