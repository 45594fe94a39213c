/**
 * Holds a lock of the worker's own name for as long as the worker lives, and says so once. Whoever waits for that lock
 * learns of the worker's end, even of one that the browser tells nobody about.
 */

/** Said by the worker once it holds its lock. */
export const ALIVE = "alive";

export function startPulse(): void {
  void navigator.locks.request(self.name, () => {
    postMessage(ALIVE);
    return new Promise(() => undefined);
  });
}
