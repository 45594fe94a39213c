/** Zip archives of any size, written as a stream; with zip64 records where 32 bits are too few (APPNOTE 4.3.14, 4.5.3). */
import { makeZip } from "client-zip";
import { FormatError } from "../errors.ts";

export interface ZipFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The end record counts files in 16 bits, of which the last number means “see zip64”. */
const MOST_FILES = 0xffff - 1;

/**
 * Files, as they are and uncompressed, in one zip. Each is asked for when the one before it is written, so that one is held
 * at a time.
 *
 * @returns a stream that fails as `files` does, and with a FormatError when there are too many
 */
export function streamZip(files: AsyncIterable<ZipFile>): ReadableStream<Uint8Array> {
  return makeZip(inputs(files));
}

async function* inputs(files: AsyncIterable<ZipFile>) {
  let count = 0;
  for await (const { path, bytes } of files) {
    count += 1;
    if (count > MOST_FILES) {
      throw new FormatError({ code: "zip/too-many-to-write", most: MOST_FILES });
    }
    yield { name: path, input: bytes as Uint8Array<ArrayBuffer> };
  }
}
