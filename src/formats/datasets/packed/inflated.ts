import { FormatError } from "../../errors.ts";

/** Pieces that are handed to the browser, which keeps large ones on the disk. */
const PIECE_BYTES = 16 * 2 ** 20;
/** Deflate cannot do better than about 1032 : 1. */
const MAX_RATIO = 1100;
const MOST_BYTES = 2 ** 31;

/**
 * What zlib has packed (RFC 1950).
 * @param file its name, for messages
 * @throws FormatError when it is damaged or would fill the machine
 */
export async function inflated(blob: Blob, file: string): Promise<Blob> {
  const most = Math.min(MOST_BYTES, blob.size * MAX_RATIO);
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let [held, total] = [0, 0];
  const reader = blob.stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      total += part.value.byteLength;
      if (total > most) break;
      chunks.push(part.value as Uint8Array<ArrayBuffer>);
      held += part.value.byteLength;
      if (held < PIECE_BYTES) continue;
      pieces.push(new Blob(chunks));
      [chunks, held] = [[], 0];
    }
  } catch {
    throw new FormatError({ code: "packed/damaged", file });
  }
  if (total > most) {
    await reader.cancel().catch(() => undefined);
    throw new FormatError({ code: "packed/damaged", file });
  }
  return new Blob([...pieces, ...chunks]);
}
