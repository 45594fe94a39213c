/** Unpacks gzip by the browser's own means, piece by piece, so that what is unpacked is never in memory as a whole. */
import { FormatError } from "../errors.ts";
import type { Watch } from "./entry.ts";
import { createPieces } from "./pieces.ts";

const MAX_UNPACKED_BYTES = 16e9;
/** Photos hardly shrink. What is small may be as hollow as it likes. */
const MAX_RATIO = 100;
const ALWAYS_ALLOWED = 256 * 2 ** 20;
/** Packed, that are looked at for the first few unpacked ones. A header with a name and a comment may stand before them. */
const BEGINNING_BYTES = 256 * 2 ** 10;

/** The most bytes that may come out of so many packed ones. */
export function mostUnpacked(packed: number): number {
  return Math.min(MAX_UNPACKED_BYTES, Math.max(ALWAYS_ALLOWED, packed * MAX_RATIO));
}

/** The first bytes of what a gzip holds; fewer when it holds fewer or is damaged. */
export async function beginningOfGzip(blob: Blob, bytes: number): Promise<Uint8Array> {
  const reader = unpack(blob.slice(0, BEGINNING_BYTES)).getReader();
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

/** How a gzip is unpacked. */
interface Unpacking {
  readonly watch?: Watch | undefined;
  /** Bytes that may come out of it. */
  readonly most?: number;
}

/**
 * What a gzip holds. Where it is cut short or damaged, what comes before that.
 * @param name its file name, for messages
 * @throws FormatError when it would fill the machine; an `AbortError`
 */
export async function gunzip(
  blob: Blob,
  name: string,
  { watch, most = mostUnpacked(blob.size) }: Unpacking = {},
): Promise<Blob> {
  const pieces = createPieces();
  let total = 0;
  const reader = unpack(blob, watch).getReader();
  const end = () => reader.cancel().catch(() => undefined);
  for (;;) {
    if (watch?.signal.aborted) {
      await end();
      watch.signal.throwIfAborted();
    }
    const part = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
    if (part.done) break;
    total += part.value.byteLength;
    if (total > most) {
      await end();
      throw new FormatError({ code: "tar/too-large", file: name, most });
    }
    pieces.add(part.value);
  }
  return pieces.whole();
}

function unpack(blob: Blob, watch?: Watch): ReadableStream<Uint8Array> {
  return counted(blob.stream(), watch).pipeThrough(new DecompressionStream("gzip"));
}

/** The same bytes, each piece told on its way. */
export function counted(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  watch: Watch | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (!watch) return stream;
  return stream.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        watch.onRead(piece.byteLength);
        controller.enqueue(piece);
      },
    }),
  );
}
