import type { Remote } from "comlink";
import type { Decoder } from "./decoder.ts";
import { Lane } from "./lane.ts";
import type { PhotoResult } from "./photo-work.ts";
import { DecoderEnded, WatchedDecoder } from "./watched-decoder.ts";

/** A photo of 100 megapixels takes a slow machine a few seconds. */
const PATIENCE_MS = 20_000;

/** @param job to be handed on to the decoder, which says by it when it begins and ends to decode */
export type PhotoWork<T> = (decoder: Remote<Decoder>, job: number) => Promise<PhotoResult<T>>;

/** A few decoders that share the photos. Started at the first use, and again when one dies or is stuck. */
export class Decoders {
  readonly count: number;
  readonly #start: () => WatchedDecoder;
  readonly #oneByOne = new Lane();
  #shared: WatchedDecoder[] = [];

  /**
   * @param count of decoders, at most
   * @param patience longest that a decoder may be at one photo, in milliseconds
   */
  constructor(count: number, startWorker: () => Worker = startDecoder, patience = PATIENCE_MS) {
    this.count = count;
    this.#start = () => new WatchedDecoder(startWorker(), patience);
  }

  /**
   * Gives work to the decoder that has least to do. A photo that a decoder dies of or never finishes gives a result that
   * says so, and costs the others nothing but time.
   *
   * @throws DecoderEnded when decoders cannot be loaded or end before they begin
   */
  async run<T>(work: PhotoWork<T>): Promise<PhotoResult<T>> {
    try {
      return await this.#leastBusy().run(work);
    } catch (error) {
      // One that cannot be loaded now cannot be loaded once more; the next photo tries again.
      if (!(error instanceof DecoderEnded) || error.fault.code === "part/not-loaded") throw error;
    }
    // Any of those that were in it may be to blame: each is tried once more, in a decoder of its own.
    return this.#oneByOne.run(() => runAlone(this.#start(), work));
  }

  #leastBusy(): WatchedDecoder {
    this.#shared = this.#shared.filter(({ ended }) => !ended);
    const idle = this.#shared.find(({ busy }) => busy === 0);
    if (idle) return idle;
    if (this.#shared.length < this.count) {
      const started = this.#start();
      this.#shared.push(started);
      return started;
    }
    return this.#shared.reduce((least, decoder) => (decoder.busy < least.busy ? decoder : least));
  }
}

async function runAlone<T>(decoder: WatchedDecoder, work: PhotoWork<T>): Promise<PhotoResult<T>> {
  try {
    return await decoder.run(work);
  } catch (error) {
    // One that ends before it began to decode is broken itself.
    if (error instanceof DecoderEnded && error.decoding) {
      const { fault } = error;
      return { ok: false, fault: fault.code === "decoder/ended" ? { ...fault, code: "photo/breaks-decoder" } : fault };
    }
    throw error;
  } finally {
    decoder.end();
  }
}

function startDecoder(): Worker {
  return new Worker(new URL("./decoder.ts", import.meta.url), { type: "module", name: "decoder" });
}
