/** Storage that is refused, full or gone, with what its user can do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

interface Transaction {
  readonly done: Promise<void>;
  abort(): void;
}

/**
 * Runs writes within a transaction: all of them happen or none.
 * @param write gives the writes one by one, so that none is lost when the next cannot even begin
 * @throws StorageError when the storage is full
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
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    await Promise.allSettled(pending);
    if (error instanceof DOMException && error.name === "QuotaExceededError") {
      throw new StorageError(
        "This browser's storage for Headstart is full. Nothing was half-written. Delete photos, saved models or base models, or free disk space, and try again.",
      );
    }
    throw error;
  }
}
