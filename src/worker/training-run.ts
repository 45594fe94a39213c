/** A whole training run: split, prepare, fit the head, fine-tune the base if wished, evaluate on the test photos. */
import { type PhotoId, type Sample, type Split, takesPart } from "../dataset/dataset.ts";
import { createRandom } from "../dataset/random.ts";
import { splitSamples } from "../dataset/split.ts";
import { viewsOf } from "../engine/augment.ts";
import { LiveClassifier } from "../engine/classify.ts";
import type { Embedder } from "../engine/embed.ts";
import { EngineError } from "../engine/errors.ts";
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
import type { Decoders } from "./decoders.ts";
import { type Prepared, prepare, type View } from "./preparing.ts";
import type { TrainEvent, TrainRequest } from "./protocol.ts";

const TEST_BATCH = 16;

export interface TrainingRun {
  readonly classifier: Classifier;
  readonly outcome: TrainingOutcome;
  readonly report: EvaluationReport;
  readonly counts: Readonly<Record<Split, number>>;
}

/** The test photos are looked at once, after fitting and stopping are over. */
export async function runTraining(
  database: Database,
  decoders: Decoders,
  base: BaseModel,
  embedder: Embedder,
  { dataset, settings, projectName }: TrainRequest,
  control: { onEvent(event: TrainEvent): void; shouldStop(): boolean; signal: AbortSignal },
): Promise<TrainingRun> {
  const taking = new Set(dataset.samples.filter(takesPart).map(({ classId }) => classId));
  const classes = dataset.classes.filter(({ id }) => taking.has(id));
  const classNames = classes.map(({ name }) => name);
  const splits = splitSamples(dataset, settings);
  const samplesOf = (split: Split) => dataset.samples.filter(({ photo }) => splits.get(photo) === split);
  const trainViews = viewsOf(settings.augmentation);

  const views = (["train", "validation", "test"] as const).flatMap((split) =>
    samplesOf(split).flatMap(({ photo }) => viewsOfPhoto(photo, split === "train" ? trainViews : 1)),
  );
  const prepared = await prepare(
    database,
    decoders,
    base,
    settings.pooling,
    embedder,
    views,
    control.onEvent,
    control.signal,
  );

  const labelOf = new Map(classes.map(({ id }, label) => [id, label]));
  const gather = (split: Split, viewCount: number): LabelledEmbeddings =>
    gatherEmbeddings(samplesOf(split), viewCount, prepared, (sample) => labelOf.get(sample.classId) ?? 0);
  const train = gather("train", trainViews);
  const validation = gather("validation", 1);
  const test = gather("test", 1);

  const random = createRandom(settings.seed);
  const course = {
    settings,
    random,
    onEpoch: (result: EpochResult, bestEpoch: number, sinceBest: number) =>
      control.onEvent({ kind: "epoch", result, bestEpoch, sinceBest }),
    shouldStop: control.shouldStop,
    signal: control.signal,
  };
  const untrained = buildHead({
    features: embedder.size,
    hiddenLayers: settings.hiddenLayers,
    dropout: settings.dropout,
    classes: classes.length,
    random,
  });
  const headOnly = await trainHead({ ...course, head: untrained, train, validation });

  const network = optimiseForInference(poolFeatures(base.network, settings.pooling));
  const pixels = (photos: readonly PhotoId[]): PixelSource => pixelsOf(decoders, base, photos);
  let fitted: FineTuned = { base: network, ...headOnly };
  if (settings.fineTune && headOnly.outcome.reason !== "user") {
    control.onEvent({ kind: "fine-tuning", lastEpoch: headOnly.outcome.epochs + settings.fineTuneEpochs });
    const once = gather("train", 1);
    fitted = await fineTune({
      ...course,
      base: network,
      preprocessing: base.card.preprocessing,
      head: headOnly.head,
      before: headOnly.outcome,
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
      ? await predictFromEmbeddings(fitted.head, test.embeddings)
      : await predictFromPixels(classifier, test.photos.length, pixels(test.photos), control.signal);
  const predictions = test.photos.map((photo, row) => ({
    photo,
    actual: test.labels[row] ?? 0,
    probabilities: probabilities[row] ?? [],
  }));
  return {
    classifier,
    outcome: fitted.outcome,
    report: evaluate(predictions, classNames, settings.seed),
    counts: {
      train: samplesOf("train").length,
      validation: samplesOf("validation").length,
      test: samplesOf("test").length,
    },
  };
}

interface LabelledEmbeddings {
  readonly photos: readonly PhotoId[];
  /** `[photos × features]`, row-major. */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
}

function viewsOfPhoto(photo: PhotoId, count: number): View[] {
  return Array.from({ length: count }, (_, view) => ({ photo, view }));
}

function gatherEmbeddings(
  samples: readonly Sample[],
  viewCount: number,
  prepared: Prepared,
  labelOf: (sample: Sample) => number,
): LabelledEmbeddings {
  const rows = samples.flatMap((sample) =>
    viewsOfPhoto(sample.photo, viewCount).flatMap(({ photo, view }) => {
      const embedding = prepared.embedding(photo, view);
      return embedding ? [{ photo, label: labelOf(sample), embedding }] : [];
    }),
  );
  const features = rows[0]?.embedding.length ?? 0;
  const embeddings = new Float32Array(rows.length * features);
  rows.forEach(({ embedding }, row) => {
    embeddings.set(embedding, row * features);
  });
  return { photos: rows.map(({ photo }) => photo), embeddings, labels: Int32Array.from(rows, ({ label }) => label) };
}

/** A fine-tuned base has embeddings of its own: the photos go through it once more. */
async function predictFromPixels(
  classifier: Classifier,
  count: number,
  pixels: PixelSource,
  signal: AbortSignal,
): Promise<number[][]> {
  const live = new LiveClassifier(classifier);
  const probabilities: number[][] = [];
  try {
    for (let from = 0; from < count; from += TEST_BATCH) {
      const length = Math.min(TEST_BATCH, count - from);
      const looks = Array.from({ length }, (_, at) => ({ photo: from + at, view: 0 }));
      probabilities.push(...(await live.classify(await pixels(looks))));
      signal.throwIfAborted();
    }
    return probabilities;
  } finally {
    live.dispose();
  }
}

/** Reads each look's photo in a decoder. Photos that cannot be read were left out when they were prepared. */
function pixelsOf(decoders: Decoders, base: BaseModel, photos: readonly PhotoId[]): PixelSource {
  return (looks) =>
    Promise.all(
      looks.map(async ({ photo, view }) => {
        const id = photos[photo] ?? "";
        const result = await decoders.run(async (decoder, job) =>
          decoder.read(id, [view], base.card.preprocessing, job),
        );
        const [pixels] = result.ok ? result.value : [];
        if (!pixels) throw new EngineError("A photo could not be read again while fine-tuning. Train again.");
        return pixels;
      }),
    );
}
