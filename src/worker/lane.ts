/** Runs tasks one after another, in the order they were given. */
export class Lane {
  #tail: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the task does, once those before it have ended. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task, task);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
