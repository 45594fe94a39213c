/** Notices a worker that no longer answers. Time is counted in ticks, so that a machine that slept does not count as silence. */

/** Longest that a worker may be silent, in ticks. */
export interface Patience {
  /** Until it first says that it lives. */
  readonly starting: number;
  /** While nothing is asked of it. */
  readonly idle: number;
  /** While it works, and after it was told to stop: one step of a large model lets nobody in while it lasts. */
  readonly working: number;
}

export const TICK_MS = 2000;
export const PATIENCE: Patience = { starting: 30, idle: 5, working: 15 };

export interface WatchedCall {
  /** Nobody waits for it any more; it is to end soon. */
  abort(): void;
  end(): void;
}

export interface Watching {
  readonly patience: Patience;
  /** Asks the worker for a sign of life. */
  ask(): void;
  /** Called when the worker is silent for too long, and when it is heard again. */
  onSilence(silent: boolean): void;
}

export class Watchdog {
  readonly #watching: Watching;
  /** Ticks since each call was aborted; null while it is waited for. */
  readonly #calls = new Map<number, number | null>();
  #lastCall = 0;
  #lives = false;
  #asked = false;
  #silence = 0;
  #told = false;

  constructor(watching: Watching) {
    this.#watching = watching;
  }

  /** The worker lives: its script is there. */
  get lives(): boolean {
    return this.#lives;
  }

  /** The worker said something. */
  heard(): void {
    this.#lives = true;
    this.#asked = false;
    this.#silence = 0;
    this.#tell();
  }

  begin(): WatchedCall {
    this.#lastCall += 1;
    const call = this.#lastCall;
    this.#calls.set(call, null);
    return {
      abort: () => {
        if (this.#calls.has(call)) this.#calls.set(call, 0);
      },
      end: () => {
        this.#calls.delete(call);
        this.#tell();
      },
    };
  }

  tick(): void {
    this.#silence += 1;
    for (const [call, ticks] of this.#calls) if (ticks !== null) this.#calls.set(call, ticks + 1);
    if (this.#lives && !this.#asked) {
      this.#asked = true;
      this.#watching.ask();
    }
    this.#tell();
  }

  #tell(): void {
    const silent = this.#isSilent();
    if (silent === this.#told) return;
    this.#told = silent;
    this.#watching.onSilence(silent);
  }

  #isSilent(): boolean {
    const { starting, idle, working } = this.#watching.patience;
    if (!this.#lives) return this.#silence > starting;
    if (this.#silence > (this.#calls.size > 0 ? working : idle)) return true;
    return [...this.#calls.values()].some((ticks) => ticks !== null && ticks > working);
  }
}
