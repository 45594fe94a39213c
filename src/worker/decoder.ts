/** A decoder's entry: reads, checks and decodes photos on a thread of its own, while the engine computes. */
import { expose, transfer } from "comlink";
import type { PhotoId } from "../dataset/dataset.ts";
import type { Preprocessing } from "../network/model.ts";
import { type Database, databaseOpener } from "../storage/database.ts";
import { keepPhoto, readViews } from "./photo-work.ts";
import { PhotoWriter } from "./photo-writer.ts";

interface Store {
  readonly database: Database;
  readonly writer: PhotoWriter;
}

const openDatabase = databaseOpener();
let kept: Store | null = null;
async function store(): Promise<Store> {
  const database = await openDatabase();
  if (kept?.database !== database) kept = { database, writer: new PhotoWriter(database) };
  return kept;
}

const decoder = {
  async keep(blob: Blob) {
    const { database, writer } = await store();
    return keepPhoto(database, writer, blob);
  },
  async read(photo: PhotoId, views: readonly number[], preprocessing: Preprocessing) {
    const result = await readViews((await store()).database, photo, views, preprocessing);
    // The views of one photo may share their pixels.
    const buffers = result.ok ? [...new Set(result.value.map(({ buffer }) => buffer))] : [];
    return transfer(result, buffers);
  },
};
export type Decoder = typeof decoder;

expose(decoder);
