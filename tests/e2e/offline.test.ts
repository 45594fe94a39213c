/** After one visit the app opens and works without its host, and changes to a new version only when asked. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { ISOLATION } from "../../src/offline/headers.ts";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { engineOf } from "./engine.ts";
import { type Host, startHost } from "./host.ts";
import { makeNextBuild, NEXT_BASE } from "./next-build.ts";
import { png, stripes } from "./photos.ts";
import { addFolder, classify, downloadAndOpen, go, testAccuracy, train } from "./places.ts";
import { KEPT_FROM_ALL, tryInEngine } from "./policy.ts";
import { KINDS, writeStripedFolders } from "./striped-folders.ts";

const PHOTOS_A_CLASS = 12;

let folder: string;
let host: Host;
let app: App;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-offline-"));
  await writeStripedFolders(join(folder, "photos"), PHOTOS_A_CLASS, 160, 120);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("on a host that sends no headers", () => {
  beforeAll(async () => {
    host = await startHost(inject("appFolder"));
    await visit();
  });
  afterAll(leave);

  test("the first visit ends with all threads, and ready for offline use", async () => {
    // Until then the page is not looked into: to the browser, what Playwright runs in it is what its user does.
    await expect.poll(host.pageLoads, { timeout: 30_000 }).toBe(2);
    await expect.poll(engine, { timeout: 60_000 }).toMatch(/^WebAssembly, ([2-9]|\d\d) threads/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await howLoaded()).toBe("reload");
    await expect.poll(version, { timeout: 60_000 }).toBe("Works offline.");
  });

  test("the engine has the app's policy, which the host does not send", async () => {
    expect(await tryInEngine(page)).toEqual(KEPT_FROM_ALL);
  });

  test("of the WebAssembly variants it keeps the one that this browser uses", async () => {
    const wasm = (await keptFiles()).filter((path) => /tfjs.*\.wasm$/.test(path));
    expect(wasm).toEqual([expect.stringContaining("-threaded-simd")]);
  });

  test("when the host is gone, photos are added, trained on, tested, classified and taken away", async () => {
    await host.close();
    await expect(fetch(host.url)).rejects.toThrow();
    await page.reload();
    await expect.poll(engine, { timeout: 60_000 }).toMatch(/^WebAssembly, ([2-9]|\d\d) threads/);
    await expect.poll(version, { timeout: 60_000 }).toBe("Works offline.");

    await addFolder(page, join(folder, "photos"));
    expect(await train(page)).toMatch(/kept epoch \d+$/);
    // Its chart is a part that is loaded when it is needed.
    await page.getByRole("figure", { name: "Loss" }).locator("svg").first().waitFor();
    expect(await testAccuracy(page)).toBe(100);
    await go(page, "Use");
    const photo = { name: "new.png", mimeType: "image/png", buffer: png(160, 120, stripes("blue-level", 77)) };
    expect((await classify(page, photo))[0]?.className).toBe("blue-level");
    await downloadAndOpen(page, "TensorFlow.js");
    expect(app.complaints).toEqual([]);
  });

  test("every part that is loaded when it is needed is there, WebGPU's too", async () => {
    const parts = (await keptFiles()).filter((path) => /^assets\/.*\.(js|css)$/.test(path));
    expect(parts.length).toBeGreaterThan(4);
    const states = await page.evaluate(
      (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)),
      parts,
    );
    expect(new Set(states)).toEqual(new Set([200]));
  });
});

describe("on a host that sends the headers", () => {
  beforeAll(async () => {
    host = await startHost(inject("appFolder"), ISOLATION);
    await visit();
  });
  afterAll(leave);

  test("nothing is loaded twice", async () => {
    await expect.poll(version, { timeout: 60_000 }).toBe("Works offline.");
    expect(await howLoaded()).toBe("navigate");
    expect(host.pageLoads()).toBe(1);
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  });

  test("a new version is offered, and the page goes on with its own files", async () => {
    await addFolder(page, join(folder, "photos"));
    await makeNextBuild(inject("appFolder"), join(folder, "next"));
    host.serve(join(folder, "next"));
    const before = await pageScript(page);
    await page.reload();
    await expect.poll(version, { timeout: 60_000 }).toBe("A new version is ready.");
    expect(await pageScript(page)).toBe(before);
    expect(await statusOf(before)).toBe(200);
    expect((await fetch(before)).status).toBe(404);
    await expectFit(page);
  });

  test("taken in one tab, it has the project; another tab keeps the old one until it is closed", async () => {
    const old = await pageScript(page);
    const other = await page.context().newPage();
    await other.goto(host.url);
    await other.locator("#no-project").waitFor();
    await page.getByRole("textbox", { name: "Project name" }).fill("Stripes");

    await page.getByRole("button", { name: "Use the new version" }).click();
    await expect.poll(() => pageScript(page).catch(() => old), { timeout: 30_000 }).not.toBe(old);
    const photos = page.getByRole("region", { name: KINDS[0] }).getByText(`${PHOTOS_A_CLASS} photos`, { exact: true });
    await photos.waitFor();
    await expect.poll(() => page.getByRole("textbox", { name: "Project name" }).inputValue()).toBe("Stripes");
    await expect.poll(version, { timeout: 60_000 }).toBe("Works offline.");

    await expect
      .poll(() => other.getByRole("status", { name: "Version" }).textContent())
      .toBe("A new version is ready.");
    expect(await other.evaluate(async (script) => (await fetch(script)).status, old)).toBe(200);
    // Files whose names do not change come from the build of the one who asks.
    expect(await baseNameIn(page)).toBe(NEXT_BASE);
    expect(await baseNameIn(other)).not.toBe(NEXT_BASE);
    expect(await kept()).toHaveLength(2);
    await other.close();
    await page.reload();
    await expect.poll(kept, { timeout: 30_000 }).toHaveLength(1);
    expect(await statusOf(old)).toBe(404);
  });

  test("and it works offline too", async () => {
    await host.close();
    await page.reload();
    expect(await train(page)).toMatch(/kept epoch \d+$/);
    expect(await testAccuracy(page)).toBe(100);
  });
});

describe("where no service worker can be had", () => {
  afterEach(leave);

  test("the app works, and says that it needs its host", async () => {
    const without = join(folder, "without");
    await makeNextBuild(inject("appFolder"), without);
    await rm(join(without, "service-worker.js"));
    host = await startHost(without);
    await visit();
    await expect.poll(version, { timeout: 30_000 }).toMatch(/^This browser does not keep Headstart for offline use/);
    await expect.poll(engine, { timeout: 60_000 }).toMatch(/^WebAssembly, 1 thread:/);
    await page.getByRole("button", { name: "Use sample photos" }).click();
    await page.getByRole("region").first().waitFor();
  });
});

async function visit(): Promise<void> {
  app = await openApp({ url: host.url, serviceWorkers: "allow" });
  page = app.page;
}

async function leave(): Promise<void> {
  await app.close();
  await host.close();
}

const engine = () => page.getByRole("status", { name: "Engine" }).textContent();
const version = () => page.getByRole("status", { name: "Version" }).textContent();

/** Whether a person, or the page itself, loaded it: "navigate" or "reload". */
function howLoaded(): Promise<string | undefined> {
  return page.evaluate(() => performance.getEntriesByType("navigation").map((entry) => entry.toJSON().type)[0]);
}

function pageScript(of: Page): Promise<string> {
  return of.evaluate(() => document.querySelector<HTMLScriptElement>("script[type=module]")?.src ?? "");
}

function statusOf(address: string): Promise<number> {
  return page.evaluate(async (each) => (await fetch(each)).status, address);
}

/** The built-in base model, as a page's worker gets it. */
function baseNameIn(of: Page): Promise<string> {
  return engineOf(of).evaluate(
    async () => (await (await fetch(new URL("../models/card.json", location.href))).json()).name,
  );
}

/** Names of the builds that are kept. */
function kept(): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

/** Paths of the files that are kept. */
function keptFiles(): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url.slice(new URL(".", location.href).href.length));
  });
}
