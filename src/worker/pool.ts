/**
 * Runs `task` over the items, up to `width` at once, and gives each result as it is done.
 * Stops taking items when `signal` aborts, then throws its reason.
 */
export async function forEachAtOnce<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  task: (item: Item) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const item of items) {
    signal.throwIfAborted();
    const run: Promise<void> = task(item).finally(() => running.delete(run));
    // The first failure ends the loop below; the others that are under way may fail too.
    run.catch(() => undefined);
    running.add(run);
    if (running.size >= width) await Promise.race(running);
  }
  await Promise.all(running);
  signal.throwIfAborted();
}
