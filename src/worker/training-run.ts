/** A whole training run: split, prepare, fit the head, fine-tune the base if wished, evaluate on the test photos. */
import { type Dataset, type PhotoId, type Sample, type Split, takesPart } from "../dataset/dataset.ts";
import { createRandom } from "../dataset/random.ts";
import { splitSamples } from "../dataset/split.ts";
import { viewsOf } from "../engine/augment.ts";
import type { Embedder } from "../engine/embed.ts";
import { type FineTuned, fineTune } from "../engine/fine-tune.ts";
import type { PixelSource } from "../engine/frozen-features.ts";
import { predictFromEmbeddings, trainHead } from "../engine/train-head.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import type { EvaluationReport } from "../evaluation/report.ts";
import { attachHead } from "../network/attach.ts";
import { buildHead } from "../network/head.ts";
import type { BaseModel, Classifier } from "../network/model.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { poolFeatures } from "../network/pooling.ts";
import type { Database } from "../storage/database.ts";
import type { EpochResult, TrainingOutcome } from "../training/history.ts";
import type { Comparer } from "./comparison.ts";
import { crossValidate, predictionsOf } from "./cross-validation.ts";
import type { Decoders } from "./decoders.ts";
import { type Prepared, prepare, type View } from "./preparing.ts";
import type { TrainEvent, TrainRequest } from "./protocol/index.ts";
import {
  gatherEmbeddings,
  type LabelledEmbeddings,
  pixelsOf,
  predictFromPixels,
  viewsOfPhotos,
} from "./training-photos.ts";

export interface TrainingRun {
  readonly classifier: Classifier;
  readonly outcome: TrainingOutcome;
  readonly report: EvaluationReport;
  readonly counts: Readonly<Record<Split, number>>;
}

/**
 * The test photos are looked at once, after fitting and stopping are over. With cross-validation every photo that is not
 * fixed to test is a test photo of one fold; the classifier that is kept is then fitted on all of them.
 */
export async function runTraining(
  database: Database,
  decoders: Decoders,
  comparer: Comparer,
  base: BaseModel,
  embedder: Embedder,
  { dataset, settings, projectName }: TrainRequest,
  control: { onEvent(event: TrainEvent): void; shouldStop(): boolean; signal: AbortSignal },
): Promise<TrainingRun> {
  const samples = dataset.samples.filter(takesPart);
  const taking = new Set(samples.map(({ classId }) => classId));
  const classes = dataset.classes.filter(({ id }) => taking.has(id));
  const classNames = classes.map(({ name }) => name);
  const labels = new Map(classes.map(({ id }, label) => [id, label]));
  const folded = settings.folds > 1;
  const trainViews = viewsOf(settings.augmentation);

  const prepareViews = (views: readonly View[]) =>
    prepare(database, decoders, base, settings.pooling, embedder, views, control.onEvent, control.signal);
  // Photos first and their augmented views after them: near-duplicates decide which photos are learned from.
  const prepared = await prepareViews(viewsOfPhotos(samples, 1));
  const { groups } = await comparer.compare(
    `${base.card.id} ${settings.pooling}`,
    samples,
    (photo) => prepared.embedding(photo, 0),
    control.signal,
  );
  control.onEvent({ kind: "groups", groups });
  const splits = splitSamples(dataset, folded ? { ...settings, testShare: 0 } : settings, groups);
  const samplesOf = (split: Split) => samples.filter(({ photo }) => splits.get(photo) === split);
  const augmented = viewsOfPhotos(folded ? samples : samplesOf("train"), trainViews).filter(({ view }) => view > 0);
  const all = augmented.length ? both(prepared, await prepareViews(augmented)) : prepared;
  const gather = (some: readonly Sample[], split: Split): LabelledEmbeddings =>
    gatherEmbeddings(some, split === "train" ? trainViews : 1, all, labels);
  const [train, validation, test] = (["train", "validation", "test"] as const).map((split) =>
    gather(samplesOf(split), split),
  ) as [LabelledEmbeddings, LabelledEmbeddings, LabelledEmbeddings];

  const crossPredictions = folded
    ? await crossValidate({
        dataset: openTo(dataset, samples, splits),
        groups,
        settings,
        features: embedder.size,
        classes: classes.length,
        gather,
        onFold: (fold) => control.onEvent({ kind: "fold", fold, folds: settings.folds }),
        signal: control.signal,
      })
    : [];

  const random = createRandom(settings.seed);
  const course = {
    settings,
    random,
    onEpoch: (result: EpochResult, bestEpoch: number, sinceBest: number) =>
      control.onEvent({ kind: "epoch", result, bestEpoch, sinceBest }),
    shouldStop: control.shouldStop,
    signal: control.signal,
  };
  const untrained = buildHead({ ...settings, features: embedder.size, classes: classes.length, random });
  const headOnly = await trainHead({ ...course, head: untrained, train, validation });

  const network = optimiseForInference(poolFeatures(base.network, settings.pooling));
  const pixels = (photos: readonly PhotoId[]): PixelSource => pixelsOf(decoders, base, photos);
  let fitted: FineTuned = { base: network, ...headOnly };
  if (settings.fineTune && headOnly.outcome.reason !== "user") {
    control.onEvent({ kind: "fine-tuning", lastEpoch: headOnly.outcome.epochs + settings.fineTuneEpochs });
    const once = gatherEmbeddings(samplesOf("train"), 1, all, labels);
    fitted = await fineTune({
      ...course,
      base: network,
      preprocessing: base.card.preprocessing,
      before: headOnly,
      train: { labels: once.labels, pixels: pixels(once.photos) },
      validation: { labels: validation.labels, pixels: pixels(validation.photos) },
    });
  }

  const classifier: Classifier = {
    name: projectName,
    classNames,
    preprocessing: base.card.preprocessing,
    network: attachHead(fitted.base, fitted.head, projectName),
  };
  const probabilities =
    fitted.base === network
      ? await predictFromEmbeddings(fitted.head, test.matrix, test.rows)
      : await predictFromPixels(classifier, test.photos.length, pixels(test.photos), control.signal);
  const predictions = [...crossPredictions, ...predictionsOf(test, probabilities)];
  return {
    classifier,
    outcome: fitted.outcome,
    report: evaluate(predictions, classes.length),
    counts: {
      train: samplesOf("train").length,
      validation: samplesOf("validation").length,
      test: predictions.length,
    },
  };
}

function both(photos: Prepared, augmented: Prepared): Prepared {
  return { embedding: (photo, view) => (view ? augmented : photos).embedding(photo, view) };
}

/** What cross-validation may test on and learn from. */
function openTo(dataset: Dataset, samples: readonly Sample[], splits: ReadonlyMap<PhotoId, Split>): Dataset {
  const open = samples.filter(({ photo }) => splits.has(photo) && splits.get(photo) !== "test");
  // Folders' own validation photos are photos like others here.
  return { ...dataset, samples: open.map((sample) => ({ ...sample, fixedSplit: null })) };
}
