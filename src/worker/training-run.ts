/** A whole training run: split, prepare, fit the head, evaluate on the test photos, put base and head together. */
import type { PhotoId, Sample, Split } from "../dataset/dataset.ts";
import { createRandom } from "../dataset/random.ts";
import { splitSamples } from "../dataset/split.ts";
import { viewsOf } from "../engine/augment.ts";
import type { Embedder } from "../engine/embed.ts";
import { predictFromEmbeddings, trainHead } from "../engine/train-head.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import type { EvaluationReport } from "../evaluation/report.ts";
import { attachHead } from "../network/attach.ts";
import { buildHead } from "../network/head.ts";
import type { BaseModel, Classifier } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { poolFeatures } from "../network/pooling.ts";
import type { Database } from "../storage/database.ts";
import type { TrainingOutcome } from "../training/history.ts";
import type { Decoders } from "./decoders.ts";
import { type Prepared, prepare, type View } from "./preparing.ts";
import type { TrainEvent, TrainRequest } from "./protocol.ts";

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
  const classes = dataset.classes.filter(({ id }) => dataset.samples.some(({ classId }) => classId === id));
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
  const untrained = buildHead({
    features: embedder.size,
    hiddenLayers: settings.hiddenLayers,
    dropout: settings.dropout,
    classes: classes.length,
    random,
  });
  const { head, outcome } = await trainHead({
    head: untrained,
    train,
    validation,
    settings,
    random,
    onEpoch: (result, bestEpoch, sinceBest) => control.onEvent({ kind: "epoch", result, bestEpoch, sinceBest }),
    shouldStop: control.shouldStop,
    signal: control.signal,
  });

  return {
    classifier: {
      name: projectName,
      classNames,
      preprocessing: base.card.preprocessing,
      network: attachHead(optimiseForInference(poolFeatures(base.network, settings.pooling)), head, projectName),
    },
    outcome,
    report: evaluate(await predictTest(head, test), classNames, settings.seed),
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

async function predictTest(head: Network, { photos, embeddings, labels }: LabelledEmbeddings) {
  const probabilities = await predictFromEmbeddings(head, embeddings);
  return photos.map((photo, row) => ({
    photo,
    actual: labels[row] ?? 0,
    probabilities: probabilities[row] ?? [],
  }));
}
