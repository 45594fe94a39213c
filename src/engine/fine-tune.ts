/** Fits the last blocks of a base model together with its head. */
import type { Preprocessing } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { watched } from "../training/early-stopping.ts";
import type { TrainingOutcome } from "../training/history.ts";
import type { Monitor, TrainingSettings } from "../training/settings.ts";
import type { FineTuningCheckpoint, FittedHead, Standing } from "./checkpoint.ts";
import { runEpochs, type TrainingControl } from "./epochs.ts";
import { FineTuningRun } from "./fine-tuning-run.ts";
import type { PixelSource } from "./frozen-features.ts";
import { unlessLost } from "./lost-device.ts";

export interface LabelledPhotos {
  /** A class index per photo. */
  readonly labels: Int32Array;
  readonly pixels: PixelSource;
}

export interface FineTuning extends TrainingControl<FineTuningCheckpoint> {
  /** Photo in, embedding out; optimised for inference, which makes its normalisation part of its convolutions. */
  readonly base: Network;
  readonly preprocessing: Preprocessing;
  /** A head that was fitted to the base's embeddings: its epochs come before these. When resumed, the checkpoint's counts. */
  readonly before: FittedHead;
  readonly train: LabelledPhotos;
  /** May be empty: then the training loss decides when to stop. */
  readonly validation: LabelledPhotos;
  readonly settings: TrainingSettings;
  /** What the activations and their errors of the photos that are fitted at once may take, in bytes; 256 MiB when left out. */
  readonly activationBytes?: number;
}

export interface FineTuned extends FittedHead {
  readonly base: Network;
  /** The head's course and this one's, as one. */
  readonly outcome: TrainingOutcome;
}

/**
 * Goes on where the head's fit ended, with the base's last blocks fitted too, at `fineTuneLearningRate`; normalisation is
 * frozen. The same rule stops it early, the head's best epoch counting as the first best: what is no better is not kept.
 * A step's gradient is summed over parts of its batch that fit into memory.
 *
 * @throws EngineError when the loss is no number, a layer cannot be fitted, the checkpoint is another training's or the GPU
 *   is lost; AbortError when the signal aborts
 */
export async function fineTune(tuning: FineTuning): Promise<FineTuned> {
  const { settings, resume, onCheckpoint, random } = tuning;
  const before = resume?.before ?? tuning.before;
  const run = new FineTuningRun({ ...tuning, before });
  try {
    const { reason, bestEpoch, history } = await runEpochs(run, {
      ...tuning,
      phase: "fine-tune",
      start: resume ?? { ...standingAfter(before.outcome, settings.monitor), random: random.state() },
      lastEpoch: before.outcome.epochs + settings.fineTuneEpochs,
      onCheckpoint: onCheckpoint && ((checkpoint) => onCheckpoint({ phase: "fine-tune", before, ...checkpoint })),
    });
    const best = await unlessLost(() => run.best());
    return {
      base: best ? withBlocks(tuning.base, best.tuned) : tuning.base,
      head: best?.head ?? before.head,
      outcome: { reason, epochs: history.length, bestEpoch, history, headEpochs: before.outcome.epochs },
    };
  } finally {
    run.dispose();
  }
}

function standingAfter({ epochs, bestEpoch, history }: TrainingOutcome, monitor: Monitor): Omit<Standing, "random"> {
  const best = history[bestEpoch - 1];
  const bestValue = best ? watched(best, monitor) : Number.POSITIVE_INFINITY;
  return { epoch: epochs, history, stopping: { patienceFrom: epochs, bestEpoch, bestValue } };
}

/** The network with fitted blocks in their places. */
function withBlocks(network: Network, tuned: Network): Network {
  const fitted = new Map(tuned.nodes.map((node) => [node.name, node]));
  return { ...network, nodes: network.nodes.map((node) => fitted.get(node.name) ?? node) };
}
