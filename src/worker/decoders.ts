import { type Remote, releaseProxy, wrap } from "comlink";
import type { Decoder } from "./decoder.ts";

/** More decoders than this wait for the disk and for each other. */
const MOST = 4;

interface Slot {
  readonly remote: Remote<Decoder>;
  /** Rejects when the decoder dies; never resolves. */
  readonly death: Promise<never>;
  waiting: number;
}

/** A few decoders that share the photos. Started at the first use, and anew when one dies. */
export class Decoders {
  readonly count = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency || 1));
  #slots: Slot[] = [];

  /** Gives work to the decoder that has least to do. */
  async run<T>(work: (decoder: Remote<Decoder>) => Promise<T>): Promise<T> {
    const slot = this.#leastBusy();
    slot.waiting += 1;
    try {
      return await Promise.race([work(slot.remote), slot.death]);
    } finally {
      slot.waiting -= 1;
    }
  }

  #leastBusy(): Slot {
    const idle = this.#slots.find(({ waiting }) => waiting === 0);
    if (idle) return idle;
    if (this.#slots.length < this.count) return this.#start();
    return this.#slots.reduce((least, slot) => (slot.waiting < least.waiting ? slot : least));
  }

  #start(): Slot {
    const worker = new Worker(new URL("./decoder.ts", import.meta.url), { type: "module", name: "decoder" });
    const remote = wrap<Decoder>(worker);
    const death = new Promise<never>((_, reject) => {
      worker.addEventListener("error", ({ message }) => {
        this.#slots = this.#slots.filter((each) => each !== slot);
        remote[releaseProxy]();
        worker.terminate();
        reject(new Error(`A decoder stopped unexpectedly (${message || "no reason given"}). Try again.`));
      });
    });
    death.catch(() => undefined);
    const slot: Slot = { remote, death, waiting: 0 };
    this.#slots.push(slot);
    return slot;
  }
}
