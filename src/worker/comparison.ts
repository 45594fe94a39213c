/** Photos compared with each other, by embedding and perceptual hash. */
import type { PhotoGroups, PhotoId, Sample } from "../dataset/dataset.ts";
import { groupsOf, isNearDuplicate, type SimilarPair } from "../dataset/near-duplicates.ts";
import { hashDistance, hashWords } from "../dataset/perceptual-hash.ts";
import { centredUnitRows, forEachPair } from "../engine/similar.ts";

export interface Comparison {
  readonly groups: PhotoGroups;
  /** Mean cosine to the nearest photos of its own class; 0 for the only one. */
  readonly closeness: ReadonlyMap<PhotoId, number>;
}

/** Neighbours that a photo's closeness is measured by. */
const NEIGHBOURS = 5;
/** Without a hash, embeddings alone decide. */
const NOTHING_IN_COMMON = 64;

/** Compares photos once: the same ones in the same classes are not compared anew. */
export class Comparer {
  #last: { readonly key: string; readonly comparison: Comparison } | null = null;

  /**
   * @param basis what the embeddings were made with
   * @param embeddingOf undefined for photos that could not be read: they are like nothing
   */
  async compare(
    basis: string,
    all: readonly Sample[],
    embeddingOf: (photo: PhotoId) => Float32Array | undefined,
    signal: AbortSignal,
  ): Promise<Comparison> {
    const samples = all.filter(({ photo }) => embeddingOf(photo) !== undefined);
    const key = `${basis} ${samples.map(({ photo, classId }) => `${photo} ${classId}`).join(" ")}`;
    if (this.#last?.key === key) return this.#last.comparison;
    const comparison = await compare(samples, embeddingOf, signal);
    this.#last = { key, comparison };
    return comparison;
  }
}

async function compare(
  samples: readonly Sample[],
  embeddingOf: (photo: PhotoId) => Float32Array | undefined,
  signal: AbortSignal,
): Promise<Comparison> {
  const features = embeddingOf(samples[0]?.photo ?? "")?.length ?? 0;
  const embeddings = new Float32Array(samples.length * features);
  samples.forEach(({ photo }, row) => {
    embeddings.set(embeddingOf(photo) ?? [], row * features);
  });
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
  if (features) await forEachPair(centredUnitRows(embeddings, features), features, visit, signal);
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
