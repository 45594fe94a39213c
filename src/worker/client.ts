/** The page's side of the door. */
import { releaseProxy, wrap } from "comlink";
import type { Headstart } from "./protocol.ts";
import { carry, registerTransferHandlers } from "./transfer.ts";

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Starts the worker and gives what it can do.
 *
 * A call given an `AbortSignal` rejects with an `AbortError` as soon as the signal aborts; the worker then winds down by itself.
 * When the worker dies, every pending call rejects and the next call starts a new worker.
 */
export function connect(): Headstart {
  registerTransferHandlers();
  let connection = start();

  const call = async (method: string, args: unknown[]): Promise<unknown> => {
    if (connection.dead) connection = start();
    const { remote, death } = connection;
    const signal = args.find((arg) => arg instanceof AbortSignal);
    signal?.throwIfAborted();
    const answer = (remote[method] as Call)(...args.map(carry));
    return Promise.race([answer, death, ...(signal ? [aborted(signal)] : [])]);
  };

  return new Proxy({} as Headstart, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        call(method, args),
  });
}

interface Connection {
  readonly remote: Record<string, unknown>;
  /** Rejects when the worker dies; never resolves. */
  readonly death: Promise<never>;
  dead: boolean;
}

function start(): Connection {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "headstart" });
  const remote = wrap<Record<string, unknown>>(worker);
  const connection: Connection = {
    remote: remote as unknown as Record<string, unknown>,
    death: new Promise((_, reject) => {
      worker.addEventListener("error", (event) => {
        connection.dead = true;
        remote[releaseProxy]();
        worker.terminate();
        reject(new Error(`The engine stopped unexpectedly (${event.message || "no reason given"}). Try again.`));
      });
    }),
    dead: false,
  };
  connection.death.catch(() => undefined);
  return connection;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")), { once: true });
  });
}
