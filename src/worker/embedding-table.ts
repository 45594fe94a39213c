/** The embeddings of one base model, in memory. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { EmbeddingMatrix } from "../engine/embedding-rows.ts";
import { type EmbeddingBlock, type EmbeddingSource, rowsPerBlock } from "../storage/embeddings.ts";

/** One look at a photo: view 0 is the photo itself, others are augmented. */
export interface View {
  readonly photo: PhotoId;
  readonly view: number;
}

/** A block that is filled here. */
interface OwnBlock {
  readonly id: string;
  /** Its first row's number. */
  readonly first: number;
  readonly values: Float32Array;
  readonly photos: PhotoId[];
  readonly views: number[];
  /** Rows that storage has. */
  saved: number;
}

/**
 * A matrix that grows, a row per (photo, view). It lies in the blocks that storage keeps, so that growing, reading and
 * writing copy nothing; row numbers stay, with gaps where a block is not full.
 */
export class EmbeddingTable implements EmbeddingMatrix {
  readonly source: EmbeddingSource;
  readonly width: number;
  readonly #rowsPerBlock: number;
  readonly #blocks: Float32Array[] = [];
  /** By view, then by photo. */
  readonly #rows: Map<PhotoId, number>[] = [];
  readonly #ids = new Set<string>();
  /** The last may have room; all others wait to be saved. */
  #own: OwnBlock[] = [];

  constructor(source: EmbeddingSource, width: number) {
    this.source = source;
    this.width = width;
    this.#rowsPerBlock = rowsPerBlock(width);
  }

  /** undefined when there is no such embedding yet. */
  rowOf(photo: PhotoId, view: number): number | undefined {
    return this.#rows[view]?.get(photo);
  }

  row(at: number): Float32Array {
    const block = this.#blocks[Math.floor(at / this.#rowsPerBlock)];
    if (!block) throw new RangeError(`row ${at}`);
    const start = (at % this.#rowsPerBlock) * this.width;
    return block.subarray(start, start + this.width);
  }

  /** Whether it has a block of storage's, whoever wrote it. */
  hasBlock(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Takes a block of storage's, unless it is of another shape. What is known already stays where it is. */
  takeBlock({ id, rows, values }: EmbeddingBlock): void {
    if (rows.width !== this.width || rows.photos.length > this.#rowsPerBlock) return;
    this.#ids.add(id);
    const first = this.#blocks.length * this.#rowsPerBlock;
    let isNew = false;
    rows.photos.forEach((photo, row) => {
      if (this.#name({ photo, view: rows.views[row] ?? 0 }, first + row)) isNew = true;
    });
    if (isNew) this.#blocks.push(values);
  }

  /** Adds an embedding, of `width` numbers. */
  add({ photo, view }: View, embedding: Float32Array): void {
    if (this.rowOf(photo, view) !== undefined) return;
    let open = this.#own.at(-1);
    if (!open || open.photos.length === this.#rowsPerBlock) open = this.#begin();
    const row = open.photos.length;
    open.values.set(embedding, row * this.width);
    open.photos.push(photo);
    open.views.push(view);
    this.#name({ photo, view }, open.first + row);
  }

  /** What storage lacks; a block that is not full is among them with the rows that it has. */
  unsaved(): EmbeddingBlock[] {
    const waiting = this.#own.filter(({ photos, saved }) => saved < photos.length);
    return waiting.map(({ id, values, photos, views }) => ({
      id,
      rows: { width: this.width, photos: [...photos], views: Int32Array.from(views) },
      values: photos.length === this.#rowsPerBlock ? values : values.slice(0, photos.length * this.width),
    }));
  }

  /** Whether a whole block waits to be saved. */
  get hasFullUnsaved(): boolean {
    return this.#own.some(({ photos, saved }) => saved < photos.length && photos.length === this.#rowsPerBlock);
  }

  /** Says that storage has blocks that `unsaved` gave. */
  saved(blocks: readonly EmbeddingBlock[]): void {
    const counts = new Map(blocks.map(({ id, rows }) => [id, rows.photos.length]));
    for (const own of this.#own) own.saved = Math.max(own.saved, counts.get(own.id) ?? 0);
    this.#own = this.#own.filter(({ saved }, at) => saved < this.#rowsPerBlock || at === this.#own.length - 1);
  }

  #begin(): OwnBlock {
    const values = new Float32Array(this.#rowsPerBlock * this.width);
    const first = this.#blocks.length * this.#rowsPerBlock;
    const open: OwnBlock = { id: crypto.randomUUID(), first, values, photos: [], views: [], saved: 0 };
    this.#ids.add(open.id);
    this.#blocks.push(values);
    this.#own.push(open);
    return open;
  }

  /** false when it has a row already. */
  #name({ photo, view }: View, row: number): boolean {
    while (this.#rows.length <= view) this.#rows.push(new Map());
    const rows = this.#rows[view];
    if (!rows || rows.has(photo)) return false;
    rows.set(photo, row);
    return true;
  }
}
