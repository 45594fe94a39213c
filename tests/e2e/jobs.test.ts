/** Long work is shown wherever one is, can be cancelled from there, waits its turn, and its end is told once. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { focused, go, type PlaceName, setUpLongTraining, train, trainByGradient } from "./places.ts";
import { slowDown } from "./slow.ts";

const ELSEWHERE: readonly PlaceName[] = ["Data", "Evaluate", "Use", "Export"];
let app: App;
let page: Page;
let list: Locator;

beforeEach(async () => {
  app = await openApp();
  page = app.page;
  list = page.getByRole("list", { name: "Under way" });
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await page.getByText("Added 90 photos.").waitFor();
});
afterEach(() => app.close());

/** Photos that differ, as a file input takes them. */
function photos(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    name: `more-${at}.png`,
    mimeType: "image/png",
    buffer: png(40 + at, 48, stripes("red-upright", at)),
  }));
}

const status = () => page.getByRole("status", { name: "Training status" });

/** Begins a training that lasts. */
async function trainLong(): Promise<void> {
  await go(page, "Train");
  await setUpLongTraining(page);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await status()
    .filter({ hasText: /^Epoch \d+ of 1000/ })
    .waitFor();
}

/** How many photos the latest run was made of, read past the app. */
async function photosOfLatestRun(): Promise<number> {
  return page.evaluate(async () => {
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await ended(indexedDB.open("headstart"));
    const runs = await ended(database.transaction("runs").objectStore("runs").getAll());
    database.close();
    const [latest] = runs.toSorted((a, b) => b.finishedAt.localeCompare(a.finishedAt));
    const { train, validation, test } = latest.counts;
    return train + validation + test;
  });
}

test("Train pressed while photos come in waits for them, says so, and trains on all of them", async () => {
  await page.getByText("Loose photos go to").locator("xpath=..").getByRole("combobox").selectOption({ index: 1 });
  await slowDown(page, 1000);
  await page.getByLabel("Add photos").setInputFiles(photos(30));
  await go(page, "Train");
  await trainByGradient(page);
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("3");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect.poll(() => status().textContent()).toBe("Training: waiting for the photos that are being added");
  // It waits, so it has no bar yet; the photos are shown as elsewhere.
  await expect.poll(() => page.getByRole("progressbar", { name: "Training" }).count()).toBe(0);
  await list.getByText(/^Adding photos: \d+ of 30 files/).waitFor();
  await go(page, "Use");
  await list.getByText("Training: waiting for the photos that are being added").waitFor();
  await go(page, "Train");
  await slowDown(page, 0);
  await status()
    .filter({ hasText: /^Finished 3 epochs/ })
    .waitFor();
  expect(await photosOfLatestRun()).toBe(120);
});

test("a training that waits can be cancelled; the photos come in all the same", async () => {
  await slowDown(page, 1000);
  await page.getByLabel("Add photos").setInputFiles(photos(30));
  await go(page, "Train");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect.poll(() => status().textContent()).toBe("Training: waiting for the photos that are being added");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Train", exact: true }).waitFor();
  await slowDown(page, 0);
  await page.getByText("Added 30 photos.").waitFor();
  await expect.poll(() => status().textContent()).toBe("Not trained yet");
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
});

test("photos given while others come in wait for them", async () => {
  await slowDown(page, 500);
  await page.getByLabel("Add photos").setInputFiles(photos(12));
  await page.getByLabel("Add photos").setInputFiles(photos(30).slice(12));
  await page.getByText("Adding photos: waiting for the photos that are being added").waitFor();
  await slowDown(page, 0);
  await page.getByText("Added 12 photos.").waitFor();
  await page.getByText("Added 18 photos.").waitFor();
});

describe("a training", () => {
  test("is shown from every other place with its progress, and at its own place by that place alone", async () => {
    await trainLong();
    const bars = page.getByRole("progressbar", { name: "Training", exact: true });
    expect([await list.count(), await bars.count()]).toEqual([0, 1]);
    for (const place of ELSEWHERE) {
      await go(page, place);
      const job = list.getByRole("listitem");
      expect([place, await job.count(), await bars.count()]).toEqual([place, 1, 1]);
      await expect.poll(() => job.textContent()).toMatch(/^Training: epoch [\d,]+ of 1,000Stop$/);
      expect(Number(await bars.getAttribute("value"))).toBeGreaterThan(0);
    }
    await expectFit(page);
  });

  test("is cancelled from elsewhere by keyboard, keeps its best epoch, and its end is told once", async () => {
    await trainLong();
    await go(page, "Use");
    const cancel = list.getByRole("button", { name: "Stop: Training" });
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Export" }).focus();
    await page.keyboard.press("Tab");
    expect(await cancel.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    const told = page.getByRole("status").filter({ hasText: "Training is done" });
    await told.waitFor();
    expect([await told.count(), await list.count(), await page.getByRole("alert").count()]).toEqual([1, 0, 0]);
    // The button has gone; the page's heading has the focus that it had.
    await expect.poll(() => focused(page)).toBe("Use");
    await told.getByRole("button", { name: "See the result" }).click();
    await page.getByRole("heading", { level: 1, name: "Evaluate" }).waitFor();
    await page.getByText("Test accuracy", { exact: true }).waitFor();
    await expect.poll(() => told.count()).toBe(0);
    await go(page, "Train");
    await expect.poll(() => status().textContent()).toMatch(/^Stopped by you; kept epoch \d+$/);
  });

  test("that ends at its own place is told by the status alone", async () => {
    await go(page, "Train");
    await page.getByRole("spinbutton", { name: "Epochs" }).fill("5");
    await train(page);
    await expect.poll(() => page.getByText("Training is done").count()).toBe(0);
    await expect.poll(() => page.getByRole("button", { name: "See the result" }).count()).toBe(0);
  });

  test("keeps its project open, and says why", async () => {
    await trainLong();
    await page.getByRole("button", { name: "New project" }).click();
    await page
      .getByRole("alert")
      .getByText(
        "This project cannot be left now: a training is under way. Wait until that has finished, or stop it first.",
      )
      .waitFor();
    await expect.poll(() => status().textContent()).toMatch(/^Epoch/);
  });
});

describe("a look through the photos", () => {
  const told = () => page.getByText("The look through your photos is done.");

  test("that ends elsewhere is told once, with a way to what it found", async () => {
    await page.getByRole("link", { name: "Worth a look" }).click();
    await page.getByRole("main").getByRole("button", { name: /look/i }).first().click();
    await go(page, "Evaluate");
    await told().waitFor();
    expect([await told().count(), await list.count()]).toEqual([1, 0]);
    await page.getByRole("button", { name: "See the result" }).click();
    await page.getByText(/photos looked at/).waitFor();
  });

  test("is shown in the other views of its place, and told there by what it found", async () => {
    await page.getByRole("link", { name: "Worth a look" }).click();
    await slowDown(page, 100);
    await page.getByRole("main").getByRole("button", { name: /look/i }).first().click();
    await page.getByRole("link", { name: "All photos" }).click();
    const cancel = page.getByRole("main").getByRole("button", { name: /^Cancel: / });
    await cancel.waitFor();
    expect([await cancel.count(), await list.count()]).toEqual([1, 0]);
    await slowDown(page, 0);
    await page.getByRole("link", { name: "Worth a look" }).click();
    await page.getByText(/photos looked at/).waitFor();
    await expect.poll(() => told().count()).toBe(0);
  });
});

describe("cancelled from another place", () => {
  async function cancel(name: string): Promise<void> {
    await list.getByRole("button", { name: `Cancel: ${name}` }).click();
    await expect.poll(() => list.count()).toBe(0);
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  }

  test("a download is given up, and can be begun again", async () => {
    const model = fileURLToPath(new URL("../../public/models/model.json", import.meta.url));
    await page.context().route("https://storage.googleapis.com/**", async (route) => {
      // The weights never come.
      if (!route.request().url().endsWith("model.json")) return;
      const headers = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
      await route.fulfill({ body: await readFile(model), headers });
    });
    await go(page, "Train");
    await page.getByRole("button", { name: /Get it/ }).click();
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.getByRole("progressbar", { name: "Downloading" }).waitFor();
    await go(page, "Data");
    await list.getByText(/^Downloading \(MobileNetV2 0\.35\)/).waitFor();
    await cancel("Downloading");
    await go(page, "Train");
    await page.getByRole("button", { name: "Download", exact: true }).waitFor();
  });

  test("an export leaves no file", async () => {
    let downloads = 0;
    page.on("download", () => {
      downloads += 1;
    });
    await slowDown(page, 100);
    await go(page, "Export");
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.getByRole("progressbar", { name: "Saving a file" }).waitFor();
    await go(page, "Data");
    await list.getByText(/^Saving a file \(the project\)/).waitFor();
    await cancel("Saving a file");
    await slowDown(page, 0);
    await go(page, "Export");
    await expect.poll(() => page.getByRole("button", { name: "Download", exact: true }).isEnabled()).toBe(true);
    expect(downloads).toBe(0);
  });

  test("an opening leaves the project that is open, and no other", async () => {
    const folder = await mkdtemp(join(tmpdir(), "headstart-jobs-"));
    await page.getByRole("textbox", { name: "Project name" }).fill("The first one");
    await go(page, "Export");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download", exact: true }).click();
    const file = join(folder, "project.zip");
    await (await downloading).saveAs(file);
    await page.getByLabel("Open file").setInputFiles(file);
    await slowDown(page, 300);
    await page.getByRole("progressbar", { name: "Opening a project" }).waitFor();
    await go(page, "Use");
    await list.getByText(/^Opening a project \(project\.zip\)/).waitFor();
    await cancel("Opening a project");
    await slowDown(page, 0);
    await page.getByRole("button", { name: "Projects" }).click();
    const projects = page.getByRole("dialog", { name: "Projects" });
    await projects.getByText("The first one").first().waitFor();
    await expect.poll(() => projects.getByText("The first one").count()).toBe(1);
    await rm(folder, { recursive: true });
  });
});

test("on a phone the list is above the places and covers nothing", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  // A message may lie over the page's end; it goes by itself.
  const dismiss = page.getByRole("button", { name: "Dismiss" });
  while (await dismiss.count()) await dismiss.first().click();
  await slowDown(page, 1000);
  await page.getByLabel("Add photos").setInputFiles(photos(30));
  await go(page, "Train");
  await list.getByRole("progressbar", { name: "Adding photos" }).waitFor();
  const edges = await page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
    const places = box("nav[aria-label=Places] > ul");
    const jobs = box("nav[aria-label=Places] > ul + ul");
    return { jobs: jobs?.bottom ?? Number.NaN, places: places?.top ?? Number.NaN, bottom: places?.bottom };
  });
  expect(edges.jobs).toBeLessThanOrEqual(edges.places);
  expect(edges.bottom).toBeLessThanOrEqual(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await isInFront(page.getByRole("button", { name: "Train", exact: true }))).toBe(true);
  // The page's end can be scrolled to above the list.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  expect(await isInFront(page.getByRole("combobox", { name: "Backend" }))).toBe(true);
});

/** Whether a press at an element's middle would reach it as the page is scrolled now. */
async function isInFront(element: Locator): Promise<boolean> {
  return element.evaluate((target) => {
    const { left, top, width, height } = target.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && target.contains(hit);
  });
}
