/** What strips and tiles of a TIFF are packed with: TIFF 6.0, sections 9 and 13, and Adobe's Deflate (Photoshop notes, 2002). */
import { FormatError } from "../../errors.ts";

/** Numbers of the compressions that are read here. */
export const COMPRESSION = { none: 1, lzw: 5, oldJpeg: 6, jpeg: 7, deflate: 8, packBits: 32_773, oldDeflate: 32_946 };

/**
 * Unpacks a strip or tile. What it holds beyond `length` is not unpacked, so that a file takes no more memory than its
 * picture needs.
 * @param length bytes that are needed
 * @throws FormatError when it holds less, or its packing is not known
 */
export async function unpackBlock(packed: Uint8Array, compression: number, length: number): Promise<Uint8Array> {
  const unpacked = await unpackAtMost(packed, compression, length);
  if (unpacked.length < length) throw new FormatError({ code: "image/cut-short" });
  return unpacked;
}

async function unpackAtMost(packed: Uint8Array, compression: number, length: number): Promise<Uint8Array> {
  switch (compression) {
    case COMPRESSION.none:
      // The values are changed in place where they are differences.
      return packed.slice(0, length);
    case COMPRESSION.lzw:
      return unpackLzw(packed, length);
    case COMPRESSION.packBits:
      return unpackBits(packed, length);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      return inflate(packed, length);
    default:
      throw new FormatError({ code: "image/tiff-variant", variant: "packing" });
  }
}

function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const unpacked = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < packed.length && to < length; ) {
    const count = packed[at++] ?? 0;
    if (count < 128) {
      const literal = packed.subarray(at, at + Math.min(count + 1, length - to));
      unpacked.set(literal, to);
      to += literal.length;
      at += count + 1;
    } else if (count > 128) {
      unpacked.fill(packed[at++] ?? 0, to, to + 257 - count);
      to += 257 - count;
    }
  }
  return unpacked.subarray(0, Math.min(to, length));
}

const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MOST_CODES = 4096;

/** Section 13: codes of 9 to 12 bits, the highest bit first; a code's string is the one of `prefix` and one byte more. */
function unpackLzw(packed: Uint8Array, length: number): Uint8Array {
  const unpacked = new Uint8Array(length);
  const prefix = new Uint16Array(MOST_CODES);
  const last = Uint8Array.from({ length: MOST_CODES }, (_, code) => (code < CLEAR ? code : 0));
  const lengths = new Uint16Array(MOST_CODES).fill(1);
  let [free, width, before, to] = [FIRST_FREE, 9, -1, 0];
  let [bits, held] = [0, 0];
  for (let at = 0; to < length; ) {
    while (held < width && at < packed.length) {
      bits = ((bits << 8) | (packed[at++] ?? 0)) & 0xffffff;
      held += 8;
    }
    if (held < width) break;
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      [free, width, before] = [FIRST_FREE, 9, -1];
      continue;
    }
    if (code > free || (code === free && before < 0)) break;
    // A code that is not there yet is the string before, and its first byte once more.
    const known = code < free ? code : before;
    const size = (lengths[known] ?? 1) + (code < free ? 0 : 1);
    let from = known;
    for (let place = to + (lengths[known] ?? 1) - 1; place >= to; place--) {
      if (place < length) unpacked[place] = last[from] ?? 0;
      from = prefix[from] ?? 0;
    }
    const first = firstOf(known, prefix, last);
    if (code === free && to + size - 1 < length) unpacked[to + size - 1] = first;
    to += size;
    if (before >= 0 && free < MOST_CODES) {
      prefix[free] = before;
      last[free] = first;
      lengths[free] = (lengths[before] ?? 1) + 1;
      free += 1;
      // One code early, as all writers do.
      if (free + 1 >= 1 << width && width < 12) width += 1;
    }
    before = code;
  }
  return unpacked.subarray(0, Math.min(to, length));
}

function firstOf(code: number, prefix: Uint16Array, last: Uint8Array): number {
  let from = code;
  while (from >= FIRST_FREE) from = prefix[from] ?? 0;
  return last[from] ?? 0;
}

/** By the browser's own means, and no further than needed. */
async function inflate(packed: Uint8Array, length: number): Promise<Uint8Array> {
  const unpacked = new Uint8Array(length);
  const source = new Blob([packed as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(new DecompressionStream("deflate")).getReader();
  let to = 0;
  while (to < length) {
    const part = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
    if (part.done) break;
    const some = part.value.subarray(0, length - to);
    unpacked.set(some, to);
    to += some.length;
  }
  await reader.cancel().catch(() => undefined);
  return unpacked.subarray(0, to);
}
