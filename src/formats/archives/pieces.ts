/** Bytes that come one after another, put together without ever being in memory as a whole. */

/** Handed to the browser, which keeps large ones on the disk. */
const PIECE_BYTES = 16 * 2 ** 20;

export interface Pieces {
  add(bytes: Uint8Array): void;
  /** All that was added. Nothing may be added behind it. */
  whole(): Blob;
}

export function createPieces(): Pieces {
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  const set = () => {
    if (held > 0) pieces.push(new Blob(chunks));
    chunks = [];
    held = 0;
  };
  return {
    add(bytes) {
      chunks.push(bytes as Uint8Array<ArrayBuffer>);
      held += bytes.byteLength;
      if (held >= PIECE_BYTES) set();
    },
    whole() {
      set();
      return pieces.length === 1 && pieces[0] ? pieces[0] : new Blob(pieces);
    },
  };
}
