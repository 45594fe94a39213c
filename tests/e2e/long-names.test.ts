/** Names of 180 letters: no page scrolls sideways on a phone, and the photos come back under them from every kind of zip. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadZip } from "client-zip";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readZip } from "../../src/formats/archives/zip.ts";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { classify, go, train } from "./places.ts";

const LONG = "w".repeat(180);
const NAMES = { "red-upright": LONG, "blue-level": "Cat (2)" } as const;
const PLACES = ["Data", "Train", "Evaluate", "Use", "Export"] as const;

let app: App;
let page: Page;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-names-"));
  app = await openApp();
  page = app.page;
});
afterAll(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test("no place is wider than a phone", async () => {
  const photos = (["red-upright", "blue-level"] as const).flatMap((kind) =>
    Array.from({ length: 12 }, (_, variant) => ({
      name: `${NAMES[kind]}/${variant === 0 ? LONG : variant}.png`,
      input: png(60, 60, stripes(kind, variant)),
    })),
  );
  const loose = { name: `${LONG}.png`, input: png(60, 60, stripes("red-upright", 50)) };
  await addZip(Buffer.from(await downloadZip([...photos, loose]).arrayBuffer()), 25);
  await train(page);
  await go(page, "Use");
  await classify(page, { name: `${LONG}.png`, mimeType: "image/png", buffer: png(60, 60, stripes("blue-level", 60)) });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const place of PLACES) {
    await go(page, place);
    expect([place, await overflow()]).toEqual([place, 0]);
  }
  await go(page, "Data");
  for (const view of ["All photos", "Sort", "Worth a look", "Classes"]) {
    await page.getByRole("link", { name: view, exact: true }).click();
    expect([view, await overflow()]).toEqual([view, 0]);
  }
  await page.getByRole("button", { name: "Capture from camera" }).first().click();
  await page.getByRole("dialog").waitFor();
  expect(await overflow()).toBe(0);
  expect(await dialogOverflow()).toBe(0);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1280, height: 900 });
});

test.each(["Folders", "Table", "Hugging Face"])(
  "%s: what was downloaded comes back with the same labels",
  async (arrangement) => {
    const before = await labels();
    const path = await downloadPhotos(arrangement);
    await page.getByRole("button", { name: "New project" }).click();
    await go(page, "Data");
    await addZip(await readFile(path), 25);
    expect(await labels()).toEqual(before);
    expect(before).toHaveLength(25);
    expect(new Set(before.map((row) => row.split(",")[0]))).toEqual(new Set([LONG, "Cat (2)", "Unsorted"]));
  },
);

async function addZip(bytes: Buffer, photos: number): Promise<void> {
  await page.getByLabel("Add zip").setInputFiles({ name: "set.zip", mimeType: "application/zip", buffer: bytes });
  await page.getByText(new RegExp(`^Added ${photos} photos\\.`)).waitFor();
  const dismiss = page.getByRole("button", { name: "Dismiss" });
  for (let left = await dismiss.count(); left > 0; left--) await dismiss.first().click();
}

async function downloadPhotos(arrangement: string): Promise<string> {
  await go(page, "Export");
  await page.getByRole("radiogroup", { name: "Arrangement" }).getByRole("radio", { name: arrangement }).check();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download photos" }).click();
  const path = join(folder, `${arrangement}.zip`);
  await (await saving).saveAs(path);
  return path;
}

/** Class, split and hash of each photo. */
async function labels(): Promise<string[]> {
  const entries = await readZip(new Blob([await readFile(await downloadPhotos("Folders"))]), "photos.zip");
  const table = entries.find(({ path }) => path === "labels.csv");
  const rows = (await (await table?.blob())?.text())?.trim().split("\r\n").slice(1) ?? [];
  return rows.map((row) => row.split(",").slice(1).join(",")).sort();
}

const overflow = () => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
const dialogOverflow = () =>
  page.getByRole("dialog").evaluate((dialog) => Math.max(0, dialog.scrollWidth - dialog.clientWidth));
