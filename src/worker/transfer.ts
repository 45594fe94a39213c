/** What crosses between page and worker besides plain data: callbacks, abort signals and faults. Imported by both sides. */
import { proxy, type TransferHandler, transfer, transferHandlers } from "comlink";
import { CodedError, type Fault, faultOf } from "../errors/coded-error.ts";

/** An `AbortSignal` crosses as a port on which its abort is told, a `CodedError` with its fault. */
export function registerTransferHandlers(): void {
  letFaultsThrough();
  transferHandlers.set("abort-signal", {
    canHandle: (value): value is AbortSignal => value instanceof AbortSignal,
    serialize: (signal: AbortSignal) => {
      const { port1, port2 } = new MessageChannel();
      if (signal.aborted) port1.postMessage("abort");
      else signal.addEventListener("abort", () => port1.postMessage("abort"), { once: true });
      return [port2, [port2]];
    },
    deserialize: (port: MessagePort) => {
      const controller = new AbortController();
      port.onmessage = () => {
        controller.abort();
        port.close();
      };
      return controller.signal;
    },
  });
}

/** comlink carries of an error no more than its name, message and stack. */
function letFaultsThrough(): void {
  type Thrown = { readonly value: unknown };
  const plain = transferHandlers.get("throw") as TransferHandler<Thrown, unknown>;
  transferHandlers.set("throw", {
    canHandle: (value): value is Thrown => plain.canHandle(value),
    serialize(thrown: Thrown) {
      const fault = faultOf(thrown.value);
      return fault ? [{ fault }, []] : plain.serialize(thrown);
    },
    deserialize(thrown: { readonly fault?: Fault }): never {
      if (thrown.fault) throw new CodedError(thrown.fault);
      return plain.deserialize(thrown) as never;
    },
  });
}

/**
 * The same functions, answering only after their callbacks' calls have arrived on the other side. Callbacks travel by a
 * port of their own, so that the last event could otherwise come after the answer.
 */
export function answeringLast<Api extends object>(api: Api): Api {
  return new Proxy(api, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...args: unknown[]) => {
        // On their way: there may be many in all, but few at once.
        const arrivals = new Set<Promise<void>>();
        const track = (arrival: unknown) => {
          const settled: Promise<void> = Promise.resolve(arrival).then(
            () => void arrivals.delete(settled),
            () => void arrivals.delete(settled),
          );
          arrivals.add(settled);
        };
        const tracked = args.map((arg) =>
          typeof arg === "function" ? (...values: unknown[]) => track(arg(...values)) : arg,
        );
        try {
          return await method.apply(target, tracked);
        } finally {
          await Promise.all(arrivals);
        }
      };
    },
  });
}

/** Readies a call's argument for the crossing: callbacks stay here and are called from there, pictures move over. */
export function carry(argument: unknown): unknown {
  if (typeof argument === "function") return proxy(argument as (...values: never[]) => unknown);
  if (argument instanceof ImageBitmap) return transfer(argument, [argument]);
  // Not every browser has them.
  if ("VideoFrame" in globalThis && argument instanceof VideoFrame) return transfer(argument, [argument]);
  return argument;
}
