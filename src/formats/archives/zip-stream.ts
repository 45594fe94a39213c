/** Zip archives of any size, written as a stream; with zip64 records where 16 or 32 bits are too few (PKWARE APPNOTE 6.3.10). */
import { FormatError } from "../errors.ts";
import { fields } from "../fields.ts";
import { crc32 } from "./crc32.ts";
import { MAX_ENTRIES } from "./zip-directory.ts";
import { directoryRecord, dosTime, endRecords, localHeader, type WrittenFile } from "./zip-records.ts";

export interface ZipFile {
  /** With `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Files, as they are and uncompressed, in one zip. Each is asked for when the one before it is written, so that one is held
 * at a time; of those before, no more than their names and places are.
 *
 * @returns a stream that fails as `files` does, and with a FormatError when there are more than a reader here takes
 */
export function streamZip(files: AsyncIterable<ZipFile>): ReadableStream<Uint8Array> {
  const parts = zipParts(files);
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* zipParts(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array, undefined, undefined> {
  const now = dosTime(new Date());
  const written: WrittenFile[] = [];
  let place = 0;
  for await (const { path, bytes } of files) {
    if (written.length === MAX_ENTRIES) throw new FormatError({ code: "zip/too-many-to-write", most: MAX_ENTRIES });
    const file = { name: new TextEncoder().encode(path), size: bytes.length, crc: crc32(bytes), place };
    written.push(file);
    const header = localHeader(file, now);
    yield header;
    if (bytes.length) yield bytes;
    place += header.length + bytes.length;
  }
  const start = place;
  for (let at = 0; at < written.length; at += RECORDS_AT_ONCE) {
    const records = fields(...written.slice(at, at + RECORDS_AT_ONCE).map((file) => directoryRecord(file, now)));
    yield records;
    place += records.length;
  }
  yield endRecords(written.length, start, place);
}

/**
 * A small zip of files as they are, that stands behind other bytes of the same file.
 * @param place how many those are: places are counted from the whole file's beginning, as readers of such files expect
 */
export function storedZip(files: readonly ZipFile[], place: number): Uint8Array {
  const now = dosTime(new Date());
  let end = place;
  const written = files.map(({ path, bytes }) => {
    const file = { name: new TextEncoder().encode(path), size: bytes.length, crc: crc32(bytes), place: end };
    const header = localHeader(file, now);
    end += header.length + bytes.length;
    return { file, parts: [header, bytes] };
  });
  const records = written.map(({ file }) => directoryRecord(file, now));
  const directoryEnd = records.reduce((sum, { length }) => sum + length, end);
  return fields(...written.flatMap(({ parts }) => parts), ...records, endRecords(files.length, end, directoryEnd));
}

/** Of the directory, written together. */
const RECORDS_AT_ONCE = 1000;
