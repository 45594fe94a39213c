/** Training, second step: the head is fitted, and the base's last blocks after it if wished. */
import type { Dataset, PhotoId } from "../../dataset/dataset.ts";
import { createRandom } from "../../dataset/random.ts";
import type { SolvedHead } from "../../engine/checkpoint.ts";
import type { TrainingControl } from "../../engine/epochs.ts";
import { type FineTuned, fineTune } from "../../engine/fine-tune.ts";
import type { PixelSource } from "../../engine/frozen-features.ts";
import type { Prediction } from "../../evaluation/report.ts";
import { attachHead } from "../../network/attach.ts";
import { detachHead } from "../../network/detach.ts";
import type { Classifier } from "../../network/model.ts";
import type { Network } from "../../network/network.ts";
import type { TrainingOutcome } from "../../training/history.ts";
import { WorkerError } from "../errors.ts";
import type { TrainingCheckpoint } from "../protocol/index.ts";
import { crossValidate } from "./cross-validation.ts";
import { fitHead } from "./head.ts";
import { spentOn, type TrainingJob } from "./job.ts";
import { labelledRows, pixelsOf } from "./photos.ts";
import type { PreparedTraining } from "./prepare.ts";

export interface FittedTraining {
  readonly classifier: Classifier;
  /** The part of it that was fitted to embeddings; null when the base has embeddings of its own, being fine-tuned. */
  readonly head: Network | null;
  /** The head that was not fitted to the validation photos: the same where nothing was fitted to them; null as above. */
  readonly headBefore: Network | null;
  readonly outcome: TrainingOutcome;
  /** What cross-validation said of every photo, by classifiers that had not seen it; empty without. */
  readonly crossPredictions: readonly Prediction[];
  /** The photos' pixels, as the classifier takes them. */
  pixels(photos: readonly PhotoId[]): PixelSource;
}

/**
 * Fits until early stopping, the last epoch or the user ends it, and goes on from the job's checkpoint where it has one.
 *
 * @throws EngineError when the loss is no number or the GPU is lost; AbortError when the signal aborts
 */
export async function fitTraining(job: TrainingJob, prepared: PreparedTraining): Promise<FittedTraining> {
  const { base, request } = job;
  const { settings, projectName } = request;
  const pixels = (photos: readonly PhotoId[]) => pixelsOf(job.decoders, base, photos);
  const start = startOf(job);
  const crossPredictions = await crossPredict(job, prepared);
  const control = controlOf(job);
  const network = start?.base ?? job.embedder.network;
  const resumed = request.resume?.fit;
  const headOnly: SolvedHead =
    resumed?.phase === "fine-tune"
      ? { ...resumed.before, again: null }
      : (start?.tuned ?? (await fitOwnHead(job, prepared, control, start?.head)));
  const tuned =
    settings.fineTune && headOnly.outcome.reason !== "user"
      ? await tune({ job, prepared, control, network, headOnly, pixels })
      : null;
  const head = headOnly.again ?? headOnly.head;
  const fitted: FineTuned = tuned ?? { base: network, head, outcome: headOnly.outcome };
  const classifier: Classifier = {
    name: projectName,
    classNames: prepared.classes.map(({ name }) => name),
    preprocessing: base.card.preprocessing,
    network: attachHead(fitted.base, fitted.head, projectName),
  };
  // Of a base that was fine-tuned, embeddings are others than those at hand.
  const heads =
    fitted.base === job.embedder.network
      ? { head: fitted.head, headBefore: headOnly.head }
      : { head: null, headBefore: null };
  return { classifier, ...heads, outcome: fitted.outcome, crossPredictions, pixels };
}

/** What the classifier of an earlier run gives a training to begin with. */
interface Start {
  readonly base: Network;
  readonly head: Network;
  /** Of a run that was fine-tuned: it is fine-tuned further, and its head, which goes with its base, is not fitted alone. */
  readonly tuned: SolvedHead | null;
}

/** @throws WorkerError when the classifier is not of this base model */
function startOf({ start, embedder, request }: TrainingJob): Start | null {
  if (!start) return null;
  const found = detachHead(start.network, embedder.network);
  if (!found) throw new WorkerError({ code: "run/other-base" });
  if (!request.settings.fineTune) return { base: embedder.network, head: found.head, tuned: null };
  const outcome: TrainingOutcome = { reason: "finished", epochs: 0, bestEpoch: 0, history: [], headEpochs: 0 };
  return { ...found, tuned: { head: found.head, outcome, again: null } };
}

type Control = Omit<TrainingControl<never>, "resume" | "onCheckpoint">;

interface Controlled {
  readonly control: Control;
  /** Tells a checkpoint of the engine's as one of the whole training. */
  keep(fit: TrainingCheckpoint["fit"]): void;
}

function controlOf(job: TrainingJob): Controlled {
  const { request, onEvent, signal, shouldStop } = job;
  let told = request.resume?.fit?.history.length ?? 0;
  return {
    control: {
      random: createRandom(request.settings.seed),
      onEpoch: (result, bestEpoch, sinceBest) => onEvent({ kind: "epoch", result, bestEpoch, sinceBest }),
      shouldStop,
      signal,
    },
    keep(fit) {
      const since = { ...fit, history: fit.history.slice(told) };
      told = fit.history.length;
      onEvent({ kind: "checkpoint", checkpoint: { epoch: fit.epoch, fit: since, spentMs: spentOn(job) } });
    },
  };
}

/** Fine-tuning goes on from a head that knows no validation photos: they still decide when it stops. */
async function fitOwnHead(
  job: TrainingJob,
  { samples, classes, table, groups, rowsOf }: PreparedTraining,
  { control, keep }: Controlled,
  start: Network | undefined,
): Promise<SolvedHead> {
  const { settings, resume } = job.request;
  return fitHead({
    ...control,
    ...{ settings, groups, samples, features: table.width, classes: classes.length, gather: rowsOf },
    ...(start ? { start } : {}),
    refits: !settings.fineTune,
    onAgain: (epoch, epochs) => job.onEvent({ kind: "again", epoch, epochs }),
    onCheckpoint: keep,
    resume: resume?.fit?.phase === "head" ? resume.fit : undefined,
  });
}

interface Tuning {
  readonly job: TrainingJob;
  readonly prepared: PreparedTraining;
  readonly control: Controlled;
  readonly network: Network;
  readonly headOnly: SolvedHead;
  pixels(photos: readonly PhotoId[]): PixelSource;
}

async function tune({ job, prepared, control, network, headOnly, pixels }: Tuning): Promise<FineTuned> {
  const { settings, resume } = job.request;
  const { samples, table, labels } = prepared;
  const { epochs: headEpochs } = headOnly.outcome;
  job.onEvent({ kind: "fine-tuning", headEpochs, lastEpoch: headEpochs + settings.fineTuneEpochs });
  const train = labelledRows(samples.train, 1, table, labels);
  const validation = labelledRows(samples.validation, 1, table, labels);
  return fineTune({
    ...control.control,
    base: network,
    preprocessing: job.base.card.preprocessing,
    before: headOnly,
    settings,
    train: { labels: train.rows.labels, pixels: pixels(train.photos) },
    validation: { labels: validation.rows.labels, pixels: pixels(validation.photos) },
    onCheckpoint: control.keep,
    resume: resume?.fit?.phase === "fine-tune" ? resume.fit : undefined,
  });
}

/** With cross-validation every photo that is not fixed to test is a test photo of one fold. */
async function crossPredict(job: TrainingJob, prepared: PreparedTraining): Promise<Prediction[]> {
  const { settings } = prepared;
  if (settings.folds <= 1) return [];
  return crossValidate({
    dataset: openTo(prepared),
    groups: prepared.groups,
    settings,
    features: prepared.table.width,
    classes: prepared.classes.length,
    gather: prepared.rowsOf,
    earlierFolds: job.request.resume?.folds ?? [],
    onFold: (fold) => job.onEvent({ kind: "fold", fold, folds: settings.folds }),
    onFoldOver: (predictions) => job.onEvent({ kind: "fold-over", predictions, spentMs: spentOn(job) }),
    signal: job.signal,
  });
}

/** What cross-validation may test on and learn from. Folders' own validation photos are photos like others here. */
function openTo({ dataset, samples }: PreparedTraining): Dataset {
  const open = new Set([...samples.train, ...samples.validation]);
  return {
    ...dataset,
    samples: dataset.samples.filter((sample) => open.has(sample)).map((sample) => ({ ...sample, fixedSplit: null })),
  };
}
