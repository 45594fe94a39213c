/** Of a great many pairs those that are the likest for one of the two. */
export interface LikePair {
  /** Places of the two, the smaller first. */
  readonly a: number;
  readonly b: number;
  readonly cosine: number;
}

/** Keeps each item's likest partners, so that memory and work grow with the items, not with their pairs. */
export class LikestPairs {
  readonly #most: number;
  readonly #partners: Int32Array;
  readonly #cosines: Float32Array;

  /** @param most partners that are kept of each item */
  constructor(items: number, most: number) {
    this.#most = most;
    this.#partners = new Int32Array(items * most).fill(-1);
    this.#cosines = new Float32Array(items * most).fill(Number.NEGATIVE_INFINITY);
  }

  /** Each pair once. */
  add(a: number, b: number, cosine: number): void {
    this.#insert(a, b, cosine);
    this.#insert(b, a, cosine);
  }

  /** Each pair that is among the likest of one of its two, once, in the order of their places. */
  pairs(): LikePair[] {
    const found: LikePair[] = [];
    for (let at = 0; at < this.#partners.length; at++) {
      const item = Math.floor(at / this.#most);
      const partner = this.#partners[at] ?? -1;
      if (partner < 0 || (partner < item && this.#has(partner, item))) continue;
      found.push({ a: Math.min(item, partner), b: Math.max(item, partner), cosine: this.#cosines[at] ?? 0 });
    }
    return found.sort((one, other) => one.a - other.a || one.b - other.b);
  }

  #insert(item: number, partner: number, cosine: number): void {
    const first = item * this.#most;
    let at = first + this.#most - 1;
    if (cosine <= (this.#cosines[at] ?? 0)) return;
    for (; at > first && (this.#cosines[at - 1] ?? 0) < cosine; at--) {
      this.#cosines[at] = this.#cosines[at - 1] ?? 0;
      this.#partners[at] = this.#partners[at - 1] ?? -1;
    }
    this.#cosines[at] = cosine;
    this.#partners[at] = partner;
  }

  #has(item: number, partner: number): boolean {
    return this.#partners.subarray(item * this.#most, (item + 1) * this.#most).includes(partner);
  }
}
