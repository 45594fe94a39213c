/** Earlier runs: looked at, used again, taken away, pinned and deleted, and still readable when classes change their names. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { addFolder, classify, downloadAndOpen, focused, go, train, trainByGradient } from "./places.ts";

let app: App;
let page: Page;
let folder: string;
let table: Locator;
/** Of the run with five epochs, and of the later one with six. */
let five: Locator;
let six: Locator;

/** Two runs over the same photos, of which one test photo is in the wrong folder. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-runs-"));
  app = await openApp();
  page = app.page;
  await addFolder(page, await writePhotos());
  for (const epochs of ["5", "6"]) {
    await go(page, "Train");
    await trainByGradient(page);
    await page.getByRole("spinbutton", { name: "Epochs" }).fill(epochs);
    await train(page);
  }
  await go(page, "Evaluate");
  table = page.getByRole("table", { name: "Earlier runs" });
  five = table.getByRole("row").filter({ hasText: "Epochs 5" });
  six = table.getByRole("row").filter({ hasText: "Epochs 6" });
  await six.waitFor();
});
afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test("an earlier run is shown, and its classifier is used, opened from a file, and left again", async () => {
  // Of one minute, most likely.
  const names = await table
    .getByRole("button")
    .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  expect([names.length, new Set(names).size]).toEqual([8, 8]);
  const earlier = page.getByText("This is an earlier run. Its classifier is not the one in use.");
  expect(await press(six, "Show")).toBe("Shown");
  await press(five, "Show");
  await earlier.waitFor();
  await mistake("red", "blue").waitFor();
  const probe = photo("probe.png", "blue-level", 4);
  await go(page, "Use");
  const bySix = await classify(page, probe);

  await go(page, "Evaluate");
  expect(await press(five, "Use")).toBe("In use");
  await earlier.waitFor({ state: "detached" });
  await expect.poll(() => button(six, "Use").textContent()).toBe("Use");
  await go(page, "Use");
  const byFive = await classify(page, { ...probe, name: "again.png" });
  expect(byFive).not.toEqual(bySix);
  await page.reload();
  await go(page, "Use");
  expect(await classify(page, { ...probe, name: "after a reload.png" })).toEqual(byFive);

  await downloadAndOpen(page, "TensorFlow.js");
  await go(page, "Use");
  expect(await classify(page, { ...probe, name: "from the file.png" })).toEqual(byFive);
  await go(page, "Evaluate");
  await page.getByText(/was not trained in this project.*Earlier runs of this project are listed below/).waitFor();
  await press(six, "Use");
  await go(page, "Use");
  expect(await classify(page, { ...probe, name: "by the later one.png" })).toEqual(bySix);
});

test("the run in use stays, others are pinned and deleted, and a deleted one comes back", async () => {
  await expect.poll(() => button(six, "Delete").isDisabled()).toBe(true);
  await press(five, "Delete");
  await five.waitFor({ state: "detached" });
  // The table has gone with it: the keyboard's place is the page's heading.
  await expect.poll(() => focused(page)).toBe("Evaluate");
  await page.getByRole("button", { name: "Bring back" }).click();
  await five.waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  const box = page.getByRole("region", { name: "Earlier runs, scrollable" });
  expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await expect.poll(() => table.getByRole("row").count()).toBe(3);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await press(five, "Pin")).toBe("Pinned");
  await press(five, "Show");
  await mistake("red", "blue").waitFor();
  await page.reload();
  await expect.poll(() => button(five, "Pin").getAttribute("aria-pressed")).toBe("true");
  await press(five, "Delete");
  await five.waitFor({ state: "detached" });
  await page.reload();
  // One run, whose classifier is in use, is no table.
  await mistake("red", "blue").waitFor();
  await expect.poll(() => table.count()).toBe(0);
});

test("a renamed class keeps the report's buttons and has its new name there; a deleted one keeps its name", async () => {
  const moves = mistake("red", "blue").getByRole("button", { name: "Move to blue: in-red.png" });
  await moves.waitFor();
  await rename("blue", "sea");
  await go(page, "Evaluate");
  await mistake("red", "sea").getByRole("button", { name: "Move to sea: in-red.png" }).waitFor();
  await expect.poll(() => page.getByText(/^Now in/).count()).toBe(0);
  const headers = page.getByRole("table", { name: "Per-class metrics" }).getByRole("rowheader");
  await expect.poll(() => headers.allTextContents()).toEqual(["sea", "red"]);
  await press(five, "Show");
  await mistake("red", "sea").waitFor();

  await go(page, "Data");
  await classNamed("sea").getByRole("button", { name: "Delete class" }).click();
  await classNamed("sea").waitFor({ state: "detached" });
  await go(page, "Evaluate");
  await mistake("red", "blue").waitFor();
  expect(
    await mistake("red", "blue")
      .getByRole("button", { name: /^Move to/ })
      .count(),
  ).toBe(0);
});

/** Of a run, by what it is called before it is pressed. */
function button(run: Locator, action: "Show" | "Use" | "Pin" | "Delete"): Locator {
  return run.getByRole("button", { name: new RegExp(`^${action}: run of`) });
}

/** @returns what the button says then; one that stays says that it is pressed */
async function press(run: Locator, action: "Show" | "Use" | "Pin" | "Delete"): Promise<string | null> {
  await button(run, action).click();
  if (action === "Delete") return null;
  await expect.poll(() => button(run, action).getAttribute("aria-pressed")).toBe("true");
  return button(run, action).textContent();
}

function mistake(actual: string, predicted: string): Locator {
  return page
    .getByRole("list", { name: "Mistakes" })
    .getByRole("listitem")
    .filter({ hasText: `${actual} called ${predicted}` });
}

function classNamed(name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

async function rename(from: string, to: string): Promise<void> {
  await go(page, "Data");
  const name = classNamed(from).getByRole("textbox", { name: "Class name" });
  await name.fill(to);
  await name.press("Enter");
  await classNamed(to).waitFor();
}

function photo(name: string, kind: "red-upright" | "blue-level", variant: number) {
  return { name, mimeType: "image/png", buffer: png(120, 120, stripes(kind, variant)) };
}

async function writePhotos(): Promise<string> {
  const root = join(folder, "photos");
  const files: Record<string, Buffer> = { "test/red/in-red.png": png(96, 96, stripes("blue-level", 29)) };
  for (let at = 0; at < 18; at++) {
    const split = at < 12 ? "train" : "test";
    files[`${split}/red/red-${at}.png`] = png(96, 96, stripes("red-upright", at));
    files[`${split}/blue/blue-${at}.png`] = png(96, 96, stripes("blue-level", at));
  }
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}
