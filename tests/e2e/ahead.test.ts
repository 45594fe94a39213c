/** Photos are prepared before anybody asks, unless the engine, the battery or the person is against it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { readKeptEmbeddings } from "./kept.ts";
import { addFolder, go, toldOfPreparing, train } from "./places.ts";
import { slowDown } from "./slow.ts";
import { writeStripedFolders } from "./striped-folders.ts";

let folder: string;
let app: App;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-ahead-"));
  await writeStripedFolders(join(folder, "photos"), 12, 64, 64);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
});

const embedded = async () => (await readKeptEmbeddings(app.page)).length;

test("training finds them prepared, and another base's input size is prepared for as well", async () => {
  app = await openApp({ choices: {} });
  const { page } = app;
  await addFolder(page, join(folder, "photos"));
  await expect.poll(embedded, { timeout: 60_000 }).toBe(24);
  await go(page, "Train");
  const told = await toldOfPreparing(page);
  await train(page);
  expect((await told()).filter(({ done, total }) => done < total)).toEqual([]);

  await page.getByText("Facts, input size, other models").click();
  await page.getByRole("combobox", { name: "Input size" }).selectOption({ label: "32 pixels" });
  await expect.poll(embedded, { timeout: 60_000 }).toBe(48);
});

test("it can be switched off and on, and the choice stays", async () => {
  app = await openApp({ choices: {} });
  const { page } = app;
  const ahead = page.getByRole("checkbox", { name: "Prepare photos ahead" });
  await ahead.uncheck();
  await page.reload();
  await expect.poll(() => ahead.isChecked()).toBe(false);
  await addFolder(page, join(folder, "photos"));
  await go(page, "Train");
  expect(await embedded()).toBe(0);
  await ahead.check();
  await expect.poll(embedded, { timeout: 60_000 }).toBe(24);
});

test("a slow machine is offered photos of 160 pixels, and takes them only when told", async () => {
  app = await openApp({ url: inject("shippedUrl") });
  const { page } = app;
  // More than are decoded ahead of the first that is embedded.
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await page.getByText("Added 90 photos.").waitFor();
  // Some thirty are read at once.
  await slowDown(page, 3500);
  await train(page);
  const inputSize = page.getByRole("combobox", { name: "Input size" });
  await page.getByText(/^This machine takes \d+ ms per photo\. With photos of 160 pixels/).waitFor();
  await expect.poll(() => inputSize.inputValue()).toBe("");
  await page.getByRole("button", { name: "Use 160 pixels" }).click();
  await expect.poll(() => inputSize.inputValue()).toBe("160");
  await expect.poll(() => page.getByText(/^This machine takes/).count()).toBe(0);
});

test("it waits while the battery is low", async () => {
  app = await openApp({ choices: {} });
  const { page } = app;
  await page.addInitScript(() => {
    const battery = Object.assign(new EventTarget(), { charging: false, level: 0.1 });
    Object.assign(navigator, { getBattery: async () => battery });
    addEventListener("plugged-in", () => {
      battery.charging = true;
      battery.dispatchEvent(new Event("chargingchange"));
    });
  });
  await page.reload();
  await addFolder(page, join(folder, "photos"));
  await go(page, "Train");
  expect(await embedded()).toBe(0);
  await page.evaluate(() => dispatchEvent(new Event("plugged-in")));
  await expect.poll(embedded, { timeout: 60_000 }).toBe(24);
});
