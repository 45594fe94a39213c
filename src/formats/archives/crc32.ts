/** CRC-32 as zips have it (ISO 3309; polynomial 0xedb88320, reflected), eight bytes at a time. */

const SLICES = 8;

/** Slice k, byte b: what the register becomes when b is followed by k zero bytes (Kounavis and Berry 2005, “slicing-by-8”). */
const TABLE = makeTable();

/** @param before of the bytes so far, for what comes in pieces @returns 0..2³² − 1 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let register = ~before;
  let at = 0;
  if (bytes.length >= SLICES) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const end = bytes.length - (bytes.length % SLICES); at < end; at += SLICES) {
      const low = register ^ view.getInt32(at, true);
      const high = view.getInt32(at + 4, true);
      register =
        entry(7, low & 255) ^
        entry(6, (low >>> 8) & 255) ^
        entry(5, (low >>> 16) & 255) ^
        entry(4, low >>> 24) ^
        entry(3, high & 255) ^
        entry(2, (high >>> 8) & 255) ^
        entry(1, (high >>> 16) & 255) ^
        entry(0, high >>> 24);
    }
  }
  for (; at < bytes.length; at++) register = entry(0, (register ^ (bytes[at] ?? 0)) & 255) ^ (register >>> 8);
  return ~register >>> 0;
}

function entry(slice: number, byte: number): number {
  return TABLE[slice * 256 + byte] ?? 0;
}

function makeTable(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let register = byte;
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? 0xedb88320 ^ (register >>> 1) : register >>> 1;
    table[byte] = register;
  }
  for (let at = 256; at < table.length; at++) {
    const shorter = table[at - 256] ?? 0;
    table[at] = (table[shorter & 255] ?? 0) ^ (shorter >>> 8);
  }
  return table;
}
