/** Makes work last long enough to be watched. */
import type { Page } from "playwright";

/** From now on, each blob that the app's workers read takes so long, in milliseconds; 0 for as fast as it is. */
export async function slowDown(page: Page, ms: number): Promise<void> {
  const slow = (wait: number) => {
    const scope = self as typeof self & { readBlob?: Blob["arrayBuffer"] };
    scope.readBlob ??= Blob.prototype.arrayBuffer;
    const read = scope.readBlob;
    Blob.prototype.arrayBuffer = async function () {
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return read.call(this);
    };
  };
  // Threads of WebAssembly sleep until there is work for them, and answer nothing until then.
  const reading = page.workers().filter((worker) => worker.url().startsWith("http"));
  await Promise.all(reading.map((worker) => worker.evaluate(slow, ms)));
}
