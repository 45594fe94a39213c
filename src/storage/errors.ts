import { CodedError } from "../errors/coded-error.ts";

export type StorageFault =
  /** The browser keeps nothing here, as in some private windows. */
  | { readonly code: "storage/refused"; readonly reason: string }
  /** A newer Headstart has changed what is kept. */
  | { readonly code: "storage/newer-version" }
  | { readonly code: "storage/full" }
  /** There is no room for a file that is put together on disk. */
  | { readonly code: "storage/no-room-for-file" }
  /** The browser broke a write off. */
  | { readonly code: "storage/broken-off"; readonly reason: string }
  | { readonly code: "storage/photo-gone"; readonly photo: string }
  | { readonly code: "storage/classifier-incomplete"; readonly name: string }
  | { readonly code: "project/gone" }
  /** A part that the rest builds on is missing. */
  | { readonly code: "project/part-missing" }
  | { readonly code: "run/gone" }
  /** Nothing was written: another tab has opened the project since, or this tab has another one open, or none. */
  | { readonly code: "project/taken"; readonly by: "another-tab" | "another-project" | "nobody" };

/** Storage that is refused, full or gone. */
export class StorageError extends CodedError<StorageFault> {
  override readonly name = "StorageError";
}
