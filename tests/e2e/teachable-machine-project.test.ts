/** The photos of a Teachable Machine project, by every way in. */
import { downloadZip } from "client-zip";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { go } from "./places.ts";

let app: App;
let page: Page;
beforeEach(async () => {
  app = await openApp();
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
});
afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
});

/** Laid out as TeachableMachine-Scraper writes it. */
async function project(name: string) {
  const manifest = { type: "image", version: "2.4.4", appdata: { publishResults: {}, trainEpochs: 50 } };
  const photo = (kind: "red-upright" | "blue-level", variant: number) => png(60, 60, stripes(kind, variant));
  const zip = await downloadZip([
    { name: "Rot oder nicht?-!-0.jpg", input: photo("red-upright", 1) },
    { name: "Rot oder nicht?-!-1.jpg", input: photo("red-upright", 2) },
    { name: "Blau-!-0.jpg", input: photo("blue-level", 1) },
    { name: "manifest.json", input: JSON.stringify(manifest) },
  ]).arrayBuffer();
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(zip) };
}

async function isIn(): Promise<void> {
  await page.getByText(/^Added 3 photos\./).waitFor();
  await go(page, "Data");
  const counted = (name: string, text: string) =>
    page.getByRole("region", { name, exact: true }).getByText(text, { exact: true }).waitFor();
  await counted("Rot oder nicht?", "2 photos");
  await counted("Blau", "1 photo");
}

test("through “Add zip”", async () => {
  await page.getByLabel("Add zip").setInputFiles(await project("project.tm"));
  await isIn();
});

test("through “Open file”, whatever its name", async () => {
  await go(page, "Export");
  await page.getByLabel("Open file").setInputFiles(await project("project.zip"));
  await isIn();
});
