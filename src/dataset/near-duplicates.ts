/** When two photos show the same thing almost the same way, and which photos do so together. */
import { type PhotoGroups, type PhotoId, type Sample, UNSORTED } from "./dataset.ts";
import { grouped } from "./grouped.ts";

/** With hashes that agree this far, any positive cosine of the embeddings is enough. */
const CERTAIN = 4;
/** Perceptual hashes that differ in no more bits belong to one picture, saved again or shrunk. */
const SAME_PICTURE = 8;
/** Cosine of two embeddings, centred on their set's mean, that such hashes ask for; without it the pictures must match. */
const LEAST_ALIKE = 0.5;
/** The cosine that makes up for hashes that agree in nothing. */
const ALIKE = 0.95;
/** Hashes of unrelated photos differ in about so many bits or more, of 64. */
const UNRELATED = 30;
/** Match of two pictures, see `pictureMatch`, from which on they are of one thing if their embeddings say so too. */
const MATCHING = 0.9;
/** The match that makes up for embeddings that are less alike, as those of a part of a photo and the whole are. */
export const SURELY_MATCHING = 0.95;
/** Cosine from which on such a match counts: seas and skies match too. */
const SOMEWHAT_ALIKE = 0.6;

/**
 * How well the pictures of two photos must match for them to be near-duplicates: 0 where embeddings and hashes decide that
 * they are, null where they decide that they are not. The less the hashes agree, the more the embeddings have to.
 *
 * @param cosine of the centred embeddings
 * @param bits in which the perceptual hashes differ
 */
export function matchNeeded(cosine: number, bits: number): number | null {
  if (cosine <= 0) return null;
  if (bits <= CERTAIN) return 0;
  if (bits <= SAME_PICTURE) return cosine >= LEAST_ALIKE ? 0 : MATCHING;
  const doubt = Math.min(1, (bits - SAME_PICTURE) / (UNRELATED - SAME_PICTURE));
  if (cosine >= LEAST_ALIKE + (ALIKE - LEAST_ALIKE) * doubt) return MATCHING;
  return cosine >= SOMEWHAT_ALIKE ? SURELY_MATCHING : null;
}

/** Of a class, the most that one group may hold: with fewer than three groups there is nothing left to test on. */
const CLASS_SHARE = 1 / 3;

export interface SimilarPair {
  readonly a: PhotoId;
  readonly b: PhotoId;
  readonly cosine: number;
}

/**
 * Groups from pairs, the likest joined first. Two groups join only when at least half of the pairs between them are
 * near-duplicates themselves: otherwise a chain of small steps would join everything (average linkage, Sokal & Michener 1958).
 * Where a whole class is alike, as in a film of one thing, no group grows past a third of it.
 *
 * @param samples all photos of the classes, in groups or not
 */
export function groupsOf(pairs: readonly SimilarPair[], samples: readonly Sample[]): PhotoGroups {
  const classes = new Map(samples.map(({ photo, classId }) => [photo, classId]));
  const sizes = new Map([...grouped(samples, ({ classId }) => classId)].map(([id, own]) => [id, own.length]));
  const fits = (group: readonly PhotoId[]) =>
    [...grouped(group, (photo) => classes.get(photo) ?? UNSORTED)].every(
      ([id, own]) => id === UNSORTED || own.length <= Math.max(2, Math.floor(CLASS_SHARE * (sizes.get(id) ?? 0))),
    );
  const linked = new Set(pairs.map(({ a, b }) => nameOf(a, b)));
  const groups = new Map<PhotoId, PhotoId[]>();
  const groupOf = (photo: PhotoId) => groups.get(photo) ?? [photo];
  for (const { a, b } of pairs.toSorted((one, other) => other.cosine - one.cosine)) {
    const [left, right] = [groupOf(a), groupOf(b)];
    if (left === right) continue;
    let links = 0;
    for (const one of left) for (const other of right) if (linked.has(nameOf(one, other))) links += 1;
    if (2 * links < left.length * right.length) continue;
    const joined = [...left, ...right];
    if (!fits(joined)) continue;
    for (const photo of joined) groups.set(photo, joined);
  }
  return [...new Set(groups.values())]
    .map((group) => group.toSorted())
    .sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
}

function nameOf(a: PhotoId, b: PhotoId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
