/** What kind of archive a file is, by what it begins with. */

/** Archives that are opened. */
export type OpenedArchive = "zip" | "tar" | "gzip";
/** Archives that are recognised and not opened: no reader for them is small enough. */
export type ForeignArchive = "7z" | "rar" | "xz" | "bzip2" | "zstd";

/** Bytes that tell: tar has its mark behind a first name. */
export const TELLING_BYTES = 512;

const BEGINNINGS: readonly (readonly [string, OpenedArchive | ForeignArchive])[] = [
  ["PK\x03\x04", "zip"],
  ["\x1f\x8b\x08", "gzip"],
  ["7z\xbc\xaf\x27\x1c", "7z"],
  ["Rar!\x1a\x07", "rar"],
  ["\xfd7zXZ\0", "xz"],
  ["BZh", "bzip2"],
  ["\x28\xb5\x2f\xfd", "zstd"],
];

/** As many bytes of a file as tell its kind, or all of them. */
export async function beginningOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, TELLING_BYTES).arrayBuffer());
}

/** null when it is no archive that is known here. @param beginning of 512 bytes, or the whole file */
export function archiveKind(beginning: Uint8Array): OpenedArchive | ForeignArchive | null {
  const text = Array.from(beginning.subarray(0, 8), (byte) => String.fromCharCode(byte)).join("");
  const known = BEGINNINGS.find(([start]) => text.startsWith(start));
  return known ? known[1] : isTarHeader(beginning) ? "tar" : null;
}

/** Whether 512 bytes are a tar's header: their sum is written among them, its own place counted as blanks (POSIX.1-2017, pax). */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < 512 || block[0] === 0) return false;
  const written = Number.parseInt(
    Array.from(block.subarray(148, 156), (byte) => String.fromCharCode(byte))
      .join("")
      .replace(/\0.*$/, "")
      .trim(),
    8,
  );
  let sum = 0;
  for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
  return sum === written;
}
