/** Training, after the fit: when the classifier answers “none of these”. */
import type { PhotoId, Sample } from "../../dataset/dataset.ts";
import { foldsOf } from "../../dataset/folds.ts";
import { Embedder } from "../../engine/embed.ts";
import { type EmbeddingMatrix, matrixOf } from "../../engine/embedding-rows.ts";
import { fitRejection, type RejectionFitting, thresholdOf } from "../../engine/fit-rejection.ts";
import type { Classifier } from "../../network/model.ts";
import { type Rejection, splitAtEmbedding, unknownBy } from "../../network/rejection.ts";
import type { RunRejection } from "../../project/run.ts";
import type { FittedTraining } from "./fit.ts";
import type { TrainingJob } from "./job.ts";
import type { PreparedTraining } from "./prepare.ts";

export interface LearnedRejection {
  readonly rejection: Rejection;
  readonly told: RunRejection;
}

const FOLDS = 5;
/** Photos of each kind that go once more through a base model that was fine-tuned, at most. */
const MOST_AGAIN = 300;

/**
 * The threshold is set by photos held out of the training and validation photos in turn; after fine-tuning, which has made the
 * training photos alike, by the validation photos. Test photos are only counted.
 *
 * @returns null where it is turned off, or there are too few photos to set a threshold by
 * @throws AbortError when the signal aborts
 */
export async function learnRejection(
  job: TrainingJob,
  prepared: PreparedTraining,
  fitted: FittedTraining,
): Promise<LearnedRejection | null> {
  const { falseRejects } = prepared.settings;
  const layer = firstLayer(fitted.classifier, job);
  if (falseRejects === "off" || layer === null) return null;
  const share = Number(falseRejects) / 100;
  const { learned, test } = fitted.head ? ofTable(prepared) : await ofTunedBase(job, prepared, fitted, layer);
  const classes = prepared.classes.length;
  const { model, heldOut } = await fitRejection({ ...learned, classes, signal: job.signal });
  const threshold = thresholdOf(heldOut, share);
  if (threshold === null) return null;
  const rejection: Rejection = { layer, ...model, threshold, falseRejects: share };
  const isUnknown = unknownBy(rejection);
  const { matrix, rows } = test;
  const turnedAway = rows.reduce((count, row) => count + (isUnknown(matrix.row(row)) ? 1 : 0), 0);
  return { rejection, told: { falseRejects: share, heldOut: heldOut.length, tested: rows.length, turnedAway } };
}

/** The head's, in the classifier's network. */
function firstLayer({ network }: Classifier, { embedder }: TrainingJob): string | null {
  const ofBase = new Set(embedder.network.nodes.map(({ name }) => name));
  return network.nodes.find(({ name, op }) => op === "MatMul" && !ofBase.has(name))?.name ?? null;
}

interface Embedded {
  readonly learned: Pick<RejectionFitting, "photos" | "folds" | "foldCount">;
  readonly test: { readonly matrix: EmbeddingMatrix; readonly rows: Int32Array };
}

function ofTable({ samples, settings, groups, rowsOf }: PreparedTraining): Embedded {
  const all = [...samples.train, ...samples.validation];
  const folds = foldsOf(all, FOLDS, settings.seed, groups);
  const { photos, rows } = rowsOf(all, "test");
  return {
    learned: {
      photos: rows,
      folds: Int32Array.from(photos, (photo) => folds.get(photo) ?? -1),
      foldCount: FOLDS,
    },
    test: rowsOf(samples.test, "test").rows,
  };
}

async function ofTunedBase(
  job: TrainingJob,
  { samples, rowsOf }: PreparedTraining,
  fitted: FittedTraining,
  layer: string,
): Promise<Embedded> {
  const parts = splitAtEmbedding(fitted.classifier.network, layer);
  if (!parts) throw new RangeError("A head takes an embedding.");
  const embedder = new Embedder({ card: job.base.card, network: parts.base });
  const embedded = async (some: readonly Sample[]) => {
    const { photos, rows } = rowsOf(spread(some), "test");
    return { labels: rows.labels, ...(await embedAgain(embedder, photos, fitted, job.signal)) };
  };
  try {
    const train = await embedded(samples.train);
    const validation = await embedded(samples.validation);
    const test = await embedded(samples.test);
    const labels = Int32Array.from([...train.labels, ...validation.labels]);
    const matrix = matrixOf(Float32Array.from([...train.values, ...validation.values]), embedder.size);
    return {
      learned: {
        photos: { matrix, rows: labels.map((_, row) => row), labels },
        folds: labels.map((_, row) => (row < train.labels.length ? -1 : 0)),
        foldCount: 1,
      },
      test: { matrix: matrixOf(test.values, embedder.size), rows: test.labels.map((_, row) => row) },
    };
  } finally {
    embedder.dispose();
  }
}

/** Evenly, so that each class keeps its share. */
function spread(samples: readonly Sample[]): Sample[] {
  const step = Math.max(1, samples.length / MOST_AGAIN);
  const count = Math.min(samples.length, MOST_AGAIN);
  return Array.from({ length: count }, (_, at) => samples[Math.floor(at * step)] as Sample);
}

async function embedAgain(
  embedder: Embedder,
  photos: readonly PhotoId[],
  { pixels }: FittedTraining,
  signal: AbortSignal,
): Promise<{ values: Float32Array }> {
  const source = pixels(photos);
  const values = new Float32Array(photos.length * embedder.size);
  for (let from = 0; from < photos.length; from += embedder.batchSize) {
    const length = Math.min(embedder.batchSize, photos.length - from);
    const looks = Array.from({ length }, (_, at) => ({ photo: from + at, view: 0 }));
    for (const [at, embedding] of (await embedder.embed(await source(looks))).entries()) {
      values.set(embedding, (from + at) * embedder.size);
    }
    signal.throwIfAborted();
  }
  return { values };
}
