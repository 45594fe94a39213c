/** Photos compared with each other: by embedding and perceptual hash, and where these leave a doubt by their pictures. */
import type { PhotoGroups, PhotoId, Sample } from "../dataset/dataset.ts";
import { type LikePair, LikestPairs } from "../dataset/likest-pairs.ts";
import { groupsOf, matchNeeded, type SimilarPair } from "../dataset/near-duplicates.ts";
import { hashDistance, hashWords } from "../dataset/perceptual-hash.ts";
import { CentredUnitRows } from "../engine/centred-rows.ts";
import type { EmbeddingMatrix } from "../engine/embedding-rows.ts";
import { forEachPair } from "../engine/similar.ts";
import type { EmbeddingSource } from "../storage/embeddings.ts";
import { hashBytes } from "../storage/photos.ts";
import type { EmbeddingTable } from "./embedding-table.ts";
import { type DoubtfulPair, nameOf, PictureMatcher, type ReadPicture } from "./picture-matcher.ts";
import type { KnownGroups } from "./protocol/index.ts";

export interface Comparison {
  readonly groups: PhotoGroups;
  /** Mean cosine to the nearest photos of its own class; 0 for the only one. */
  readonly closeness: ReadonlyMap<PhotoId, number>;
}

/** Counted up when near-duplicates are found by another rule. */
const RULE = "1";
/** Neighbours that a photo's closeness is measured by. */
const NEIGHBOURS = 5;
/** Without a hash, embeddings and pictures decide. */
const NOTHING_IN_COMMON = 64;
/** Of a photo, the most partners that it is compared with by its picture: the likest. */
const MOST_IN_DOUBT = 4;
/** Pairs of pictures that are compared at most, some milliseconds each; where more are in doubt, the likest. */
const PICTURES_COMPARED = { perPhoto: 1 / 2, fewest: 200, most: 2000 };

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
  readonly #matcher: PictureMatcher;
  #last: Compared | null = null;

  constructor(readPicture: ReadPicture) {
    this.#matcher = new PictureMatcher(readPicture);
  }

  /**
   * The near-duplicates alone: those that are known where they were found among the same.
   * @throws AbortError when the signal aborts
   */
  async groups(comparing: Comparing, known: KnownGroups | null): Promise<KnownGroups> {
    const comparedAs = await digestOf(comparing);
    if (known?.comparedAs === comparedAs) return known;
    const { groups } = await this.compare(comparing);
    return { groups, comparedAs };
  }

  /** @throws AbortError when the signal aborts */
  async compare({ table, samples: all, signal }: Comparing): Promise<Comparison> {
    const { source } = table;
    const samples = withRows(table, all);
    if (this.#last && isSame(this.#last, source, samples)) return this.#last.comparison;
    const rows = Int32Array.from(samples, ({ photo }) => table.rowOf(photo, 0) ?? -1);
    const { sure, doubtful, closeness } = await compareAll(samples, table, rows, signal);
    const matching = await this.#matcher.matching(doubtful, signal);
    const comparison = { groups: groupsOf([...sure, ...matching], samples), closeness };
    this.#last = { source, samples: samples.map(({ photo, classId }) => ({ photo, classId })), comparison };
    return comparison;
  }
}

function withRows(table: EmbeddingTable, samples: readonly Sample[]): Sample[] {
  return samples.filter(({ photo }) => table.rowOf(photo, 0) !== undefined);
}

/** Names what near-duplicates depend on: the photos, their classes, what made the embeddings, and the rule. */
async function digestOf({ table, samples }: Comparing): Promise<string> {
  const { base, features } = table.source;
  const photos = withRows(table, samples).map(({ photo, classId }) => `${photo} ${classId}`);
  const text = [RULE, base, features, ...photos.sort()].join("\n");
  return hashBytes(new TextEncoder().encode(text));
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

interface Compares extends Pick<Comparison, "closeness"> {
  readonly sure: readonly SimilarPair[];
  /** Near-duplicates if their pictures match. */
  readonly doubtful: readonly DoubtfulPair[];
}

async function compareAll(
  samples: readonly Sample[],
  matrix: EmbeddingMatrix,
  rows: Int32Array,
  signal: AbortSignal,
): Promise<Compares> {
  const photos = samples.map(({ photo }) => photo);
  const hashes = samples.map(({ looks }) => looks && hashWords(looks.hash));
  const neededBy = (a: number, b: number, cosine: number) => {
    const [hash, other] = [hashes[a], hashes[b]];
    return matchNeeded(cosine, hash && other ? hashDistance(hash, other) : NOTHING_IN_COMMON);
  };
  const named = ({ a, b, cosine }: LikePair): SimilarPair => ({ a: photos[a] ?? "", b: photos[b] ?? "", cosine });
  const sure: SimilarPair[] = [];
  const inDoubt = new LikestPairs(samples.length, MOST_IN_DOUBT);
  const nearest = samples.map(() => new Float32Array(NEIGHBOURS).fill(Number.NEGATIVE_INFINITY));
  // The first of the photos that each is surely the same as, or itself: they need not all be compared with others.
  const standIn = Int32Array.from(samples, (_, at) => at);
  const visit = (a: number, b: number, cosine: number) => {
    if (samples[a]?.classId === samples[b]?.classId) {
      insert(nearest[a], cosine);
      insert(nearest[b], cosine);
    }
    const needed = neededBy(a, b, cosine);
    if (needed === 0) {
      sure.push(named({ a, b, cosine }));
      standIn[b] = Math.min(standIn[b] ?? b, a);
    } else if (needed !== null) inDoubt.add(a, b, cosine);
  };
  await forEachPair(new CentredUnitRows(matrix, rows), visit, signal);
  const pictureOf = (at: number) => photos[standIn[at] ?? at] ?? "";
  const doubtful = inDoubt
    .pairs()
    .map(
      (pair): DoubtfulPair => ({
        ...named(pair),
        pictures: [pictureOf(pair.a), pictureOf(pair.b)],
        needed: neededBy(pair.a, pair.b, pair.cosine) ?? 1,
      }),
    )
    .sort((one, other) => one.needed - other.needed || other.cosine - one.cosine);
  return {
    sure,
    doubtful: likest(doubtful, mostCompared(samples.length)),
    closeness: new Map(photos.map((photo, at) => [photo, meanOf(nearest[at])])),
  };
}

/** The first pairs, until their pictures make more pairs than `most`, and all others of the same pictures. */
function likest(pairs: readonly DoubtfulPair[], most: number): DoubtfulPair[] {
  const compared = new Set<string>();
  for (const { pictures } of pairs) if (compared.size < most) compared.add(nameOf(pictures));
  return pairs.filter(({ pictures }) => compared.has(nameOf(pictures)));
}

function mostCompared(photos: number): number {
  const { perPhoto, fewest, most } = PICTURES_COMPARED;
  return Math.max(fewest, Math.min(most, Math.round(perPhoto * photos)));
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
