/** The page's side of one worker. */
import { releaseProxy, wrap } from "comlink";
import type { EngineFault } from "../engine/errors.ts";
import { CodedError, faultOf } from "../errors/coded-error.ts";
import { type Part, PartError } from "../errors/part.ts";
import { WorkerError } from "./errors.ts";
import { ALIVE, ARE_YOU_THERE } from "./pulse.ts";
import { carry } from "./transfer.ts";
import { PATIENCE, type Patience, TICK_MS, Watchdog } from "./watchdog.ts";

/** What the engine ends itself with when the browser has taken the GPU away. */
const LOST: EngineFault = { code: "engine/lost" };

/** A worker, and who waits for it. */
export interface WorkerKind<Api> {
  readonly part: Extract<Part, "engine" | "storing">;
  start(name: string): Worker;
  /** Brings a new worker to where the dead one was, before it is asked anything else. */
  greet?(fresh: Api): Promise<void>;
  /** Called when it is silent for too long, and when it is heard again. */
  onSilence?(silent: boolean): void;
  /** For tests. */
  readonly patience?: Patience;
  readonly tickMs?: number;
}

export interface Connected<Api> {
  readonly api: Api;
  /** Ends a worker that does not answer; the next call starts a new one. */
  end(): void;
}

/**
 * Starts a worker and gives what it can do.
 *
 * A call given an `AbortSignal` rejects with an `AbortError` as soon as the signal aborts; the worker then winds down by itself.
 * When the worker dies or its script cannot be loaded, every pending call rejects and the next call starts a new worker.
 */
export function connectTo<Api extends object>(kind: WorkerKind<Api>): Connected<Api> {
  let connection = start(kind);
  let greeted: Promise<void> = Promise.resolve();
  const api = callable<Api>(async (method, args) => {
    if (connection.why) {
      const fresh = start(kind);
      connection = fresh;
      // What the worker could not take up, it says to the call that needs it.
      greeted = Promise.resolve(kind.greet?.(callable((...call) => ask(fresh, ...call)))).catch(() => undefined);
    }
    const current = connection;
    await orAborted(greeted, args);
    return ask(current, method, args);
  });
  return {
    api,
    end() {
      const { code, part } = { code: "part/not-loaded", part: kind.part } as const;
      connection.bury(
        connection.watchdog.lives ? new WorkerError({ code: "worker/silent" }) : new PartError({ code, part }),
      );
    },
  };
}

interface Connection {
  readonly remote: Record<string, unknown>;
  readonly watchdog: Watchdog;
  /** How to tell each call that is under way that the worker is gone. */
  readonly pending: Set<(why: CodedError) => void>;
  /** What it died of; null while it lives. */
  why: CodedError | null;
  /** Ends the worker, if it has not ended by itself. */
  bury(why: CodedError): void;
}

function start<Api extends object>(kind: WorkerKind<Api>): Connection {
  const { part, patience = PATIENCE, onSilence, tickMs = TICK_MS } = kind;
  const name = `headstart-${crypto.randomUUID()}`;
  const worker = kind.start(name);
  const remote = wrap<Record<string, unknown>>(worker);
  const watchdog = new Watchdog({
    patience,
    ask: () => worker.postMessage(ARE_YOU_THERE),
    onSilence: (silent) => onSilence?.(silent),
  });
  const ticking = setInterval(() => watchdog.tick(), tickMs);
  const connection: Connection = {
    remote: remote as unknown as Record<string, unknown>,
    watchdog,
    pending: new Set(),
    why: null,
    bury(why) {
      if (connection.why) return;
      connection.why = why;
      clearInterval(ticking);
      remote[releaseProxy]();
      worker.terminate();
      for (const reject of connection.pending) reject(why);
      connection.pending.clear();
      onSilence?.(false);
    },
  };
  worker.addEventListener("error", (event) => {
    // A script that throws gives an ErrorEvent; one that cannot be loaded, a plain event.
    const threw = event instanceof ErrorEvent;
    connection.bury(threw ? endedBy(event.message, part) : new PartError({ code: "part/not-loaded", part }));
  });
  worker.addEventListener("message", ({ data }) => {
    if (connection.why) return;
    watchdog.heard();
    // The lock is free again only when the worker is gone.
    if (data === ALIVE) void navigator.locks.request(name, () => connection.bury(endedBy("", part)));
  });
  return connection;
}

async function ask(connection: Connection, method: string, args: readonly unknown[]): Promise<unknown> {
  if (connection.why) throw connection.why;
  for (const arg of args) if (arg instanceof AbortSignal) arg.throwIfAborted();
  const call = connection.watchdog.begin();
  const remote = connection.remote[method] as (...args: unknown[]) => Promise<unknown>;
  const answer = remote(...args.map(carry)).catch((error: unknown) => {
    // A worker whose GPU is gone ends itself in a moment; nobody may ask it anything in between.
    if (faultOf(error)?.code === LOST.code) connection.bury(new CodedError(LOST));
    throw error;
  });
  answer.then(call.end, call.end);
  return orAborted(orBuried(answer, connection), args, call.abort);
}

/** As the answer, or rejects when the worker dies. Nothing of it stays when it is there: there may be thousands. */
function orBuried<T>(answer: Promise<T>, { pending }: Connection): Promise<T> {
  return new Promise((resolve, reject) => {
    pending.add(reject);
    answer.then(resolve, reject).finally(() => pending.delete(reject));
  });
}

/** As the answer, or rejects when a signal among the call's arguments aborts. */
function orAborted<T>(answer: Promise<T>, args: readonly unknown[], onAbort?: () => void): Promise<T> {
  const signals = args.filter((arg) => arg instanceof AbortSignal);
  if (signals.length === 0) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => {
      onAbort?.();
      reject(new DOMException("Cancelled", "AbortError"));
    };
    for (const signal of signals) {
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
    }
    answer.then(resolve, reject).finally(() => {
      for (const signal of signals) signal.removeEventListener("abort", abort);
    });
  });
}

function callable<Api extends object>(call: (method: string, args: readonly unknown[]) => Promise<unknown>): Api {
  return new Proxy({} as Api, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        call(method, args),
  });
}

/** @param message the browser's, empty when it gives none */
function endedBy(message: string, part: WorkerKind<object>["part"]): CodedError {
  if (message.includes(LOST.code)) return new CodedError(LOST);
  // Without what browsers put before an error's own message.
  const reason = message.replace(/^(Uncaught )?(\w*Error: )?/, "");
  return new WorkerError({ code: part === "engine" ? "worker/ended" : "storing/ended", reason });
}
