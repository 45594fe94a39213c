/** The browser's database: what is in it, and how it is opened. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PhotoId, Sample } from "../dataset/dataset.ts";
import type { BaseModel, BaseModelCard, Classifier } from "../network/model.ts";
import type { BlockKey, BlockRows } from "./embeddings.ts";
import { StorageError } from "./errors.ts";
import type { ProjectId, ProjectSummary, StateRecord } from "./project-records.ts";
import { upgrade } from "./upgrade.ts";

export interface Schema extends DBSchema {
  /** Original bytes. */
  photos: { key: PhotoId; value: KeptFile };
  thumbnails: { key: PhotoId; value: KeptFile };
  /** Rows of embeddings, see `embeddings.ts`. */
  embeddingBlocks: { key: BlockKey; value: Float32Array };
  /** Which row belongs to what, under the same keys: read first, so that only blocks that are wanted are read. */
  embeddingBlockPhotos: { key: BlockKey; value: BlockRows };
  /** Cards apart from networks, so that listing does not read weights. */
  baseModelCards: { key: string; value: BaseModelCard };
  baseModelNetworks: { key: string; value: BaseModel["network"] };
  /** Summaries apart from classifiers, for the same reason. */
  classifierSummaries: { key: string; value: { id: string; summary: unknown; savedAt: string; bytes: number } };
  classifiers: { key: string; value: Classifier };
  /** Summaries apart from what is in the projects, once more. */
  projects: { key: ProjectId; value: ProjectSummary };
  projectStates: { key: ProjectId; value: StateRecord };
  /** A project's samples in chunks, each under the photo that it begins with. */
  projectSamples: { key: [ProjectId, PhotoId]; value: readonly Sample[] };
  /** The classifier in use in each project. */
  projectClassifiers: { key: ProjectId; value: { classifier: Classifier; summary: unknown } };
}

/** A large file as a blob, which the browser keeps beside the database; a small one in it, which is several times faster. */
export type KeptFile = Blob | { readonly bytes: ArrayBuffer; readonly type: string };

export type Database = IDBPDatabase<Schema>;

const DATABASE_VERSION = 3;

/**
 * @param onClosed called when the browser or a newer version in another tab closes it
 * @throws StorageError when the browser keeps nothing (private mode, blocked storage) or has been used by a newer version
 */
export async function openDatabase(name = "headstart", onClosed: () => void = () => undefined): Promise<Database> {
  try {
    return await openDB<Schema>(name, DATABASE_VERSION, {
      upgrade,
      // A newer version in another tab must not wait for this one.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "VersionError") {
      throw new StorageError("A newer Headstart has been used in this browser. Reload this page to get it here too.");
    }
    throw new StorageError(
      `This browser does not let Headstart keep anything (${error instanceof Error ? error.message : error}). Leave private browsing or allow storage for this page.`,
    );
  }
}

/** Gives the database, opened at the first use and again after it was closed or did not open. */
export function databaseOpener(): () => Promise<Database> {
  let opened: Promise<Database> | null = null;
  return () => {
    const forget = () => {
      opened = null;
    };
    if (!opened) {
      opened = openDatabase("headstart", forget);
      opened.catch(forget);
    }
    return opened;
  };
}
