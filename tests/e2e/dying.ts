/** Workers that lose their GPU or their life at a moment of training that the test names. */
import type { Page, Worker } from "playwright";
import { isEngine } from "./engine.ts";

export interface Moment {
  /** After the checkpoint of this epoch has been told; or once some photos, but not all, are prepared; or as the other says. */
  readonly after: number | "some-photos" | "the-first-word" | "the-second-fold-began";
  /** How often the worker may let others in before it dies. In fine-tuning it does so between the parts of an epoch. */
  readonly turns?: number;
}

export type Loss = "worker" | "webgl" | "webgpu";

/**
 * From now on the page's worker, and each that follows it, dies at the first of the moments that it comes to and that none
 * before it has died at.
 *
 * @returns how many workers there were, the first included
 */
export async function dieAt(page: Page, loss: Loss, moments: readonly Moment[]): Promise<{ count(): number }> {
  const left = [...moments];
  let count = 0;
  const take = async (worker: Worker) => {
    if (!isEngine(worker)) return;
    count += 1;
    const moment = left.shift();
    await worker.evaluate(prepareToDie, { loss, moment: moment ?? null }).catch(() => undefined);
  };
  page.on("worker", (worker) => void take(worker));
  for (const worker of page.workers()) await take(worker);
  return { count: () => count };
}

/** Runs in the worker: everything it needs is in it. */
function prepareToDie({ loss, moment }: { loss: Loss; moment: Moment | null }): void {
  if (!moment) return;
  // Whenever the GPU was started, it is the one that was used last.
  let loseGpu: () => void = () => undefined;
  if (loss === "webgl") {
    const { drawElements } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawElements = function (...args) {
      loseGpu = () => this.getExtension("WEBGL_lose_context")?.loseContext();
      drawElements.apply(this, args);
    };
  }
  if (loss === "webgpu") {
    const { createCommandEncoder } = GPUDevice.prototype;
    GPUDevice.prototype.createCommandEncoder = function (...args) {
      loseGpu = () => this.destroy();
      return createCommandEncoder.apply(this, args);
    };
  }
  const die = () => (loss === "worker" ? self.close() : loseGpu());
  const isIt = (event: Record<string, unknown>): boolean => {
    if (moment.after === "the-first-word") return true;
    if (moment.after === "the-second-fold-began") return event.kind === "fold" && event.fold === 2;
    if (moment.after === "some-photos") {
      return event.kind === "preparing" && Number(event.done) > 0 && Number(event.done) < Number(event.total);
    }
    return event.kind === "checkpoint" && (event.checkpoint as { epoch: number }).epoch === moment.after;
  };
  let turns: number | null = null;
  const { postMessage } = MessagePort.prototype as { postMessage: (...args: unknown[]) => void };
  MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
    postMessage.apply(this, args);
    const [message] = args as [{ argumentList?: { value?: unknown }[] } | null];
    // A turn is a message of nothing that the worker sends to itself.
    if (message === null && turns !== null && turns > 0) {
      turns -= 1;
      if (turns === 0) die();
    }
    const told = message?.argumentList?.[0]?.value;
    if (turns !== null || typeof told !== "object" || told === null || !("kind" in told)) return;
    if (!isIt(told as Record<string, unknown>)) return;
    turns = moment.turns ?? 0;
    if (turns === 0) die();
  };
}
