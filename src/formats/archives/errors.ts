import type { ForeignArchive } from "./kind.ts";

/** What can be wrong with a zip as a whole. `file` is its name. */
export type ZipFault =
  | { readonly code: "zip/not-a-zip"; readonly file: string }
  | { readonly code: "zip/cut-short"; readonly file: string }
  | { readonly code: "zip/damaged-directory"; readonly file: string }
  | { readonly code: "zip/overlap"; readonly file: string; readonly entry: string }
  | { readonly code: "zip/too-many-files"; readonly file: string; readonly files: number; readonly most: number }
  /** Bytes, unpacked. */
  | { readonly code: "zip/too-large"; readonly file: string; readonly bytes: number; readonly most: number }
  | { readonly code: "zip/too-many-to-write"; readonly most: number }
  | {
      readonly code: "zip/description-too-large";
      readonly entry: string;
      readonly bytes: number;
      readonly most: number;
    }
  | ZipEntryFault;

/** What can be wrong with one of a zip's entries, while the others can be read. */
export type ZipEntryFault =
  | { readonly code: "zip/entry-name"; readonly file: string; readonly entry: string }
  | { readonly code: "zip/entry-outside"; readonly file: string; readonly entry: string }
  | { readonly code: "zip/entry-encrypted"; readonly file: string; readonly entry: string }
  | { readonly code: "zip/entry-method"; readonly file: string; readonly entry: string; readonly method: number }
  | { readonly code: "zip/entry-too-large"; readonly file: string; readonly entry: string; readonly bytes: number }
  | { readonly code: "zip/entry-cut-short"; readonly file: string; readonly entry: string }
  | { readonly code: "zip/entry-damaged"; readonly file: string; readonly entry: string }
  | { readonly code: "zip/entry-size"; readonly file: string; readonly entry: string }
  /** Its bytes are not those that its CRC-32 was made of. */
  | { readonly code: "zip/entry-changed"; readonly file: string; readonly entry: string };

/** What can be wrong with a tar, compressed or not, or with an archive of another kind. `file` is its name. */
export type TarFault =
  | { readonly code: "tar/damaged"; readonly file: string }
  /** Bytes, unpacked. */
  | { readonly code: "tar/too-large"; readonly file: string; readonly most: number }
  | { readonly code: "tar/too-many-files"; readonly file: string; readonly most: number }
  /** A gzip that holds something else than a tar. */
  | { readonly code: "archive/gzip-of-one-file" }
  | { readonly code: "archive/not-opened"; readonly kind: ForeignArchive }
  | TarEntryFault;

/** What can be wrong with one of a tar's entries, while the others can be read. */
export type TarEntryFault =
  | { readonly code: "tar/entry-outside"; readonly file: string; readonly entry: string }
  | { readonly code: "tar/entry-too-large"; readonly file: string; readonly entry: string; readonly bytes: number }
  | { readonly code: "tar/entry-cut-short"; readonly file: string; readonly entry: string };
