/** Solves a head of one dense layer: logistic regression, with a penalty that is chosen by photos held out. */
import * as tf from "@tensorflow/tfjs";
import type { Network } from "../network/network.ts";
import { balancedClassWeights } from "../training/class-weights.ts";
import { NOTHING_SEEN } from "../training/early-stopping.ts";
import type { EpochResult, Solved } from "../training/history.ts";
import type { TrainingSettings } from "../training/settings.ts";
import type { SolvedHead } from "./checkpoint.ts";
import { choosePenalty } from "./choose-penalty.ts";
import { type DesignMatrix, RowsDesign } from "./design-matrix.ts";
import { DeviceDesign, productsOnDevice } from "./device-design.ts";
import type { LabelledRows } from "./embedding-rows.ts";
import { type Fit, runEpochs, type TrainingControl } from "./epochs.ts";
import { EngineError } from "./errors.ts";
import { LogisticFit, type LogisticProblem } from "./logistic.ts";
import { onlyLayer, withWeights } from "./single-layer.ts";
import { SpanDesign } from "./span-design.ts";
import { type StandardScale, standardScaleOf } from "./standard-scale.ts";
import { checkLabels } from "./targets.ts";
import { Pauses } from "./turns.ts";

export interface HeadSolving extends Pick<TrainingControl<never>, "random" | "onEpoch" | "shouldStop" | "signal"> {
  /** One dense layer and its `Softmax`; its weights do not matter. */
  readonly head: Network;
  readonly train: LabelledRows;
  /** Of the same matrix. May be empty: then nothing stops the solver early. */
  readonly validation: LabelledRows;
  /** What the penalty is chosen by; null for the validation photos. */
  readonly folds: PhotoFolds | null;
  readonly settings: Pick<
    TrainingSettings,
    "epochs" | "patience" | "minDelta" | "monitor" | "warmUp" | "l2" | "balanceClasses"
  >;
  /** Whether to fit again to training and validation photos together. */
  readonly refits: boolean;
}

/** Parts of the photos, each of which is held out once. */
export interface PhotoFolds {
  readonly count: number;
  /** Per row of the training photos, then of the validation photos: 0 to `count` − 1. */
  readonly of: Int32Array;
}

/** Photos that are told apart by each other rather than by their embeddings' numbers. */
const MOST_IN_SPAN = 512;
/** Embeddings on the device besides those in the table, in bytes. */
const MOST_ON_DEVICE = 256 * 2 ** 20;
/** How near to its minimum an objective has to be, in nats. */
const CONVERGED = 1e-5;
/** The penalty was chosen for fits that have converged: so does the one to all photos, however early the watched one stopped. */
const MOST_STEPS_AGAIN = 500;

/**
 * Fits to the training photos, an epoch being a step of L-BFGS, until it has converged or early stopping, the last epoch or
 * the user ends it. The penalty is λ·Σw² of a dense layer whose embeddings are centred and brought to one scale, which then
 * becomes part of the layer: `settings.l2` where that is not 0, else chosen (`choosePenalty`).
 *
 * @throws EngineError for another head, a label that is no class, or when the GPU is lost; AbortError when the signal aborts
 */
export async function solveHead(solving: HeadSolving): Promise<SolvedHead> {
  const { head, train, validation, settings, signal } = solving;
  const classes = onlyLayer(head)?.weights.kernel.shape[1];
  if (classes === undefined) throw new EngineError({ code: "engine/head-without-softmax" });
  for (const { labels } of [train, validation]) checkLabels(labels, classes);
  const rows = joined(train.rows, validation.rows);
  const labels = joined(train.labels, validation.labels);
  const standard = standardScaleOf(train.matrix, rows);
  const design = await designOf(train.matrix, rows, standard, signal);
  try {
    const all: LogisticProblem = { design, labels, classes, weights: weightsOf(labels, classes, settings) };
    const l2 = settings.l2 > 0 ? settings.l2 : await penaltyOf(solving, all);
    const fit = new WatchedFit(solving, all, l2);
    const { reason, bestEpoch, history } = await runEpochs(fit, {
      ...solving,
      // What is minimised is not the training loss alone: the last step is the best.
      settings: validation.labels.length ? settings : { ...settings, warmUp: Number.POSITIVE_INFINITY },
      phase: "head",
      start: { epoch: 0, history: [], stopping: NOTHING_SEEN, random: solving.random.state() },
      lastEpoch: settings.epochs,
      onCheckpoint: undefined,
    });
    const refits = solving.refits && validation.labels.length > 0 && reason !== "user";
    const again = refits
      ? await fitAgain(all, { l2, steps: reason === "finished" ? settings.epochs : MOST_STEPS_AGAIN, signal })
      : null;
    const network = (weights: Float64Array) => withWeights(head, design.embeddingWeights(weights));
    return {
      head: network(fit.best),
      again: again && network(again),
      outcome: {
        ...{ reason, epochs: history.length, bestEpoch, history, headEpochs: history.length },
        solved: { l2, chosenBy: chosenBy(solving) },
      },
    };
  } finally {
    design.dispose();
  }
}

function chosenBy({ settings, folds, validation }: HeadSolving): Solved["chosenBy"] {
  if (settings.l2 > 0) return "setting";
  return folds ? "cross-validation" : validation.labels.length ? "validation" : "nothing";
}

async function penaltyOf({ train, validation, folds, signal }: HeadSolving, problem: LogisticProblem): Promise<number> {
  const byValidation = joined(new Int32Array(train.labels.length).fill(-1), new Int32Array(validation.labels.length));
  const { width: features } = train.matrix;
  return choosePenalty({ problem, folds: folds?.of ?? byValidation, foldCount: folds?.count ?? 1, features, signal });
}

/** The caller disposes of it. */
async function designOf(
  matrix: LabelledRows["matrix"],
  rows: Int32Array,
  standard: StandardScale,
  signal: AbortSignal,
): Promise<DesignMatrix> {
  if (rows.length <= Math.min(MOST_IN_SPAN, matrix.width)) {
    // Some GPUs multiply by half precision, and all are slow to answer.
    const products = tf.getBackend() === "wasm" ? await productsOnDevice(matrix, rows, standard) : null;
    return SpanDesign.of(matrix, rows, standard, new Pauses(signal), products);
  }
  const bytes = 4 * rows.length * matrix.width;
  if (tf.getBackend() === "cpu" || bytes > MOST_ON_DEVICE) return new RowsDesign(matrix, rows, standard);
  return new DeviceDesign(matrix, rows, standard);
}

/** A fit to the training photos, with a look at the validation photos after each step. */
class WatchedFit implements Fit {
  readonly #fit: LogisticFit;
  readonly #train: Float64Array;
  readonly #validation: Float64Array;
  readonly #hasValidation: boolean;
  #converged = false;
  best: Float64Array;

  constructor({ train, validation, settings }: HeadSolving, problem: LogisticProblem, penalty: number) {
    const { length } = train.labels;
    this.#train = problem.weights.map((_, photo) => (photo < length ? 1 : 0));
    this.#validation = problem.weights.map((_, photo) => (photo < length ? 0 : 1));
    this.#hasValidation = validation.labels.length > 0;
    const own = weightsOf(train.labels, problem.classes, settings);
    const weights = problem.weights.map((_, photo) => own[photo] ?? 0);
    this.#fit = new LogisticFit({ ...problem, weights }, penalty);
    this.best = this.#fit.weights();
  }

  async epoch(epoch: number): Promise<EpochResult> {
    this.#converged = (await this.#fit.step()) <= CONVERGED;
    const train = this.#fit.measure(this.#train);
    const validation = this.#hasValidation ? this.#fit.measure(this.#validation) : train;
    return {
      epoch,
      trainLoss: train.loss,
      trainAccuracy: train.accuracy,
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
    };
  }

  keepBest(): void {
    this.best = this.#fit.weights();
  }

  hasConverged(): boolean {
    return this.#converged;
  }

  state(): never {
    throw new RangeError("A fit that is this short has no checkpoints.");
  }
}

async function fitAgain(
  problem: LogisticProblem,
  { l2, steps, signal }: { l2: number; steps: number; signal: AbortSignal },
): Promise<Float64Array> {
  const fit = new LogisticFit(problem, l2);
  const pauses = new Pauses(signal);
  for (let step = 0; step < steps; step++) {
    const before = await fit.step();
    await pauses.after(fit.workPerStep);
    if (before <= CONVERGED) break;
  }
  return fit.weights();
}

function weightsOf(
  labels: Int32Array,
  classes: number,
  { balanceClasses }: Pick<TrainingSettings, "balanceClasses">,
): Float64Array {
  const byClass = balanceClasses ? balancedClassWeights(labels, classes) : null;
  return Float64Array.from(labels, (label) => byClass?.[label] ?? 1);
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
