/** Fits the last blocks of a base model together with its head. */
import { splitAtBlocks } from "../network/blocks.ts";
import type { Preprocessing } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { createEarlyStopping } from "../training/early-stopping.ts";
import type { EpochResult, TrainingOutcome } from "../training/history.ts";
import { learningRateAt } from "../training/learning-rate.ts";
import type { TrainingSettings } from "../training/settings.ts";
import { EngineError } from "./errors.ts";
import { FineTuningRun } from "./fine-tuning-run.ts";
import type { PixelSource } from "./frozen-features.ts";
import { letOthersIn } from "./turns.ts";

export interface LabelledPhotos {
  /** A class index a photo. */
  readonly labels: Int32Array;
  readonly pixels: PixelSource;
}

export interface FineTuning {
  /** Photo in, embedding out; optimised for inference, which makes its normalisation part of its convolutions. */
  readonly base: Network;
  readonly preprocessing: Preprocessing;
  /** Fitted to the base's embeddings. */
  readonly head: Network;
  /** How the head was fitted: its epochs come before these. */
  readonly before: TrainingOutcome;
  readonly train: LabelledPhotos;
  /** May be empty: then the training loss decides when to stop. */
  readonly validation: LabelledPhotos;
  readonly settings: TrainingSettings;
  /** What the activations and their errors of the photos that are fitted at once may take, in bytes; 256 MiB when left out. */
  readonly activationBytes?: number;
  /** Uniform on [0, 1): orders the photos, draws views and dropout. */
  readonly random: () => number;
  onEpoch(result: EpochResult, bestEpoch: number, sinceBest: number): void;
  shouldStop(): boolean;
  readonly signal: AbortSignal;
}

export interface FineTuned {
  readonly base: Network;
  readonly head: Network;
  /** The head's course and this one's, as one. */
  readonly outcome: TrainingOutcome;
}

/**
 * Goes on where the head's fit ended, with the base's last blocks fitted too, at `fineTuneLearningRate`; normalisation is
 * frozen. The same rule stops it early, the head's best epoch counting as the first best: what is no better is not kept.
 * A step's gradient is summed over parts of its batch that fit into memory.
 *
 * @throws EngineError when the loss is no number or a layer cannot be fitted; AbortError when the signal aborts
 */
export async function fineTune(tuning: FineTuning): Promise<FineTuned> {
  const { settings, before, random, signal } = tuning;
  const { frozen, tuned } = splitAtBlocks(tuning.base, settings.fineTuneBlocks);
  const run = new FineTuningRun(tuning, frozen, tuned);
  const stopping = createEarlyStopping(settings, {
    epoch: before.epochs,
    bestEpoch: before.bestEpoch,
    bestLoss: before.history[before.bestEpoch - 1]?.validationLoss ?? Number.POSITIVE_INFINITY,
  });
  const history: EpochResult[] = [...before.history];
  let { bestEpoch } = before;
  let reason: TrainingOutcome["reason"] = "finished";
  try {
    for (let step = 1; step <= settings.fineTuneEpochs; step++) {
      const epoch = before.epochs + step;
      const rate = (progress: number) =>
        learningRateAt(
          { ...settings, learningRate: settings.fineTuneLearningRate },
          (step - 1 + progress) / settings.fineTuneEpochs,
        );
      const result = await run.epoch(epoch, rate, random, signal, tuning.shouldStop);
      if (!Number.isFinite(result.trainLoss)) {
        throw new EngineError(
          "The loss is no longer a number: the fine-tuning learning rate is too high. Lower it and train again.",
        );
      }
      history.push(result);
      const state = stopping.update(epoch, result.validationLoss);
      if (state.improved) run.keepBest();
      bestEpoch = state.bestEpoch;
      tuning.onEpoch(result, state.bestEpoch, state.sinceBest);
      await letOthersIn();
      signal.throwIfAborted();
      if (tuning.shouldStop()) {
        reason = "user";
        break;
      }
      if (state.shouldStop) {
        reason = "early";
        break;
      }
    }
    const best = await run.best();
    return {
      base: best ? withBlocks(tuning.base, best.tuned) : tuning.base,
      head: best?.head ?? tuning.head,
      outcome: { reason, epochs: history.length, bestEpoch, history, headEpochs: before.epochs },
    };
  } finally {
    run.dispose();
  }
}

/** The network with fitted blocks in their places. */
function withBlocks(network: Network, tuned: Network): Network {
  const fitted = new Map(tuned.nodes.map((node) => [node.name, node]));
  return { ...network, nodes: network.nodes.map((node) => fitted.get(node.name) ?? node) };
}
