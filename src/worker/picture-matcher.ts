/** Pairs of photos told apart by their pictures. */
import type { PhotoId } from "../dataset/dataset.ts";
import { type SimilarPair, SURELY_MATCHING } from "../dataset/near-duplicates.ts";
import { pictureMatch, type SmallPicture } from "../dataset/picture-match.ts";
import { letOthersIn } from "../engine/turns.ts";

/** null for a photo whose picture cannot be had. */
export type ReadPicture = (photo: PhotoId) => Promise<SmallPicture | null>;

export interface DoubtfulPair extends SimilarPair {
  /** Photos whose pictures are compared: these, or earlier ones that they are surely the same as. */
  readonly pictures: readonly [PhotoId, PhotoId];
  /** The match of their pictures that makes them near-duplicates, 0..0.95. */
  readonly needed: number;
}

/** Pictures asked for at once. */
const READ_AT_ONCE = 64;
/** Pairs compared before others have their turn: some 20 ms. */
const TURN = 32;

/** Keeps what it has found of the pairs that it was last asked for; pictures, 4 kB each, only while it looks at them. */
export class PictureMatcher {
  readonly #read: ReadPicture;
  #matches: ReadonlyMap<string, number> = new Map();

  constructor(read: ReadPicture) {
    this.#read = read;
  }

  /**
   * The pairs whose pictures match. A pair of which a picture cannot be had stays: rather too few photos are tested on
   * than one that was learned from.
   *
   * @throws AbortError when the signal aborts
   */
  async matching(pairs: readonly DoubtfulPair[], signal: AbortSignal): Promise<DoubtfulPair[]> {
    const before = this.#matches;
    const all = new Map(pairs.map(({ pictures }) => [nameOf(pictures), pictures]));
    const unknown = [...all].filter(([name]) => !before.has(name));
    const small = await this.#picturesOf(new Set(unknown.flatMap(([, pictures]) => pictures)), signal);
    const found = new Map<string, number>();
    for (const [at, [name, [a, b]]] of unknown.entries()) {
      if (at % TURN === TURN - 1) {
        await letOthersIn();
        signal.throwIfAborted();
      }
      const [one, other] = [small.get(a), small.get(b)];
      found.set(name, one && other ? pictureMatch(one, other, SURELY_MATCHING) : 1);
    }
    const matches = new Map([...all.keys()].map((name) => [name, found.get(name) ?? before.get(name) ?? 0]));
    this.#matches = matches;
    return pairs.filter(({ pictures, needed }) => (matches.get(nameOf(pictures)) ?? 0) >= needed);
  }

  async #picturesOf(photos: ReadonlySet<PhotoId>, signal: AbortSignal): Promise<Map<PhotoId, SmallPicture>> {
    const pictures = new Map<PhotoId, SmallPicture>();
    const all = [...photos];
    for (let from = 0; from < all.length; from += READ_AT_ONCE) {
      signal.throwIfAborted();
      const some = all.slice(from, from + READ_AT_ONCE);
      const read = await Promise.all(some.map(async (photo) => [photo, await this.#read(photo)] as const));
      for (const [photo, picture] of read) if (picture) pictures.set(photo, picture);
    }
    return pictures;
  }
}

/** Of two pictures, in either order. */
export function nameOf([a, b]: readonly [PhotoId, PhotoId]): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
