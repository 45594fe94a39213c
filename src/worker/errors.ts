import { CodedError, faultOf } from "../errors/coded-error.ts";
import type { DataFileKind } from "../formats/datasets/data-files.ts";
import { FormatError } from "../formats/errors.ts";
import type { WorkerFault } from "./protocol/faults.ts";

/** Why a file that was given to the app is not taken; the sentences call the file “it”. */
export type IntakeFault =
  | { readonly code: "file/unreadable" }
  | { readonly code: "file/is-a-project" }
  /** An archive that lies too deep in another. */
  | { readonly code: "file/zip-in-zip"; readonly outer: string }
  /** A data set in one file, which is not read. */
  | { readonly code: "file/data-set"; readonly kind: DataFileKind }
  | { readonly code: "file/too-many-folders"; readonly most: number }
  /** The bytes are not those that were saved. */
  | { readonly code: "photo/changed" }
  | { readonly code: "photo/too-slow"; readonly seconds: number }
  /** @property message the browser's, empty when it gives none */
  | { readonly code: "photo/breaks-decoder"; readonly message: string }
  | { readonly code: "decoder/ended"; readonly message: string };

/** Why a model could not be fetched. `host` and `address` are those that were asked. */
export type DownloadFault =
  | { readonly code: "download/no-address"; readonly address: string }
  /** @property sources the addresses below which models may be fetched */
  | { readonly code: "download/not-allowed"; readonly address: string; readonly sources: readonly string[] }
  | { readonly code: "download/unreachable"; readonly host: string }
  /** @property status HTTP's @property path asked for on the host */
  | { readonly code: "download/refused"; readonly host: string; readonly status: number; readonly path: string }
  | { readonly code: "download/too-large"; readonly host: string; readonly most: number }
  | { readonly code: "download/not-a-model"; readonly address: string }
  | { readonly code: "download/other-host"; readonly address: string; readonly host: string; readonly path: string };

/** What is wrong with a model that should be read, kept on this machine, or come with the app. */
export type KeptModelFault =
  /** Since its reader last said how far it is. */
  | { readonly code: "model/too-slow"; readonly seconds: number }
  /** @property message the browser's, empty when it gives none */
  | { readonly code: "model/reader-ended"; readonly message: string }
  | { readonly code: "base-model/gone" }
  | { readonly code: "base-model/not-in-catalogue"; readonly id: string }
  | { readonly code: "base-model/incomplete"; readonly file: string }
  /** @property side of the photos, in pixels */
  | { readonly code: "base-model/photo-size"; readonly name: string; readonly side: number }
  | { readonly code: "classifier/gone" }
  /** Some of its weights are no numbers. */
  | { readonly code: "classifier/damaged"; readonly name: string }
  | { readonly code: "classifier/none" };

/** Why an export is not offered. */
type ExportFault =
  /** Read back, it says something else. @property difference largest one of probabilities, or NaN */
  | { readonly code: "export/differs"; readonly fileName: string; readonly difference: number }
  | { readonly code: "export/no-classifier"; readonly fileName: string }
  /** A photo that should lie in it cannot be read. */
  | { readonly code: "export/sample" };

export type DoorFault =
  | ExportFault
  /** The browser gives the worker no canvas to draw on. */
  | { readonly code: "samples/not-drawn" }
  | { readonly code: "run/no-classifier" }
  /** The network has no feature map before its classes. */
  | { readonly code: "explain/no-map" }
  /** It is to be trained further on another base model than its own. */
  | { readonly code: "run/other-base" }
  /** The worker is gone, and so is what it was asked. @property reason the browser's, empty when it gives none */
  | { readonly code: "worker/ended"; readonly reason: string }
  /** It no longer answered, and was ended. */
  | { readonly code: "worker/silent" }
  /** The same as `worker/ended`, of the worker that stores. */
  | { readonly code: "storing/ended"; readonly reason: string };

/** An error that is none of the app's own. @property message the browser's or a library's */
export type UnexpectedFault = { readonly code: "worker/unexpected"; readonly message: string };

/** Something that was asked of the worker and cannot be. */
export class WorkerError extends CodedError<IntakeFault | DownloadFault | KeptModelFault | DoorFault> {
  override readonly name = "WorkerError";
}

/** What went wrong, as plain data that the page has words for. */
export function faultIn(error: unknown): WorkerFault {
  const fault = faultOf(error) as WorkerFault | null;
  return fault ?? { code: "worker/unexpected", message: error instanceof Error ? error.message : String(error) };
}

/** Why a file could not be taken. @throws the error itself when it is not about the file */
export function reasonOf(error: unknown): WorkerFault {
  if (error instanceof FormatError || error instanceof WorkerError) return error.fault;
  // A file or zip may be gone or locked by the time it is read.
  if (error instanceof DOMException) return { code: "file/unreadable" };
  throw error;
}
