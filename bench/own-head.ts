/** Our head as it comes, fitted to rows of a matrix. */
import type { Sample } from "../src/dataset/dataset.ts";
import { createRandom } from "../src/dataset/random.ts";
import type { SolvedHead } from "../src/engine/checkpoint.ts";
import type { EmbeddingMatrix } from "../src/engine/embedding-rows.ts";
import { DEFAULT_SETTINGS } from "../src/training/settings.ts";
import { fitHead } from "../src/worker/training/head.ts";

interface OwnHead {
  readonly matrix: EmbeddingMatrix;
  /** A class index per row of the matrix. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Row numbers. */
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly seed: number;
}

export function fitOwnHead({ matrix, labels, classes, train, validation, seed }: OwnHead): Promise<SolvedHead> {
  return fitHead({
    ...{ settings: { ...DEFAULT_SETTINGS, seed }, features: matrix.width, classes, groups: [], refits: true },
    samples: { train: photosOfRows(train, labels), validation: photosOfRows(validation, labels) },
    gather: gatherRows(matrix, labels),
    random: createRandom(seed),
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: new AbortController().signal,
  });
}

/** Rows as photos, each named by its number. */
export function photosOfRows(rows: readonly number[], labels: ArrayLike<number>): Sample[] {
  return rows.map((row) => {
    const nothing = { fileName: "", width: 0, height: 0, fixedSplit: null, burst: null, looks: null, cleared: [] };
    return { photo: `${row}`, classId: `${labels[row]}`, excluded: false, ...nothing };
  });
}

/** The rows of such photos. */
export function gatherRows(matrix: EmbeddingMatrix, labels: ArrayLike<number>) {
  return (some: readonly Sample[]) => {
    const rows = Int32Array.from(some, ({ photo }) => Number(photo));
    const photos = some.map(({ photo }) => photo);
    return { photos, rows: { matrix, rows, labels: rows.map((row) => labels[row] ?? 0) } };
  };
}
