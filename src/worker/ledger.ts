/** Counts what was looked at, for the page. */

export interface Counted<Photo> {
  /** Since the last event. */
  readonly photos: readonly Photo[];
  /** Files looked at, of `total` known so far. */
  readonly done: number;
  readonly total: number;
}

/** The page is told at most this often, so that it is not redrawn too often. */
const TELL_EVERY_MS = 150;

/** Tells the page in batches; the last one is told by `tell`. */
export function createLedger<Photo>(onEvent: (progress: Counted<Photo>) => void) {
  let photos: Photo[] = [];
  let [done, total] = [0, 0];
  let toldAt = performance.now();
  const tell = () => {
    onEvent({ photos, done, total });
    photos = [];
    toldAt = performance.now();
  };
  return {
    tell,
    expect(files: number) {
      total += files;
    },
    /** A file has been looked at. @param ready photos to tell, if any */
    done(...ready: readonly Photo[]) {
      done += 1;
      photos.push(...ready);
      if (performance.now() - toldAt >= TELL_EVERY_MS) tell();
    },
  };
}
