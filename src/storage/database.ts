/** The browser's database: what is in it, and how it is opened. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PhotoId, Sample } from "../dataset/dataset.ts";
import type { BaseModel, BaseModelCard, Classifier } from "../network/model.ts";
import type { ProjectId, ProjectSummary } from "../project/project.ts";
import type { Run, RunId } from "../project/run.ts";
import type { ContentId, KeptClassifier } from "./contents.ts";
import type { BlockKey, BlockRows } from "./embeddings.ts";
import { StorageError } from "./errors.ts";
import type { Deletable, SavedClassifier } from "./models.ts";
import type { InUse, StateRecord } from "./project-records.ts";
import type { KeptRunDetails } from "./run-records.ts";
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
  baseModelCards: { key: string; value: BaseModelCard & Deletable };
  baseModelNetworks: { key: string; value: BaseModel["network"] };
  /** Summaries apart from classifiers, for the same reason. */
  classifierSummaries: { key: string; value: SavedClassifier & Deletable };
  classifiers: { key: string; value: Classifier };
  /** Summaries apart from what is in the projects, once more. */
  projects: { key: ProjectId; value: ProjectSummary };
  projectStates: { key: ProjectId; value: StateRecord };
  /** A project's samples in chunks, each under the photo that it begins with. */
  projectSamples: { key: [ProjectId, PhotoId]; value: readonly Sample[] };
  /** The classifier in use in each project. */
  projectClassifiers: { key: ProjectId; value: InUse };
  /** Runs apart from their photos and classifiers, so that the list of runs does not read them. */
  runs: { key: [ProjectId, RunId]; value: Run };
  runDetails: { key: [ProjectId, RunId]; value: KeptRunDetails };
  runClassifiers: { key: [ProjectId, RunId]; value: KeptClassifier };
  /** Large arrays that the records above share. */
  contents: { key: ContentId; value: ArrayBuffer };
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
      throw new StorageError({ code: "storage/newer-version" });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageError({ code: "storage/refused", reason });
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
