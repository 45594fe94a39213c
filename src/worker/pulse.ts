/**
 * A worker's signs of life. It holds a lock of its own name for as long as it lives, and says so once: whoever waits for that
 * lock learns of its end, even of one that the browser tells nobody about. And it answers whoever asks whether it is there,
 * unless it is at something that lets nobody in.
 */

/** Said by the worker once it holds its lock. */
export const ALIVE = "alive";
export const ARE_YOU_THERE = "ask";
const HERE = "here";

export function startPulse(): void {
  self.addEventListener("message", ({ data }) => {
    if (data === ARE_YOU_THERE) postMessage(HERE);
  });
  void navigator.locks.request(self.name, () => {
    postMessage(ALIVE);
    return new Promise(() => undefined);
  });
}
