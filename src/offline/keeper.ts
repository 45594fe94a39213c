/** Keeps the files of a build in a cache of its own, and answers from it. */
import { type Build, filesToKeep, HOME, pathIn, type WasmFeatures } from "./build.ts";

interface Setting {
  readonly caches: CacheStorage;
  readonly fetch: (address: string, options: RequestInit) => Promise<Response>;
  /** Address of the app's folder, with a slash at its end. */
  readonly scope: string;
  readonly build: Build;
  readonly features: WasmFeatures;
}

export interface Keeper {
  /**
   * Ends when every file that this browser needs is kept. What an earlier attempt or build has kept is not fetched again.
   * @throws when a file cannot be had, is not that of this build, or has no room
   */
  keep(): Promise<void>;
  /** A kept file; undefined when the host has to be asked. @param referrer address of the page or script that wants it */
  find(address: string, referrer: string): Promise<Response | undefined>;
  /** Forgets the other builds, but for those of which a page is open. @param scripts addresses of the scripts of all open pages */
  forgetOthers(scripts: readonly string[]): Promise<void>;
}

const AT_ONCE = 4;
/** Stands in a cache when all is in it; what it says is the list of files, with their hashes. */
const COMPLETE = "headstart-complete.json";

export function createKeeper({ caches, fetch, scope, build, features }: Setting): Keeper {
  // Caches belong to the whole host, where other copies of the app may lie beside this one.
  const prefix = `headstart ${scope} `;
  const ownName = prefix + build.id;
  const addressOf = (path: string) => new URL(path, scope).href;
  let keeping: Promise<void> | null = null;
  let complete = false;

  const otherNames = async () => (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== ownName);

  const isComplete = async () => {
    complete ||=
      (await caches.has(ownName)) && (await (await caches.open(ownName)).match(addressOf(COMPLETE))) !== undefined;
    return complete;
  };

  const fill = async () => {
    if (await isComplete()) return;
    const cache = await caches.open(ownName);
    const earlier = await Promise.all((await otherNames()).map((name) => readEarlier(name)));
    const paths = filesToKeep(build, features);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
          if (await cache.match(addressOf(path))) continue;
          await cache.put(addressOf(path), await obtain(path, earlier));
        }
      }),
    );
    await cache.put(addressOf(COMPLETE), Response.json(build.files));
  };

  interface Earlier {
    readonly cache: Cache;
    readonly files: Build["files"];
  }

  const readEarlier = async (name: string): Promise<Earlier> => {
    const cache = await caches.open(name);
    const list = await cache.match(addressOf(COMPLETE));
    return { cache, files: list ? ((await list.json()) as Build["files"]) : {} };
  };

  const obtain = async (path: string, earlier: readonly Earlier[]): Promise<Response> => {
    for (const { cache, files } of earlier) {
      const same = files[path] === build.files[path] ? await cache.match(addressOf(path)) : undefined;
      if (same) return same;
    }
    return fetchFile(path);
  };

  /** A file as this build has it: one that has changed on the host meanwhile fails its integrity check. */
  const fetchFile = async (path: string): Promise<Response> => {
    const options = { integrity: build.files[path] ?? "", credentials: "same-origin" } as const;
    const first = await fetch(addressOf(path), options).catch(() => null);
    if (first?.ok) return first;
    // The browser's own cache may hold that of another build.
    const response = await fetch(addressOf(path), { ...options, cache: "reload" });
    if (!response.ok) throw new RangeError(`${path}: ${response.status}`);
    return response;
  };

  /** The cache of the build that a page's or worker's script is from. Scripts are named by their hashes: one in several builds is the same. */
  const cacheOf = async (script: string): Promise<string> => {
    const path = pathIn(scope, script);
    if (path === null || path === HOME) return ownName;
    for (const name of [ownName, ...(await otherNames())]) {
      if (await (await caches.open(name)).match(addressOf(path))) return name;
    }
    return ownName;
  };

  return {
    async keep() {
      keeping ??= fill().finally(() => {
        keeping = null;
      });
      await keeping;
    },
    async find(address, referrer) {
      const path = pathIn(scope, address);
      // Half a build from here and half from the host could be halves of two builds.
      if (path === null || !(await isComplete())) return undefined;
      const home = await cacheOf(referrer);
      for (const name of [home, ...[ownName, ...(await otherNames())].filter((each) => each !== home)]) {
        const kept = await (await caches.open(name)).match(addressOf(path));
        if (kept) return kept;
      }
      if (!(path in build.files)) return undefined;
      // A WebAssembly variant that was not expected to be needed.
      const response = await fetchFile(path);
      await (await caches.open(ownName)).put(addressOf(path), response.clone());
      return response;
    },
    async forgetOthers(scripts) {
      const inUse = new Set(await Promise.all(scripts.map(cacheOf)));
      await Promise.all((await otherNames()).filter((name) => !inUse.has(name)).map((name) => caches.delete(name)));
    },
  };
}
