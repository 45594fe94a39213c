/** Which table of embeddings is in memory, and how it gets there and into storage. */

import type { Database } from "../storage/database.ts";
import { type EmbeddingSource, listBlocks, putBlocks, readBlocks } from "../storage/embeddings.ts";
import { EmbeddingTable, type View } from "./embedding-table.ts";

/** An open block is not written more often than this, in milliseconds; it is as much as a killed worker may lose. */
const SAVE_EVERY_MS = 2000;

/** Keeps the table of the base model in use, so that training again reads nothing from storage. */
export class EmbeddingTables {
  #current: EmbeddingTable | null = null;
  #released: WeakRef<EmbeddingTable> | null = null;

  /** @param width numbers per embedding */
  of(source: EmbeddingSource, width: number): EmbeddingTable {
    const { base, features } = source;
    const known = this.#current ?? this.#released?.deref();
    const isIt = known?.source.base === base && known.source.features === features && known.width === width;
    this.#current = isIt ? known : new EmbeddingTable(source, width);
    return this.#current;
  }

  /** Lets the table go, for when another project is opened; work under way that still holds it gets the same again. */
  release(): void {
    if (this.#current) this.#released = new WeakRef(this.#current);
    this.#current = null;
  }
}

/** Reads those of the views from storage that the table lacks, in the blocks that hold them. */
export async function readMissing(database: Database, table: EmbeddingTable, views: readonly View[]): Promise<void> {
  const missing = views.filter(({ photo, view }) => table.rowOf(photo, view) === undefined);
  if (!missing.length) return;
  const wanted = new Set(missing.map(nameOf));
  const listings = await listBlocks(database, table.source);
  const holding = listings.filter(
    ({ id, rows: { width, photos, views: ofBlock } }) =>
      width === table.width &&
      !table.hasBlock(id) &&
      photos.some((photo, row) => wanted.has(nameOf({ photo, view: ofBlock[row] ?? 0 }))),
  );
  for (const block of await readBlocks(database, table.source, holding)) table.takeBlock(block);
}

/** Saves what is added to a table: whole blocks at once, others every now and then. */
export class TableSaver {
  readonly #database: Database;
  readonly #table: EmbeddingTable;
  #writing: Promise<void> = Promise.resolve();
  #lastAt = performance.now();

  constructor(database: Database, table: EmbeddingTable) {
    this.#database = database;
    this.#table = table;
  }

  /** Begins to save where it is time to; waits for what was begun before. @throws StorageError when the storage is full */
  async saveWhenDue(): Promise<void> {
    if (!this.#table.hasFullUnsaved && performance.now() - this.#lastAt < SAVE_EVERY_MS) return;
    await this.#writing;
    this.#begin();
  }

  /** Saves all that is not saved yet. @throws StorageError when the storage is full */
  async saveAll(): Promise<void> {
    // What failed is tried again.
    await this.#writing.catch(() => undefined);
    this.#begin();
    await this.#writing;
  }

  #begin(): void {
    const blocks = this.#table.unsaved();
    this.#lastAt = performance.now();
    if (!blocks.length) return;
    this.#writing = putBlocks(this.#database, this.#table.source, blocks).then(() => this.#table.saved(blocks));
    // The next to wait for it is told.
    this.#writing.catch(() => undefined);
  }
}

function nameOf({ photo, view }: View): string {
  return `${view} ${photo}`;
}
