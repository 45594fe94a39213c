/** One recording of a camera: photos that are taken in one go. */

export interface Filming<Frame> {
  /** The frame of this moment; null while there is none. */
  next(): Promise<Frame | null>;
  /** @param number of the photo in its recording, from 1 */
  keep(frame: Frame, number: number): Promise<void>;
  isOver(): boolean;
}

const PHOTO_EVERY_MS = 100;
/** Moments without a picture after which a recording that is over takes none. */
const MOST_WAITS = 20;

/**
 * The first photo at once, then one every tenth of a second until it is over, fewer on a slow machine. One that is over at
 * once still takes a photo. Rejects as `next` and `keep` do.
 *
 * @param pause until the next photo is due
 * @returns how many it has taken
 */
export async function record<Frame>(
  { next, keep, isOver }: Filming<Frame>,
  pause: () => Promise<void> = createPace(),
): Promise<number> {
  let taken = 0;
  let waits = 0;
  do {
    const frame = await next();
    if (frame === null) waits += 1;
    else {
      taken += 1;
      await keep(frame, taken);
    }
    await pause();
  } while (!isOver() || (taken === 0 && waits < MOST_WAITS));
  return taken;
}

/** Waits for the rest of each tenth of a second. */
function createPace(): () => Promise<void> {
  let due = performance.now();
  return () => {
    due = Math.max(due + PHOTO_EVERY_MS, performance.now());
    return new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  };
}
