import type { TarEntryFault, ZipEntryFault } from "./errors.ts";

/** What goes on while something large is unpacked. */
export interface Watch {
  /** Ends it with an `AbortError`. */
  readonly signal: AbortSignal;
  /** @param bytes read since it was called last, as they are packed */
  onRead(bytes: number): void;
}

/** A file in an archive of any kind. */
export interface ArchiveEntry {
  /** With `/` between folders. Where there is no problem, no folder is `..` and it is not absolute. */
  readonly path: string;
  /** Bytes, as the archive declares them. */
  readonly size: number;
  /** Why it cannot be read, as far as that is known before; null when nothing is known to be wrong. */
  readonly problem: ZipEntryFault | TarEntryFault | null;
  /** The entry's contents. @throws FormatError with the problem, or when they are damaged */
  blob(watch?: Watch): Promise<Blob>;
}

/** Whether a path would leave the folder that an archive is unpacked into. */
export function leadsOutside(path: string): boolean {
  return path.startsWith("/") || /^[a-z]:/i.test(path) || path.split("/").includes("..");
}
