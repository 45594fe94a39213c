/** Lets waiting messages (stop, camera frames) be handled; a bare `await` would not. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Multiplications between two turns of others: some 10 ms of them. */
const AT_ONCE = 1e7;

/** Lets others in now and then during long sums. */
export class Pauses {
  readonly #signal: AbortSignal;
  #since = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** @param work multiplications since the last call @throws AbortError when the signal has aborted */
  async after(work: number): Promise<void> {
    this.#since += work;
    if (this.#since < AT_ONCE) return;
    this.#since = 0;
    await letOthersIn();
    this.#signal.throwIfAborted();
  }
}
