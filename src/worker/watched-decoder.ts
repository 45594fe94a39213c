import { type Remote, releaseProxy, wrap } from "comlink";
import { CodedError } from "../errors/coded-error.ts";
import type { PartFault } from "../errors/part.ts";
import type { Decoder } from "./decoder.ts";
import type { IntakeFault } from "./errors.ts";

type EndFault = Extract<IntakeFault, { readonly code: "decoder/ended" | "photo/too-slow" }> | PartFault;

/** The decoder ended; its jobs are lost. */
export class DecoderEnded extends CodedError<EndFault> {
  override readonly name = "DecoderEnded";
  /** Whether it was decoding this photo. */
  readonly decoding: boolean;

  constructor(fault: EndFault, decoding: boolean) {
    super(fault);
    this.decoding = decoding;
  }
}

/** What a decoder posts of each job: while it decodes, its time runs; reading and writing may take as long as they need. */
export interface DecodingNews {
  readonly job: number;
  readonly decoding: boolean;
}

interface Job {
  /** Ends the decoder when it is at this job for too long; null while it does not decode it. */
  timer: ReturnType<typeof setTimeout> | null;
  fail(fault: EndFault): void;
}

/** A decoder's worker, ended when it fails or when it is at one photo for too long. */
export class WatchedDecoder {
  readonly #worker: Worker;
  readonly #remote: Remote<Decoder>;
  readonly #jobs = new Map<number, Job>();
  #lastJob = 0;
  #ended = false;

  /** @param patience in milliseconds */
  constructor(worker: Worker, patience: number) {
    this.#worker = worker;
    this.#remote = wrap<Decoder>(worker);
    worker.addEventListener("message", ({ data }: MessageEvent<Partial<DecodingNews>>) => {
      const job = data.job === undefined ? undefined : this.#jobs.get(data.job);
      if (!job) return;
      stopClock(job);
      if (!data.decoding) return;
      const seconds = Math.round(patience / 1000);
      job.timer = setTimeout(() => this.end({ code: "photo/too-slow", seconds }), patience);
    });
    worker.addEventListener("error", (event) => {
      // Or it would go on to whoever started this worker.
      event.preventDefault();
      // A script that throws gives an ErrorEvent; one that cannot be loaded, a plain event.
      const threw = event instanceof ErrorEvent;
      this.end(
        threw ? { code: "decoder/ended", message: event.message } : { code: "part/not-loaded", part: "decoder" },
      );
    });
  }

  /** Jobs in hand. */
  get busy(): number {
    return this.#jobs.size;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @throws DecoderEnded when the decoder ends before the work is done */
  async run<T>(work: (remote: Remote<Decoder>, job: number) => Promise<T>): Promise<T> {
    this.#lastJob += 1;
    const number = this.#lastJob;
    const ending = new Promise<never>((_, reject) => {
      const job: Job = { timer: null, fail: (fault) => reject(new DecoderEnded(fault, job.timer !== null)) };
      this.#jobs.set(number, job);
    });
    try {
      return await Promise.race([work(this.#remote, number), ending]);
    } finally {
      const job = this.#jobs.get(number);
      if (job) stopClock(job);
      this.#jobs.delete(number);
    }
  }

  /** Ends the worker; work in hand is rejected with the fault. */
  end(fault: EndFault = { code: "decoder/ended", message: "" }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#remote[releaseProxy]();
    this.#worker.terminate();
    for (const job of this.#jobs.values()) job.fail(fault);
  }
}

function stopClock(job: Job): void {
  if (job.timer !== null) clearTimeout(job.timer);
  job.timer = null;
}
