/** The browser's database: what is in it, and how it is opened. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PhotoId } from "../dataset/dataset.ts";
import type { BaseModel, BaseModelCard, Classifier } from "../network/model.ts";
import type { Pooling } from "../training/settings.ts";
import { StorageError } from "./errors.ts";

interface Schema extends DBSchema {
  /** Original bytes. */
  photos: { key: PhotoId; value: KeptFile };
  thumbnails: { key: PhotoId; value: KeptFile };
  /** Under [base model's id, pooling, view, photo]. */
  embeddings: { key: [string, Pooling, number, PhotoId]; value: Float32Array };
  /** Cards apart from networks, so that listing does not read weights. */
  baseModelCards: { key: string; value: BaseModelCard };
  baseModelNetworks: { key: string; value: BaseModel["network"] };
  /** Summaries apart from classifiers, for the same reason. */
  classifierSummaries: { key: string; value: { id: string; summary: unknown; savedAt: string; bytes: number } };
  classifiers: { key: string; value: Classifier };
  project: { key: "current"; value: unknown };
}

/** A large file as a blob, which the browser keeps beside the database; a small one in it, which is several times faster. */
export type KeptFile = Blob | { readonly bytes: ArrayBuffer; readonly type: string };

export type Database = IDBPDatabase<Schema>;

/** @throws StorageError when the browser keeps nothing (private mode, blocked storage) or another tab holds an older version */
export async function openDatabase(name = "headstart"): Promise<Database> {
  try {
    return await openDB<Schema>(name, 1, {
      upgrade(database) {
        const stores = [
          "photos",
          "thumbnails",
          "embeddings",
          "baseModelCards",
          "baseModelNetworks",
          "classifierSummaries",
          "classifiers",
          "project",
        ] as const;
        for (const store of stores) database.createObjectStore(store);
      },
      // A newer version in another tab must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch (error) {
    throw new StorageError(
      `This browser does not let Headstart keep anything (${error instanceof Error ? error.message : error}). Leave private browsing or allow storage for this page.`,
    );
  }
}
