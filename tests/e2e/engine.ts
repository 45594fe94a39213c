/** The page's engine, and the worker that stores, among its workers. Decoders and WebAssembly's threads are workers too; a sleeping thread answers nobody. */
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

/** The worker that stores what a person made. */
export function storingOf(page: Page): Worker {
  const worker = page.workers().findLast((each) => /\/storing-[^/]*\.js$/.test(each.url()));
  if (!worker) throw new Error("The page has no worker that stores");
  return worker;
}

/** Lets the engine hang, as on a model that never ends: it answers nobody any more. */
export function hangEngine(page: Page): void {
  void engineOf(page)
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
}

/** Ends the page's engine without an error event, as when the browser ends it. */
export function endEngine(page: Page): Promise<void> {
  return endWorker(engineOf(page));
}

export async function endWorker(worker: Worker): Promise<void> {
  const ended = new Promise((resolve) => worker.once("close", resolve));
  // What it answers may never come.
  void worker.evaluate(() => self.close()).catch(() => undefined);
  await ended;
}
