/** The page's engine, among its workers. Decoders and WebAssembly's threads are workers too; a sleeping thread answers nobody. */
import type { Page, Worker } from "playwright";

export function isEngine(worker: Worker): boolean {
  return /\/worker-[^/]*\.js$/.test(worker.url());
}

export function engineOf(page: Page): Worker {
  // The last one: one that has ended may still be among them.
  const worker = page.workers().findLast(isEngine);
  if (!worker) throw new Error("The page has no engine");
  return worker;
}

/** Ends the page's engine without an error event, as when the browser ends it. */
export async function endEngine(page: Page): Promise<void> {
  const worker = engineOf(page);
  const ended = new Promise((resolve) => worker.once("close", resolve));
  // What it answers may never come.
  void worker.evaluate(() => self.close()).catch(() => undefined);
  await ended;
}
