/** The page's side of the door. */
import { releaseProxy, wrap } from "comlink";
import type { EngineFault } from "../engine/errors.ts";
import { CodedError } from "../errors/coded-error.ts";
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
 * When the worker dies, every pending call rejects and the next call starts a new worker.
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
    await greeted;
    return ask(current, method, args);
  });
}

interface Connection {
  readonly remote: Record<string, unknown>;
  /** Rejects when the worker dies; never resolves. */
  readonly death: Promise<never>;
  dead: boolean;
}

function start(): Connection {
  const name = `headstart-${crypto.randomUUID()}`;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name });
  const remote = wrap<Record<string, unknown>>(worker);
  const connection: Connection = {
    remote: remote as unknown as Record<string, unknown>,
    death: new Promise((_, reject) => {
      const bury = (reason: string) => {
        if (connection.dead) return;
        connection.dead = true;
        remote[releaseProxy]();
        worker.terminate();
        reject(reason.includes(LOST.code) ? new CodedError(LOST) : new WorkerError({ code: "worker/ended", reason }));
      };
      worker.addEventListener("error", ({ message }) => bury(reasonIn(message)));
      worker.addEventListener("message", ({ data }) => {
        // The lock is free again only when the worker is gone.
        if (data === ALIVE) void navigator.locks.request(name, () => bury(""));
      });
    }),
    dead: false,
  };
  connection.death.catch(() => undefined);
  return connection;
}

async function ask({ remote, death, dead }: Connection, method: string, args: readonly unknown[]): Promise<unknown> {
  if (dead) return death;
  const signal = args.find((arg) => arg instanceof AbortSignal);
  signal?.throwIfAborted();
  const answer = (remote[method] as Call)(...args.map(carry));
  return Promise.race([answer, death, ...(signal ? [aborted(signal)] : [])]);
}

function callable(call: (method: string, args: readonly unknown[]) => Promise<unknown>): Headstart {
  return new Proxy({} as Headstart, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        call(method, args),
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")), { once: true });
  });
}

/** Without what browsers put before an error's own message. */
function reasonIn(message: string): string {
  return message.replace(/^(Uncaught )?(\w*Error: )?/, "");
}
