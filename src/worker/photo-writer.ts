import type { Database } from "../storage/database.ts";
import { type PhotoRecord, putPhotos } from "../storage/photos.ts";

interface Waiting {
  readonly record: PhotoRecord;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Writes photos one transaction at a time; what comes in meanwhile goes into the next together. A transaction costs more
 * than the photos in it.
 */
export class PhotoWriter {
  readonly #database: Database;
  #queue: Waiting[] = [];
  #busy = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the photo is kept. @throws StorageError when the storage is full */
  put(record: PhotoRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ record, resolve, reject });
      if (!this.#busy) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#busy = true;
    while (this.#queue.length) {
      const group = this.#queue;
      this.#queue = [];
      try {
        await putPhotos(
          this.#database,
          group.map(({ record }) => record),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#busy = false;
  }
}
