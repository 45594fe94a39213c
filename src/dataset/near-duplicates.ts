/** When two photos show the same thing almost the same way, and which photos do so together. */
import type { PhotoGroups, PhotoId } from "./dataset.ts";

/** Cosine of two embeddings, centred on their set's mean, from which on photos are near-duplicates whatever their hashes say. */
export const ALIKE = 0.95;
/** Below this no hashes make them so. */
export const LEAST_ALIKE = 0.5;
/** Perceptual hashes that differ in no more bits belong to one picture, saved again or shrunk. */
const SAME_PICTURE = 8;
/** Hashes of unrelated photos differ in about so many bits or more, of 64. */
const UNRELATED = 30;

/**
 * The less two hashes agree, the more the embeddings have to. Measured on 200 photos of flowers, cats and dogs with
 * MobileNetV2: finds copies saved again or shrunk (0.97 and more of them) and cropped by a tenth (0.90 and more), and takes
 * at most one pair in ten thousand of different photos for one.
 *
 * @param cosine of the centred embeddings
 * @param bits in which the perceptual hashes differ
 */
export function isNearDuplicate(cosine: number, bits: number): boolean {
  const doubt = Math.min(1, Math.max(0, (bits - SAME_PICTURE) / (UNRELATED - SAME_PICTURE)));
  return cosine >= LEAST_ALIKE + (ALIKE - LEAST_ALIKE) * doubt;
}

export interface SimilarPair {
  readonly a: PhotoId;
  readonly b: PhotoId;
  readonly cosine: number;
}

/**
 * Groups from pairs, the likest joined first. Two groups join only when at least half of the pairs between them are
 * near-duplicates themselves: otherwise a chain of small steps would join everything (average linkage, Sokal & Michener 1958).
 */
export function groupsOf(pairs: readonly SimilarPair[]): PhotoGroups {
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
    for (const photo of joined) groups.set(photo, joined);
  }
  return [...new Set(groups.values())]
    .map((group) => group.toSorted())
    .sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
}

function nameOf(a: PhotoId, b: PhotoId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
