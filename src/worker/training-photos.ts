/** Photos as training takes them: embeddings with labels, or pixels. */
import type { ClassId, PhotoId, Sample } from "../dataset/dataset.ts";
import { LiveClassifier } from "../engine/classify.ts";
import { inOrder, type LabelledRows, matrixOf } from "../engine/embedding-rows.ts";
import { EngineError } from "../engine/errors.ts";
import type { PixelSource } from "../engine/frozen-features.ts";
import type { BaseModel, Classifier } from "../network/model.ts";
import type { Decoders } from "./decoders.ts";
import { WorkerError } from "./errors.ts";
import type { Prepared, View } from "./preparing.ts";

export interface LabelledEmbeddings extends LabelledRows {
  readonly photos: readonly PhotoId[];
}

/** The first `count` views of each photo. */
export function viewsOfPhotos(samples: readonly Sample[], count: number): View[] {
  return samples.flatMap(({ photo }) => Array.from({ length: count }, (_, view) => ({ photo, view })));
}

/** The embeddings of the first `views` views of each photo that could be read. @param labels a class index for each class */
export function gatherEmbeddings(
  samples: readonly Sample[],
  views: number,
  prepared: Prepared,
  labels: ReadonlyMap<ClassId, number>,
): LabelledEmbeddings {
  const rows = samples.flatMap((sample) =>
    viewsOfPhotos([sample], views).flatMap(({ photo, view }) => {
      const embedding = prepared.embedding(photo, view);
      return embedding ? [{ photo, label: labelOf(sample, labels), embedding }] : [];
    }),
  );
  const features = rows[0]?.embedding.length ?? 0;
  const embeddings = new Float32Array(rows.length * features);
  rows.forEach(({ embedding }, row) => {
    embeddings.set(embedding, row * features);
  });
  return {
    photos: rows.map(({ photo }) => photo),
    matrix: matrixOf(embeddings, features),
    rows: inOrder(rows.length),
    labels: Int32Array.from(rows, ({ label }) => label),
  };
}

/** @throws WorkerError `training/unknown-class` */
function labelOf({ photo, classId }: Sample, labels: ReadonlyMap<ClassId, number>): number {
  const label = labels.get(classId);
  if (label === undefined) throw new WorkerError({ code: "training/unknown-class", photo });
  return label;
}

/** Reads each look's photo in a decoder. Photos that cannot be read were left out when they were prepared. */
export function pixelsOf(decoders: Decoders, base: BaseModel, photos: readonly PhotoId[]): PixelSource {
  return (looks) =>
    Promise.all(
      looks.map(async ({ photo, view }) => {
        const id = photos[photo] ?? "";
        const result = await decoders.run(async (decoder, job) =>
          decoder.read(id, [view], base.card.preprocessing, job),
        );
        const [pixels] = result.ok ? result.value : [];
        if (!pixels) throw new EngineError({ code: "engine/photo-unreadable" });
        return pixels;
      }),
    );
}

const BATCH = 16;

/** Probabilities of the first `count` photos: a fine-tuned base has embeddings of its own, so that they go through it once more. */
export async function predictFromPixels(
  classifier: Classifier,
  count: number,
  pixels: PixelSource,
  signal: AbortSignal,
): Promise<number[][]> {
  const live = new LiveClassifier(classifier);
  const probabilities: number[][] = [];
  try {
    for (let from = 0; from < count; from += BATCH) {
      const length = Math.min(BATCH, count - from);
      const looks = Array.from({ length }, (_, at) => ({ photo: from + at, view: 0 }));
      probabilities.push(...(await live.classify(await pixels(looks))));
      signal.throwIfAborted();
    }
    return probabilities;
  } finally {
    live.dispose();
  }
}
