/** Photos compared with each other, by embedding and perceptual hash. */
import type { PhotoGroups, PhotoId, Sample } from "../dataset/dataset.ts";
import { groupsOf, isNearDuplicate, type SimilarPair } from "../dataset/near-duplicates.ts";
import { hashDistance, hashWords } from "../dataset/perceptual-hash.ts";
import { CentredUnitRows } from "../engine/centred-rows.ts";
import type { EmbeddingMatrix } from "../engine/embedding-rows.ts";
import { forEachPair } from "../engine/similar.ts";
import type { EmbeddingSource } from "../storage/embeddings.ts";
import type { EmbeddingTable } from "./embedding-table.ts";

export interface Comparison {
  readonly groups: PhotoGroups;
  /** Mean cosine to the nearest photos of its own class; 0 for the only one. */
  readonly closeness: ReadonlyMap<PhotoId, number>;
}

/** Neighbours that a photo's closeness is measured by. */
const NEIGHBOURS = 5;
/** Without a hash, embeddings alone decide. */
const NOTHING_IN_COMMON = 64;

export interface Comparing {
  /** Photos without a row, those that could not be read, are like nothing. */
  readonly table: EmbeddingTable;
  readonly samples: readonly Sample[];
  readonly signal: AbortSignal;
}

interface Compared {
  readonly source: EmbeddingSource;
  readonly samples: readonly Pick<Sample, "photo" | "classId">[];
  readonly comparison: Comparison;
}

/** Compares photos once: the same ones in the same classes are not compared again. */
export class Comparer {
  #last: Compared | null = null;

  async compare({ table, samples: all, signal }: Comparing): Promise<Comparison> {
    const { source } = table;
    const found = all.flatMap((sample) => {
      const row = table.rowOf(sample.photo, 0);
      return row === undefined ? [] : [{ sample, row }];
    });
    const samples = found.map(({ sample }) => sample);
    if (this.#last && isSame(this.#last, source, samples)) return this.#last.comparison;
    const rows = Int32Array.from(found, ({ row }) => row);
    const comparison = await compare(samples, table, rows, signal);
    this.#last = { source, samples: samples.map(({ photo, classId }) => ({ photo, classId })), comparison };
    return comparison;
  }
}

/** An embedding depends on nothing but its photo and what it was made with. */
function isSame(last: Compared, source: EmbeddingSource, samples: readonly Sample[]): boolean {
  return (
    last.source.base === source.base &&
    last.source.features === source.features &&
    last.samples.length === samples.length &&
    last.samples.every(({ photo, classId }, at) => photo === samples[at]?.photo && classId === samples[at]?.classId)
  );
}

async function compare(
  samples: readonly Sample[],
  matrix: EmbeddingMatrix,
  rows: Int32Array,
  signal: AbortSignal,
): Promise<Comparison> {
  const hashes = samples.map(({ looks }) => looks && hashWords(looks.hash));
  const pairs: SimilarPair[] = [];
  const nearest = samples.map(() => new Float32Array(NEIGHBOURS).fill(Number.NEGATIVE_INFINITY));
  const visit = (at: number, other: number, cosine: number) => {
    const [a, b] = [samples[at], samples[other]];
    if (!a || !b) return;
    if (a.classId === b.classId) {
      insert(nearest[at], cosine);
      insert(nearest[other], cosine);
    }
    if (cosine <= 0) return;
    const [hash, otherHash] = [hashes[at], hashes[other]];
    const bits = hash && otherHash ? hashDistance(hash, otherHash) : NOTHING_IN_COMMON;
    if (isNearDuplicate(cosine, bits)) pairs.push({ a: a.photo, b: b.photo, cosine });
  };
  await forEachPair(new CentredUnitRows(matrix, rows), visit, signal);
  return {
    groups: groupsOf(pairs, samples),
    closeness: new Map(samples.map(({ photo }, at) => [photo, meanOf(nearest[at])])),
  };
}

/** Keeps the largest values, the largest first. */
function insert(values: Float32Array | undefined, value: number): void {
  if (!values || value <= (values.at(-1) ?? 0)) return;
  let at = values.length - 1;
  for (; at > 0 && (values[at - 1] ?? 0) < value; at--) values[at] = values[at - 1] ?? 0;
  values[at] = value;
}

function meanOf(values: Float32Array | undefined): number {
  const found = [...(values ?? [])].filter(Number.isFinite);
  return found.length ? found.reduce((sum, value) => sum + value, 0) / found.length : 0;
}
