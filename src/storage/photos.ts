/** Photos and their thumbnails, under the hash of the photo's bytes. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { Database, KeptFile } from "./database.ts";
import { StorageError } from "./errors.ts";
import { writing } from "./transactions.ts";

/** SHA-256 in lower-case hexadecimal. */
export async function hashBytes(bytes: BufferSource): Promise<PhotoId> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes from which on a file is kept beside the database. */
const LARGE = 2 ** 18;

export async function hasPhoto(database: Database, id: PhotoId): Promise<boolean> {
  return (await database.count("photos", id)) > 0;
}

export interface PhotoRecord {
  readonly id: PhotoId;
  readonly photo: Blob;
  readonly thumbnail: Blob;
}

/** Keeps all or none. @throws StorageError when the storage is full */
export async function putPhotos(database: Database, records: readonly PhotoRecord[]): Promise<void> {
  const files = await Promise.all(
    records.map(async ({ id, photo, thumbnail }) => ({
      id,
      photo: await pack(photo),
      thumbnail: await pack(thumbnail),
    })),
  );
  const transaction = database.transaction(["photos", "thumbnails"], "readwrite", { durability: "relaxed" });
  return writing(transaction, function* () {
    for (const { id, photo, thumbnail } of files) {
      yield transaction.objectStore("photos").put(photo, id);
      yield transaction.objectStore("thumbnails").put(thumbnail, id);
    }
  });
}

/** @throws StorageError when it is gone */
export async function getPhoto(database: Database, id: PhotoId): Promise<Blob> {
  return unpack((await database.get("photos", id)) ?? gone(id));
}

/** In the order asked for; null where there is none. */
export async function getThumbnails(database: Database, ids: readonly PhotoId[]): Promise<(Blob | null)[]> {
  const { store } = database.transaction("thumbnails");
  return Promise.all(
    ids.map(async (id) => {
      const file = await store.get(id);
      return file ? unpack(file) : null;
    }),
  );
}

async function pack(file: Blob): Promise<KeptFile> {
  return file.size > LARGE ? file : { bytes: await file.arrayBuffer(), type: file.type };
}

function unpack(file: KeptFile): Blob {
  return file instanceof Blob ? file : new Blob([file.bytes], { type: file.type });
}

function gone(id: PhotoId): never {
  throw new StorageError({ code: "storage/photo-gone", photo: id.slice(0, 8) });
}
