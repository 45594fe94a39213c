/** Empties what this origin keeps in the browser, as far as a worker can: databases, private files and caches. */

export interface Erased {
  readonly databases: number;
  /** Files and folders at the top of the private folder. */
  readonly files: number;
  readonly caches: number;
  /** Names of what could not be removed. */
  readonly left: readonly string[];
}

/** How long a database may wait for whoever has it open: every tab of the app lets go when it is asked to. */
const PATIENCE_MS = 10_000;

export async function eraseOrigin(): Promise<Erased> {
  const left: string[] = [];
  /** How many of them could be removed. */
  const each = async (names: readonly string[], remove: (name: string) => Promise<unknown>): Promise<number> => {
    const removed = await Promise.allSettled(names.map(remove));
    left.push(...names.filter((_, at) => removed[at]?.status === "rejected"));
    return removed.filter(({ status }) => status === "fulfilled").length;
  };
  const databases = await each(await databaseNames(), deleteDatabase);
  const folder = await navigator.storage.getDirectory().catch(() => null);
  const files = folder ? await each(await namesIn(folder), (name) => folder.removeEntry(name, { recursive: true })) : 0;
  // Missing where the address is not secure.
  const kept: CacheStorage | undefined = globalThis.caches;
  const removedCaches = kept ? await each(await kept.keys(), (name) => kept.delete(name)) : 0;
  return { databases, files, caches: removedCaches, left };
}

async function databaseNames(): Promise<string[]> {
  const all = await indexedDB.databases();
  return all.flatMap(({ name }) => (name === undefined ? [] : [name]));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    const timer = setTimeout(() => reject(new DOMException("", "TimeoutError")), PATIENCE_MS);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve();
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
  });
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}
