/** Samples in chunks, so that a change of a few is kept without writing the others again. */
import type { PhotoId, Sample } from "./dataset.ts";

/** Most samples of one chunk. */
const LONGEST = 500;
/** Hashes are evenly spread, so that a chunk has 256 samples on average. */
const FIRST_OF_A_CHUNK = "00";

/** What turns one list of samples into another. */
export interface SampleChanges {
  /** Samples in the new list. */
  readonly count: number;
  /** The new list's chunks, each named by the photo that it begins with. */
  readonly order: readonly PhotoId[];
  /** Those that the old list does not have just so. */
  readonly chunks: readonly (readonly Sample[])[];
}

/**
 * Compares two lists of samples by identity: a sample that is the same object has not changed.
 *
 * Where a chunk begins is decided by the photos' hashes and not by their places, so that adding or deleting a photo
 * changes the chunk that it is in and leaves the chunks behind it alone.
 */
export function changedChunks(before: readonly Sample[], after: readonly Sample[]): SampleChanges {
  const known = new Map(chunked(before).map((chunk) => [nameOf(chunk), chunk]));
  const chunks = chunked(after);
  return {
    count: after.length,
    order: chunks.map(nameOf),
    chunks: before === after ? [] : chunks.filter((chunk) => !isSame(known.get(nameOf(chunk)), chunk)),
  };
}

/** The photo that a chunk begins with. */
export function nameOf(chunk: readonly Sample[]): PhotoId {
  return chunk[0]?.photo ?? "";
}

function chunked(samples: readonly Sample[]): (readonly Sample[])[] {
  const chunks: Sample[][] = [];
  let chunk: Sample[] = [];
  for (const sample of samples) {
    if (chunk.length === 0 || chunk.length === LONGEST || sample.photo.startsWith(FIRST_OF_A_CHUNK)) {
      chunk = [];
      chunks.push(chunk);
    }
    chunk.push(sample);
  }
  return chunks;
}

function isSame(a: readonly Sample[] | undefined, b: readonly Sample[]): boolean {
  return a?.length === b.length && a.every((sample, at) => sample === b[at]);
}
