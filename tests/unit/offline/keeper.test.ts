import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Build } from "../../../src/offline/build.ts";
import { createKeeper, type Keeper } from "../../../src/offline/keeper.ts";
import { fakeCaches } from "./fake-caches.ts";

const SCOPE = "https://host.example/some/path/";
const at = (path: string) => new URL(path, SCOPE).href;
const sha256 = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

type Files = Readonly<Record<string, string>>;

const FIRST: Files = {
  "index.html": "page of the first",
  "assets/page-1.js": "script of the first",
  "assets/worker-1.js": "worker of the first",
  "assets/same.css": "style of both",
  "models/model.json": "model of the first",
  "assets/w-1.wasm": "plain",
  "assets/w-simd-1.wasm": "with vectors",
  "assets/w-threaded-simd-1.wasm": "with threads",
};
const SECOND: Files = {
  "index.html": "page of the second",
  "assets/page-2.js": "script of the second",
  "assets/worker-2.js": "worker of the second",
  "assets/same.css": "style of both",
  "models/model.json": "model of the second",
};

function buildOf(id: string, files: Files): Build {
  return { id, files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, sha256(text)])) };
}

/** A host, and browsers' keepers of its builds. */
function createWorld() {
  const caches = fakeCaches();
  let files: Files = FIRST;
  /** Of the browser's own cache, which may be of yesterday. */
  let stale: Files = {};
  const fetched: string[] = [];
  const fetch = async (address: string, { integrity, cache }: RequestInit) => {
    const path = address.slice(SCOPE.length);
    fetched.push(path);
    const text = cache === "reload" ? files[path] : (stale[path] ?? files[path]);
    if (text === undefined) return new Response("", { status: 404 });
    if (sha256(text) !== integrity) throw new TypeError("Failed to fetch");
    return new Response(text);
  };
  const keeperOf = (id: string, of: Files, scope = SCOPE): Keeper =>
    createKeeper({ caches, fetch, scope, build: buildOf(id, of), features: { simd: true, threads: true } });
  return {
    caches,
    fetched,
    keeperOf,
    first: keeperOf("first", FIRST),
    second: keeperOf("second", SECOND),
    publish(next: Files, old: Files = {}) {
      files = next;
      stale = old;
    },
  };
}

async function textOf(keeper: Keeper, path: string, referrer = ""): Promise<string | undefined> {
  return (await keeper.find(at(path), referrer))?.text();
}

describe("keeping", () => {
  test("takes every file but the WebAssembly variants that are not used", async () => {
    const { first, fetched } = createWorld();
    await first.keep();
    expect(fetched.toSorted()).toEqual(
      Object.keys(FIRST)
        .filter((path) => !/w-(simd-)?1\.wasm/.test(path))
        .toSorted(),
    );
    expect(await textOf(first, "assets/page-1.js")).toBe("script of the first");
  });

  test("a folder stands for its page, whatever is asked with it", async () => {
    const { first } = createWorld();
    await first.keep();
    expect(await textOf(first, "")).toBe("page of the first");
    expect(await textOf(first, "?from=home")).toBe("page of the first");
  });

  test("once is enough", async () => {
    const { first, keeperOf, fetched } = createWorld();
    await Promise.all([first.keep(), first.keep()]);
    await keeperOf("first", FIRST).keep();
    expect(fetched).toHaveLength(6);
  });

  test("a variant that is asked for after all is fetched and kept", async () => {
    const { first, publish } = createWorld();
    await first.keep();
    expect(await textOf(first, "assets/w-simd-1.wasm")).toBe("with vectors");
    publish({});
    expect(await textOf(first, "assets/w-simd-1.wasm")).toBe("with vectors");
  });

  test("what the browser has of another build is fetched anew", async () => {
    const { second, publish } = createWorld();
    publish(SECOND, FIRST);
    await second.keep();
    expect(await textOf(second, "models/model.json")).toBe("model of the second");
  });

  test("a build of which a file has changed on the host is not kept, and nothing is served from it", async () => {
    const { first, publish } = createWorld();
    publish({ ...FIRST, "models/model.json": "model of the second" });
    await expect(first.keep()).rejects.toThrow();
    expect(await textOf(first, "index.html")).toBeUndefined();
  });

  test("an attempt that was cut short is gone on with", async () => {
    const { first, publish, fetched } = createWorld();
    const { "models/model.json": model, ...others } = FIRST;
    publish(others);
    await expect(first.keep()).rejects.toThrow("models/model.json: 404");
    fetched.length = 0;
    publish(FIRST);
    await first.keep();
    expect(fetched).toContain("models/model.json");
    expect(fetched.length).toBeLessThan(6);
    expect(await textOf(first, "models/model.json")).toBe(model);
  });

  test("what has not changed is taken from the earlier build", async () => {
    const { first, second, publish, fetched } = createWorld();
    await first.keep();
    fetched.length = 0;
    publish(SECOND);
    await second.keep();
    expect(fetched).not.toContain("assets/same.css");
    expect(await textOf(second, "assets/same.css")).toBe("style of both");
  });
});

describe("two builds", () => {
  async function createTwo() {
    const world = createWorld();
    await world.first.keep();
    world.publish(SECOND);
    await world.second.keep();
    return world;
  }

  test("never give each other's files", async () => {
    const { first, second } = await createTwo();
    expect(await textOf(first, "")).toBe("page of the first");
    expect(await textOf(second, "")).toBe("page of the second");
    expect(await textOf(first, "models/model.json", at("assets/worker-1.js"))).toBe("model of the first");
    expect(await textOf(second, "models/model.json", at("assets/worker-2.js"))).toBe("model of the second");
  });

  test("the second serves the first's pages with the first's files", async () => {
    const { second } = await createTwo();
    expect(await textOf(second, "assets/worker-1.js", at(""))).toBe("worker of the first");
    expect(await textOf(second, "models/model.json", at("assets/worker-1.js"))).toBe("model of the first");
  });

  test("the first is forgotten when no page of it is open", async () => {
    const { second, caches } = await createTwo();
    await second.forgetOthers([at("assets/page-1.js"), at("assets/page-2.js")]);
    expect(await caches.keys()).toHaveLength(2);
    await second.forgetOthers([at("assets/page-2.js")]);
    expect(await caches.keys()).toEqual([`headstart ${SCOPE} second`]);
    expect(await textOf(second, "assets/worker-1.js", at(""))).toBeUndefined();
  });

  test("a copy of the app in another folder of the host is left alone", async () => {
    const { second, caches } = await createTwo();
    await caches.open("headstart https://host.example/another/ third");
    await second.forgetOthers([]);
    expect(await caches.keys()).toEqual(
      [`headstart ${SCOPE} second`, "headstart https://host.example/another/ third"].toSorted().reverse(),
    );
  });
});
