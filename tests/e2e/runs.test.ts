/** Runs: looked at, used again, taken away, written about, pinned and deleted, and still readable when classes change their names. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectFit } from "./axe.ts";
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
  await goToRuns();
  table = page.getByRole("table", { name: "Runs" });
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
  const names = await table
    .getByRole("button")
    .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  expect(new Set(names).size).toBe(names.length);
  const earlier = page.getByText("This is an earlier run. Its classifier is not the one in use.");
  await evaluate(six);
  await expect.poll(() => earlier.count()).toBe(0);
  await goToRuns();
  await evaluate(five);
  await earlier.waitFor();
  await mistake("red", "blue").waitFor();
  const probe = photo("probe.png", "blue-level", 4);
  await go(page, "Use");
  const bySix = await classify(page, probe);

  await goToRuns();
  expect(await press(five, "Use")).toBe("In use");
  await expect.poll(() => button(six, "Use").textContent()).toBe("Use");
  await go(page, "Evaluate");
  await mistake("red", "blue").waitFor();
  await expect.poll(() => earlier.count()).toBe(0);
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
  await page.getByText(/was not trained in this project.*The runs of this project are on the Train page/).waitFor();
  await page.getByRole("link", { name: "All runs" }).click();
  await more(six, "Export");
  await page.getByRole("heading", { level: 1, name: "Export" }).waitFor();
  await go(page, "Use");
  expect(await classify(page, { ...probe, name: "by the later one.png" })).toEqual(bySix);
});

test("the run in use stays, others are written about, pinned and deleted, and a deleted one comes back", async () => {
  await six.getByText("More", { exact: true }).click();
  await expect.poll(() => button(six, "Delete").isDisabled()).toBe(true);
  await more(five, "Delete");
  await five.waitFor({ state: "detached" });
  // The row has gone with it: the keyboard's place is the list.
  await expect.poll(() => focused(page)).toMatch(/^Runs/);
  await page.getByRole("button", { name: "Bring back" }).click();
  await five.waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  const box = page.getByRole("region", { name: "Runs", exact: true });
  expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await expect.poll(() => table.getByRole("row").count()).toBe(3);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await press(five, "Pin")).toBe("Pinned");
  const note = five.getByRole("textbox", { name: "Note: run 1" });
  await note.fill("before the light was better");
  await note.press("Enter");
  await evaluate(five);
  await mistake("red", "blue").waitFor();
  await page.reload();
  await goToRuns();
  await expect.poll(() => button(five, "Pin").getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => note.inputValue()).toBe("before the light was better");
  await more(five, "Delete");
  await five.waitFor({ state: "detached" });
  await page.reload();
  await six.waitFor();
  await expect.poll(() => table.getByRole("row").count()).toBe(2);
  // The number of a run that is gone is not given again.
  await expect.poll(() => six.getByRole("rowheader").textContent()).toMatch(/^Run 2/);
});

test("a renamed class keeps the report's buttons and has its new name there; a deleted one keeps its name", async () => {
  await go(page, "Evaluate");
  const moves = mistake("red", "blue").getByRole("button", { name: "Move to blue: in-red.png" });
  await moves.waitFor();
  await rename("blue", "sea");
  await go(page, "Evaluate");
  await mistake("red", "sea").getByRole("button", { name: "Move to sea: in-red.png" }).waitFor();
  await expect.poll(() => page.getByText(/^Now in/).count()).toBe(0);
  const headers = page.getByRole("table", { name: "Per-class metrics" }).getByRole("rowheader");
  await expect.poll(() => headers.allTextContents()).toEqual(["sea", "red"]);
  await goToRuns();
  await evaluate(five);
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

test("runs are compared, their curves are looked at and taken away, and one is repeated to the same numbers", async () => {
  const choose = (run: Locator) => run.getByRole("checkbox", { name: /^Compare: run/ }).check();
  const comparison = page.getByRole("region", { name: "Compare runs" });
  await choose(five);
  await comparison.getByText("Tick at least one more run to compare them.").waitFor();
  await choose(six);
  await comparison.getByText(/^Runs \d and \d, on the 13 test photos that both saw: /).waitFor();
  const differences = comparison.getByRole("table", { name: "What differs" });
  await expect.poll(() => differences.getByRole("row", { name: /^Epochs/ }).textContent()).toBe("Epochs56");
  await expectFit(page);
  const losses = comparison.getByRole("figure", { name: "Validation loss" });
  await expect.poll(() => losses.locator("path.recharts-curve").count()).toBe(2);
  await losses.getByRole("button", { name: "Run 1" }).click();
  await expect.poll(() => losses.locator("path.recharts-curve").count()).toBe(1);

  await comparison.getByText("Chart options").click();
  await comparison.getByRole("slider", { name: "From epoch" }).press("ArrowRight");
  await comparison.getByRole("checkbox", { name: "Logarithmic loss axis" }).check();
  await comparison.getByRole("slider", { name: "Smoothing" }).press("ArrowRight");
  // Behind the smooth curve it is drawn as it is.
  await expect.poll(() => losses.locator("path.recharts-curve").count()).toBe(2);
  const numbers = (await saved("Download CSV")).toString();
  expect(numbers.split("\r\n")).toHaveLength(8);
  expect(numbers).toMatch(/^Epoch,Run 1: Validation loss,Run 2: Validation loss,.*\r\n1,\d/);
  const picture = await saved("Download PNG");
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  expect(picture.readUInt32BE(16)).toBeGreaterThan(600);

  await more(five, "Repeat exactly");
  const news = page.getByText(/^Run 3 repeats run 1/);
  await news.waitFor();
  await expect.poll(() => news.textContent()).toBe("Run 3 repeats run 1 with the same numbers.");
  await goToRuns();
  const first = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^Run 1 / }) });
  await more(first, "Train further");
  await page
    .getByText(/^Finished 5 epochs/)
    .first()
    .waitFor();
  await goToRuns();
  await table.getByText("Went on from run 1").waitFor();
});

async function saved(button: string): Promise<Buffer> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  return readFile(await (await downloading).path());
}

async function goToRuns(): Promise<void> {
  await go(page, "Train");
  await page.getByRole("tab", { name: "Runs" }).click();
}

async function evaluate(run: Locator): Promise<void> {
  await run.getByRole("link", { name: /^Evaluate: run/ }).click();
  await page.getByRole("heading", { level: 1, name: "Evaluate" }).waitFor();
}

type Action = "Use" | "Pin" | "Export" | "Train further" | "Repeat exactly" | "Delete";

/** Those that say something else once they are pressed. */
const SAYS: Readonly<Partial<Record<Action, string>>> = { Use: "(Use|In use)", Pin: "(Pin|Pinned)" };

/** Of a run. */
function button(run: Locator, action: Action): Locator {
  return run.getByRole("button", { name: new RegExp(`^${SAYS[action] ?? action}: run \\d+$`) });
}

/** What is in the fold. */
async function more(run: Locator, action: Action): Promise<void> {
  if (!(await button(run, action).isVisible())) await run.getByText("More", { exact: true }).click();
  await button(run, action).click();
}

/** @returns what the button says then; it says that it is pressed */
async function press(run: Locator, action: "Use" | "Pin"): Promise<string | null> {
  await button(run, action).click();
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
