/** Photos as training takes them: embeddings with labels, or pixels. */
import type { ClassId, PhotoId, Sample } from "../../dataset/dataset.ts";
import { LiveClassifier } from "../../engine/classify.ts";
import type { EmbeddingMatrix, LabelledRows } from "../../engine/embedding-rows.ts";
import { EngineError } from "../../engine/errors.ts";
import type { PixelSource } from "../../engine/frozen-features.ts";
import type { BaseModel, Classifier } from "../../network/model.ts";
import type { Decoders } from "../decoders.ts";
import type { EmbeddingTable, View } from "../embedding-table.ts";
import { TrainingError } from "./errors.ts";

/** Embeddings of photos, and whose they are. */
export interface PhotoRows {
  /** A photo per row; one with several views is there as often. */
  readonly photos: readonly PhotoId[];
  readonly rows: LabelledRows;
}

/** The first `count` views of each photo. */
export function viewsOfPhotos(samples: readonly Sample[], count: number): View[] {
  return samples.flatMap(({ photo }) => Array.from({ length: count }, (_, view) => ({ photo, view })));
}

/**
 * The rows of the first `views` views of each photo; those of photos that could not be read are left out.
 * @param labels a class index for each class
 * @throws TrainingError when a photo's class is not among the labels
 */
export function labelledRows(
  samples: readonly Sample[],
  views: number,
  table: EmbeddingMatrix & Pick<EmbeddingTable, "rowOf">,
  labels: ReadonlyMap<ClassId, number>,
): PhotoRows {
  const photos: PhotoId[] = [];
  const rows: number[] = [];
  const classes: number[] = [];
  for (const { photo, classId, fileName } of samples) {
    const label = labels.get(classId);
    if (label === undefined) throw new TrainingError({ code: "training/unknown-class", file: fileName });
    for (let view = 0; view < views; view++) {
      const row = table.rowOf(photo, view);
      if (row === undefined) continue;
      photos.push(photo);
      rows.push(row);
      classes.push(label);
    }
  }
  return { photos, rows: { matrix: table, rows: Int32Array.from(rows), labels: Int32Array.from(classes) } };
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
      probabilities.push(...(await live.classify(await pixels(looks))).map((answer) => [...answer.probabilities]));
      signal.throwIfAborted();
    }
    return probabilities;
  } finally {
    live.dispose();
  }
}
