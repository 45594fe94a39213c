import type { FileProgress } from "./protocol/files.ts";

/** The page is told at most this often, in milliseconds. */
const TELL_EVERY_MS = 150;

/** Counts photos and tells the page, not too often. */
export function createTeller(total: number, onEvent: (progress: FileProgress) => void): () => void {
  let done = 0;
  let toldAt = performance.now();
  onEvent({ done, total });
  return () => {
    done += 1;
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    onEvent({ done, total });
  };
}
