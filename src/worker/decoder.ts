/** A decoder's entry: reads, checks and decodes photos on a thread of its own, while the engine computes. */
import { expose, transfer } from "comlink";
import type { PhotoId } from "../dataset/dataset.ts";
import type { Preprocessing } from "../network/model.ts";
import { type Database, databaseOpener } from "../storage/database.ts";
import type { InTurn } from "./converting.ts";
import { Lane } from "./lane.ts";
import { keepPhoto, readFile, readPicture, readViews } from "./photo-work.ts";
import { PhotoWriter } from "./photo-writer.ts";
import { registerTransferHandlers } from "./transfer.ts";
import type { DecodingNews } from "./watched-decoder.ts";

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

const lane = new Lane();
/** While a photo waits for another, its time does not run. */
function inTurnFor(job: number): InTurn {
  return (task) => {
    tell({ job, decoding: false });
    return lane.run(() => {
      tell({ job, decoding: true });
      return task();
    });
  };
}

const decoder = {
  async keep(blob: Blob, pixelsFor: Preprocessing | null, job: number) {
    const { database, writer } = await store();
    tell({ job, decoding: true });
    const put: PhotoWriter["put"] = (record) => {
      tell({ job, decoding: false });
      return writer.put(record);
    };
    const result = await keepPhoto(database, { put }, blob, pixelsFor, inTurnFor(job));
    return result.ok && result.value.pixels ? transfer(result, [result.value.pixels.buffer]) : result;
  },
  async read(photo: PhotoId, views: readonly number[], preprocessing: Preprocessing, job: number) {
    const { database } = await store();
    tell({ job, decoding: true });
    const result = await readViews(database, photo, views, preprocessing);
    // The views of one photo may share their pixels.
    const buffers = result.ok ? [...new Set(result.value.map(({ buffer }) => buffer))] : [];
    return transfer(result, buffers);
  },
  async picture(photo: PhotoId, job: number) {
    const { database } = await store();
    tell({ job, decoding: true });
    return readPicture(database, photo);
  },
  async readFile(blob: Blob, preprocessing: Preprocessing, job: number) {
    tell({ job, decoding: true });
    const result = await readFile(blob, preprocessing, inTurnFor(job));
    return result.ok ? transfer(result, [result.value.pixels.buffer]) : result;
  },
};
export type Decoder = typeof decoder;

function tell(news: DecodingNews): void {
  postMessage(news);
}

// A full storage is known by its fault on the other side.
registerTransferHandlers();
expose(decoder);
