/** Fits a head to embeddings. */
import * as tf from "@tensorflow/tfjs";
import type { Network } from "../network/network.ts";
import { NOTHING_SEEN } from "../training/early-stopping.ts";
import type { TrainingSettings } from "../training/settings.ts";
import type { FittedHead, HeadCheckpoint } from "./checkpoint.ts";
import { rows as rowsOf } from "./classify.ts";
import { DenseHead } from "./dense-head.ts";
import { DeviceNetwork } from "./device-network.ts";
import { type EmbeddingMatrix, gatherRows, type LabelledRows } from "./embedding-rows.ts";
import { runEpochs, type TrainingControl } from "./epochs.ts";
import { HeadFit } from "./head-fit.ts";
import { fitsPlainly, LinearFit } from "./linear-fit.ts";
import { unlessLost } from "./lost-device.ts";
import { centredRows, forPlainEmbeddings, standardScaleOf } from "./standard-scale.ts";

export type FitSettings = Omit<
  TrainingSettings,
  | "solver"
  | "validationShare"
  | "testShare"
  | "folds"
  | "inputSize"
  | "pooling"
  | "hiddenLayers"
  | "dropout"
  | "augmentation"
  | "falseRejects"
  | "seed"
  | `fineTune${string}`
>;

export interface HeadTraining extends TrainingControl<HeadCheckpoint> {
  /** Dense layers that end in a `Softmax`. */
  readonly head: Network;
  readonly train: LabelledRows;
  /** May be empty: then the training loss decides when to stop. */
  readonly validation: LabelledRows;
  readonly settings: FitSettings;
  /** Ends after this epoch, keeps its weights and stops for nothing else but the user; left out to look for the best epoch. */
  readonly until?: number;
}

/** Every epoch counts as better than the one before. */
const WITHOUT_STOPPING = { warmUp: Number.POSITIVE_INFINITY };

/**
 * Minimises the categorical cross-entropy and gives the head of the best epoch. Embeddings are centred and brought to one
 * scale, so that a learning rate means the same for each base model; that then becomes part of the first dense layer.
 *
 * Each epoch reads back four numbers, and the checkpoint where one is wanted. What is reported is the plain cross-entropy,
 * without smoothing, class weights or penalty, so that runs can be compared. The same seed, data and settings give the
 * same head on the same backend, resumed or not.
 *
 * @throws EngineError when the loss is no number, a layer cannot be trained, a label is no class, the checkpoint is another
 *   training's or the GPU is lost; AbortError when the signal aborts
 */
export async function trainHead(training: HeadTraining): Promise<FittedHead> {
  const { random, resume, onCheckpoint, until } = training;
  const settings = until === undefined ? training.settings : { ...training.settings, ...WITHOUT_STOPPING };
  const standard = standardScaleOf(training.train.matrix, training.train.rows);
  const scaled = {
    ...training,
    train: { ...training.train, matrix: centredRows(training.train.matrix, standard) },
    validation: { ...training.validation, matrix: centredRows(training.validation.matrix, standard) },
  };
  const fit = fitsPlainly(training.head, settings, tf.getBackend()) ? new LinearFit(scaled) : new HeadFit(scaled);
  try {
    const { reason, bestEpoch, history } = await runEpochs(fit, {
      ...training,
      settings,
      phase: "head",
      start: resume ?? { epoch: 0, history: [], stopping: NOTHING_SEEN, random: random.state() },
      lastEpoch: until ?? settings.epochs,
      onCheckpoint: onCheckpoint && ((checkpoint) => onCheckpoint({ phase: "head", ...checkpoint })),
    });
    const head = forPlainEmbeddings(await unlessLost(() => fit.best()), standard);
    return { head, outcome: { reason, epochs: history.length, bestEpoch, history, headEpochs: history.length } };
  } finally {
    fit.dispose();
  }
}

/** Rows that go through the head at once: enough to keep a GPU busy, few enough not to copy a large matrix. */
const AT_ONCE = 1024;

/**
 * Probabilities for each of some embeddings, in class order.
 * @param rows row numbers in the matrix
 * @throws EngineError `engine/lost` when the browser takes the GPU away
 */
export async function predictFromEmbeddings(
  head: Network,
  matrix: EmbeddingMatrix,
  rows: Int32Array,
): Promise<number[][]> {
  const { classes } = new DenseHead(head);
  const network = new DeviceNetwork(head);
  const probabilities: number[][] = [];
  try {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.subarray(from, from + AT_ONCE);
      const values = await unlessLost(async () => {
        const result = tf.tidy(() => network.run(tf.tensor2d(gatherRows(matrix, some), [some.length, matrix.width])));
        try {
          return (await result.data()) as Float32Array;
        } finally {
          result.dispose();
        }
      });
      probabilities.push(...rowsOf(values, classes));
    }
    return probabilities;
  } finally {
    network.dispose();
  }
}
