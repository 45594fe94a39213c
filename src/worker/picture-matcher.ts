/** Pairs of photos told apart by their pictures. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { SimilarPair } from "../dataset/near-duplicates.ts";
import { pictureMatch, type SmallPicture } from "../dataset/picture-match.ts";
import { letOthersIn } from "../engine/turns.ts";

/** null for a photo whose picture cannot be had. */
export type ReadPicture = (photo: PhotoId) => Promise<SmallPicture | null>;

export interface DoubtfulPair extends SimilarPair {
  /** The match of their pictures that makes them near-duplicates, 0..1. */
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
    const unknown = pairs.filter((pair) => !before.has(nameOf(pair)));
    const pictures = await this.#picturesOf(new Set(unknown.flatMap(({ a, b }) => [a, b])), signal);
    const found = new Map<string, number>();
    for (const [at, pair] of unknown.entries()) {
      if (at % TURN === TURN - 1) {
        await letOthersIn();
        signal.throwIfAborted();
      }
      const [one, other] = [pictures.get(pair.a), pictures.get(pair.b)];
      found.set(nameOf(pair), one && other ? pictureMatch(one, other) : 1);
    }
    const matchOf = (pair: SimilarPair) => found.get(nameOf(pair)) ?? before.get(nameOf(pair)) ?? 0;
    this.#matches = new Map(pairs.map((pair) => [nameOf(pair), matchOf(pair)]));
    return pairs.filter((pair) => matchOf(pair) >= pair.needed);
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

function nameOf({ a, b }: SimilarPair): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
