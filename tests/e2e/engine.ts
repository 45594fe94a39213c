/** The page's engine, among its workers. Decoders and WebAssembly's threads are workers too; a sleeping thread answers nobody. */
import type { Page, Worker } from "playwright";

export function isEngine(worker: Worker): boolean {
  return /\/worker-[^/]*\.js$/.test(worker.url());
}

export function engineOf(page: Page): Worker {
  const worker = page.workers().find(isEngine);
  if (!worker) throw new Error("The page has no engine");
  return worker;
}
