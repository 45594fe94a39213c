/** Small numbers of files in a zip in memory: what goes into another file, or is one to a program. */
import { joined } from "../joined.ts";
import { crc32 } from "./crc32.ts";
import { directoryRecord, dosTime, endRecords, localHeader, type WrittenFile } from "./zip-records.ts";

/** Files as they are, uncompressed. Their parts are copied once. @param files each in parts, one after the other */
export function zipAtOnce(
  files: readonly { readonly path: string; readonly parts: readonly Uint8Array[] }[],
): Uint8Array {
  const now = dosTime(new Date());
  const all: Uint8Array[] = [];
  const written: WrittenFile[] = [];
  let place = 0;
  for (const { path, parts } of files) {
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    const crc = parts.reduce((before, part) => crc32(part, before), 0);
    const file = { name: new TextEncoder().encode(path), size, crc, place };
    const header = localHeader(file, now);
    written.push(file);
    all.push(header, ...parts);
    place += header.length + size;
  }
  const directory = written.map((file) => directoryRecord(file, now));
  const end = directory.reduce((sum, { length }) => sum + length, place);
  return joined([...all, ...directory, endRecords(written.length, place, end)]);
}
