/** The whole hostile corpus in one folder, together with two honest classes, as somebody might add it. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { BAD_PHOTOS, HOSTILE_ZIPS, SOUND_PHOTOS } from "../fixtures/hostile.ts";
import { type App, openApp, USUAL_CHOICES } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { addFolder, go, train } from "./places.ts";
import { KEPT_FROM_ALL, tryInEngine } from "./policy.ts";

const CORPUS = [...SOUND_PHOTOS, ...BAD_PHOTOS, ...HOSTILE_ZIPS];

let app: App;
let page: Page;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-hostile-"));
  app = await openApp({
    url: inject("tinyUrl"),
    // Otherwise memory is measured at the next tidying up,
    flags: ["--enable-blink-features=ForceEagerMeasureMemory"],
    // and told a minute later, when the browser no longer waits for WebAssembly's threads, which do not answer.
    choices: { ...USUAL_CHOICES, "headstart.backend": "webgl" },
  });
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
});

afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
}

/** What the page and its workers hold after they were tidied up, in bytes. */
async function memory(): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  return page.evaluate(async () => {
    const measure: unknown = Reflect.get(performance, "measureUserAgentSpecificMemory");
    if (typeof measure !== "function")
      throw new Error("This page is not isolated, so that its memory cannot be measured");
    const { bytes } = (await measure.call(performance)) as { bytes: number };
    return bytes;
  });
}

test("good photos come in, every bad file is named in one message, training works, no memory stays behind", async () => {
  for (let variant = 0; variant < 12; variant++) {
    await write(`honest/upright/${variant}.png`, png(64, 64, stripes("red-upright", variant)));
    await write(`honest/level/${variant}.png`, png(64, 64, stripes("blue-level", variant)));
  }
  await addFolder(page, join(folder, "honest"));
  const before = memory();

  for (const { path, make } of CORPUS) await write(`corpus/${path}`, await make());
  await mkdir(join(folder, "corpus/an empty folder"), { recursive: true });
  await addFolder(page, join(folder, "corpus"));

  const expected = new Map<string, number>([
    ["upright", 12],
    ["level", 12],
  ]);
  const bad: string[] = [];
  for (const { path, outcome } of CORPUS) {
    if (outcome.kind === "photo") expected.set("good", (expected.get("good") ?? 0) + 1);
    else if (outcome.kind === "refused") bad.push(`corpus/${path}`);
    else {
      for (const [name, count] of Object.entries(outcome.photos)) expected.set(name, (expected.get(name) ?? 0) + count);
      bad.push(...Object.keys(outcome.refused));
    }
  }
  for (const [name, count] of expected) {
    await page
      .getByRole("region", { name, exact: true })
      .getByText(count === 1 ? "1 photo" : `${count} photos`, { exact: true })
      .waitFor();
  }
  expect(
    await page
      .getByRole("region")
      .filter({ has: page.getByRole("textbox", { name: "Class name" }) })
      .count(),
  ).toBe(expected.size);

  const alert = page.getByRole("alert").filter({ hasText: "skipped" });
  await expect.poll(() => alert.count()).toBe(1);
  const text = (await alert.textContent()) ?? "";
  expect(text).toContain(`${bad.length} files skipped`);
  for (const path of bad) expect(text).toContain(path);
  await alert.getByRole("button", { name: "Dismiss" }).click();

  const after = memory();

  // What has one or two photos is no class to learn.
  for (const name of expected.keys()) {
    if (name === "upright" || name === "level") continue;
    await page.getByRole("region", { name, exact: true }).getByRole("button", { name: "Delete class" }).click();
  }
  expect(await train(page)).toMatch(/kept epoch/);
  await go(page, "Evaluate");
  await page.getByText("Test accuracy").first().waitFor();
  // 64 MB are in three of the files alone.
  expect((await after) - (await before)).toBeLessThan(48 * 2 ** 20);
  expect(app.complaints).toEqual([]);
});

test("the app's policy holds in its engine: no text is run as a script, and no other host is asked", async () => {
  await expect
    .poll(() => page.getByRole("status", { name: "Engine", exact: true }).textContent(), { timeout: 60_000 })
    .toContain("WebGL");
  expect(await tryInEngine(page)).toEqual(KEPT_FROM_ALL);
});
