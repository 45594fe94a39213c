/** The page's side of the door. */
import { releaseProxy, wrap } from "comlink";
import type { EngineFault } from "../engine/errors.ts";
import { CodedError, faultOf } from "../errors/coded-error.ts";
import { PartError } from "../errors/part.ts";
import { WorkerError } from "./errors.ts";
import type { Headstart } from "./protocol/index.ts";
import { ALIVE } from "./pulse.ts";
import { carry, registerTransferHandlers } from "./transfer.ts";

/** What the worker ends itself with when the browser has taken the GPU away. */
const LOST: EngineFault = { code: "engine/lost" };

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Starts the worker and gives what it can do.
 *
 * A call given an `AbortSignal` rejects with an `AbortError` as soon as the signal aborts; the worker then winds down by itself.
 * When the worker dies or its script cannot be loaded, every pending call rejects and the next call starts a new worker.
 * @param greet brings a new worker to where the dead one was, before it is asked anything else
 */
export function connect(greet: (fresh: Headstart) => Promise<void> = async () => undefined): Headstart {
  registerTransferHandlers();
  let connection = start();
  let greeted: Promise<void> = Promise.resolve();

  return callable(async (method, args) => {
    if (connection.dead) {
      const fresh = start();
      connection = fresh;
      // What the worker could not take up, it says to the call that needs it.
      greeted = greet(callable((...call) => ask(fresh, ...call))).catch(() => undefined);
    }
    const current = connection;
    await Promise.race([greeted, ...abortIn(args)]);
    return ask(current, method, args);
  });
}

interface Connection {
  readonly remote: Record<string, unknown>;
  /** Rejects when the worker dies; never resolves. */
  readonly death: Promise<never>;
  dead: boolean;
  /** Ends the worker, if it has not ended by itself. */
  bury(why: CodedError): void;
}

function start(): Connection {
  const name = `headstart-${crypto.randomUUID()}`;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name });
  const remote = wrap<Record<string, unknown>>(worker);
  const { promise: death, reject } = Promise.withResolvers<never>();
  const connection: Connection = {
    remote: remote as unknown as Record<string, unknown>,
    death,
    dead: false,
    bury(why) {
      if (connection.dead) return;
      connection.dead = true;
      remote[releaseProxy]();
      worker.terminate();
      reject(why);
    },
  };
  death.catch(() => undefined);
  worker.addEventListener("error", (event) => {
    // A script that throws gives an ErrorEvent; one that cannot be loaded, a plain event.
    const threw = event instanceof ErrorEvent;
    connection.bury(threw ? endedBy(event.message) : new PartError({ code: "part/not-loaded", part: "engine" }));
  });
  worker.addEventListener("message", ({ data }) => {
    // The lock is free again only when the worker is gone.
    if (data === ALIVE) void navigator.locks.request(name, () => connection.bury(endedBy("")));
  });
  return connection;
}

async function ask(connection: Connection, method: string, args: readonly unknown[]): Promise<unknown> {
  const { remote, death, dead } = connection;
  if (dead) return death;
  for (const arg of args) if (arg instanceof AbortSignal) arg.throwIfAborted();
  const answer = (remote[method] as Call)(...args.map(carry)).catch((error: unknown) => {
    // A worker whose GPU is gone ends itself in a moment; nobody may ask it anything in between.
    if (faultOf(error)?.code === LOST.code) connection.bury(new CodedError(LOST));
    throw error;
  });
  return Promise.race([answer, death, ...abortIn(args)]);
}

function callable(call: (method: string, args: readonly unknown[]) => Promise<unknown>): Headstart {
  return new Proxy({} as Headstart, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        call(method, args),
  });
}

/** A promise per signal among a call's arguments, that rejects when it aborts. */
function abortIn(args: readonly unknown[]): Promise<never>[] {
  return args.filter((arg) => arg instanceof AbortSignal).map(aborted);
}

function aborted(signal: AbortSignal): Promise<never> {
  const abort = () => new DOMException("Cancelled", "AbortError");
  return new Promise((_, reject) => {
    if (signal.aborted) reject(abort());
    else signal.addEventListener("abort", () => reject(abort()), { once: true });
  });
}

/** @param message the browser's, empty when it gives none */
function endedBy(message: string): CodedError {
  if (message.includes(LOST.code)) return new CodedError(LOST);
  // Without what browsers put before an error's own message.
  return new WorkerError({ code: "worker/ended", reason: message.replace(/^(Uncaught )?(\w*Error: )?/, "") });
}
