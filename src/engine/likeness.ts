/** How alike embeddings are, kept from one fit to the next. Plain data: no TensorFlow.js here. */
import type { EmbeddingMatrix } from "./embedding-rows.ts";
import type { Pauses } from "./turns.ts";

/** Rows worked out together: each number that is read is used so often. */
const TILE = 4;

/** Products of embeddings of length 1, each pair worked out once. An embedding of zeros stays zeros. */
export class Likeness {
  readonly #matrix: EmbeddingMatrix;
  /** The place of a row of the matrix among those known. */
  #places = new Map<number, number>();
  /** By place: products with all places up to it. */
  #products: Float64Array[] = [];
  /** Of an embedding, by place: 1 over its length. */
  #scales: number[] = [];

  constructor(matrix: EmbeddingMatrix) {
    this.#matrix = matrix;
  }

  /** Numbers per embedding. */
  get width(): number {
    return this.#matrix.width;
  }

  /** Adds a row's embedding, brought to length 1 and times a factor, to some numbers. */
  addTo(sum: Float64Array, row: number, factor: number): void {
    const embedding = this.#matrix.row(row);
    const scaled = factor * lengthOne(embedding);
    for (let at = 0; at < embedding.length; at++) sum[at] = (sum[at] as number) + scaled * (embedding[at] as number);
  }

  /**
   * The products of all pairs, a row for each row. What is kept is let go where most of it is of other rows.
   * @param rows row numbers in the matrix, each once
   * @throws AbortError
   */
  async of(rows: Int32Array, pauses: Pauses): Promise<Float64Array[]> {
    const fresh = rows.filter((row) => !this.#places.has(row));
    if (this.#places.size + fresh.length > 2 * rows.length) this.#forget();
    await this.#add(
      rows.filter((row) => !this.#places.has(row)),
      pauses,
    );
    const places = Array.from(rows, (row) => this.#places.get(row) as number);
    return places.map((place) =>
      Float64Array.from(places, (other) => {
        const products = this.#products[Math.max(place, other)] as Float64Array;
        return products[Math.min(place, other)] as number;
      }),
    );
  }

  #forget(): void {
    this.#places = new Map();
    this.#products = [];
    this.#scales = [];
  }

  async #add(rows: Int32Array, pauses: Pauses): Promise<void> {
    const known = [...this.#places.keys(), ...rows].map((row) => this.#matrix.row(row));
    const scales = [...this.#scales, ...Array.from(rows, (row) => lengthOne(this.#matrix.row(row)))];
    const first = this.#places.size;
    for (let from = first; from < known.length; from += TILE) {
      const tile = known.slice(from, from + TILE);
      const products = tile.map((_, at) => new Float64Array(from + at + 1));
      for (let place = 0; place < from + tile.length; place++) {
        const sums = productsOf(tile, known[place] as Float32Array);
        for (const [at, own] of products.entries()) {
          if (place < own.length)
            own[place] = (sums[at] as number) * (scales[from + at] as number) * (scales[place] as number);
        }
      }
      for (const [at, own] of products.entries()) {
        this.#products.push(own);
        this.#scales.push(scales[from + at] as number);
        this.#places.set(rows[from + at - first] as number, from + at);
      }
      await pauses.after(from * TILE * this.#matrix.width);
    }
  }
}

/** Of some embeddings, at most four, with another. */
function productsOf(some: readonly Float32Array[], other: Float32Array): readonly [number, number, number, number] {
  const [a = other, b = other, c = other, d = other] = some;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < other.length; at++) {
    const number = other[at] as number;
    first += (a[at] as number) * number;
    second += (b[at] as number) * number;
    third += (c[at] as number) * number;
    fourth += (d[at] as number) * number;
  }
  return [first, second, third, fourth];
}

/** What an embedding is multiplied by to have length 1; 0 for one of zeros. */
export function lengthOne(embedding: Float32Array): number {
  let squares = 0;
  for (const number of embedding) squares += number * number;
  return squares > 0 ? 1 / Math.sqrt(squares) : 0;
}
