/** Storage that is refused, full or gone, with what its user can do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

/** Runs a write; a full storage becomes a message that says so. */
export async function writing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") {
      throw new StorageError(
        "This browser's storage for Headstart is full. Nothing was half-written. Delete photos, saved models or base models, or free disk space, and try again.",
      );
    }
    throw error;
  }
}
