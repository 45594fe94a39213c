/** Writes that happen together or not at all. */
import { StorageError } from "./errors.ts";

interface Transaction {
  readonly done: Promise<void>;
  /** Why the browser broke it off; null when it did not. */
  readonly error: DOMException | null;
  abort(): void;
}

/** What is confirmed must outlive a power cut, too. */
export const STRICT = { durability: "strict" } as const;

/**
 * Runs writes within a transaction: all of them happen or none.
 * @param write gives the writes one by one, so that none is lost when the next cannot even begin
 * @throws StorageError when the storage is full or the browser breaks off
 */
export async function writing<T extends Transaction>(
  transaction: T,
  write: (transaction: T) => Iterable<Promise<unknown>>,
): Promise<void> {
  const pending: Promise<unknown>[] = [transaction.done];
  try {
    for (const promise of write(transaction)) pending.push(promise);
    await Promise.all(pending);
  } catch (error) {
    await abort(transaction);
    await Promise.allSettled(pending);
    // Requests only say that they were broken off; the transaction knows why.
    throw explained(transaction.error ?? error);
  }
}

/** Takes everything back that a transaction has done so far. */
export async function abort(transaction: Transaction): Promise<void> {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
  await transaction.done.catch(() => undefined);
}

/** How a write fails that the browser broke off; nobody else cancels one. */
const BROKEN_OFF = new Set(["AbortError", "InvalidStateError", "TransactionInactiveError", "UnknownError"]);

function explained(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === "QuotaExceededError") return new StorageError({ code: "storage/full" });
  if (!BROKEN_OFF.has(error.name)) return error;
  return new StorageError({ code: "storage/broken-off", reason: error.message || error.name });
}
