/** Storage that is refused, full or gone, with what its user can do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

/** A project that somebody else has opened, changed or deleted since; nothing was written. */
export class ProjectTakenError extends Error {
  override readonly name = "ProjectTakenError";
}

interface Transaction {
  readonly done: Promise<void>;
  /** Why the browser broke it off; null when it did not. */
  readonly error: DOMException | null;
  abort(): void;
}

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
  if (error.name === "QuotaExceededError") {
    return new StorageError(
      "This browser's storage for Headstart is full. What was kept before is safe, and nothing was half-written. Delete projects you no longer need and reload this page, delete saved models or base models, or free disk space; then try again.",
    );
  }
  if (BROKEN_OFF.has(error.name)) {
    return new StorageError(
      `The browser could not write to its storage (${error.message || error.name}). What was kept before is safe, and nothing was half-written. Try again; if it stays so, free disk space and restart the browser.`,
    );
  }
  return error;
}
