/** Unpacks gzip by the browser's own means, piece by piece, so that what is unpacked is never in memory as a whole. */
import { FormatError } from "../errors.ts";

/** Pieces that are handed to the browser, which keeps large ones on the disk. */
const PIECE_BYTES = 16 * 2 ** 20;
const MAX_UNPACKED_BYTES = 16e9;
/** Photos hardly shrink. What is small may be as hollow as it likes. */
const MAX_RATIO = 100;
const ALWAYS_ALLOWED = 256 * 2 ** 20;

/** The first bytes of what a gzip holds; fewer when it holds fewer or is damaged. */
export async function beginningOfGzip(blob: Blob, bytes: number): Promise<Uint8Array> {
  const reader = unpack(blob).getReader();
  const found: number[] = [];
  try {
    while (found.length < bytes) {
      const { value, done } = await reader.read();
      if (done) break;
      found.push(...value.subarray(0, bytes - found.length));
    }
  } catch {
    // What came before the damage tells enough.
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return Uint8Array.from(found);
}

/**
 * What a gzip holds. Where it is cut short or damaged, what comes before that.
 * @param name its file name, for messages
 * @throws FormatError when it would fill the machine
 */
export async function gunzip(blob: Blob, name: string): Promise<Blob> {
  const most = Math.min(MAX_UNPACKED_BYTES, Math.max(ALWAYS_ALLOWED, blob.size * MAX_RATIO));
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  let total = 0;
  const set = () => {
    pieces.push(new Blob(chunks));
    chunks = [];
    held = 0;
  };
  const reader = unpack(blob).getReader();
  for (;;) {
    const part = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
    if (part.done) break;
    total += part.value.byteLength;
    if (total > most) {
      await reader.cancel().catch(() => undefined);
      throw new FormatError({ code: "tar/too-large", file: name, most });
    }
    chunks.push(part.value as Uint8Array<ArrayBuffer>);
    held += part.value.byteLength;
    if (held >= PIECE_BYTES) set();
  }
  set();
  return new Blob(pieces);
}

function unpack(blob: Blob): ReadableStream<Uint8Array> {
  return blob.stream().pipeThrough(new DecompressionStream("gzip"));
}
