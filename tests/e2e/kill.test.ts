/**
 * The browser, the page or its worker is killed at random moments of import, embedding, training and saving. Afterwards
 * every photo and label that the page had confirmed is there, no photo and no run is there by halves, and work goes on.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRandom } from "../../src/dataset/random.ts";
import { readKept, readKeptRuns } from "./kept.ts";
import { type Killable, openKillable } from "./killable.ts";
import { png, stripes } from "./photos.ts";
import { apply, go, setUpLongTraining, train, trainByGradient } from "./places.ts";

const random = createRandom(2026);
const KINDS = { red: "red-upright", blue: "blue-level" } as const;
type ClassName = keyof typeof KINDS;

type Doing = "importing" | "preparing" | "training" | "ending" | "saving";
type Victim = "browser" | "page" | "worker";

let folder: string;
let browser: Killable;
/** What the page has said is kept. */
const confirmed = new Map<string, ClassName>();
/** What it was given. */
const labels = new Map<string, ClassName>();
let made = 0;
/** Before the training that is to be killed as it ends. */
let runsBefore = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-kill-"));
  browser = await openKillable(join(folder, "profile"));
  await browser.page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
  await addAndConfirm(browser.page, 24);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test.each<{ doing: Doing; victim: Victim }>([
  { doing: "importing", victim: "browser" },
  { doing: "preparing", victim: "worker" },
  { doing: "training", victim: "page" },
  { doing: "saving", victim: "browser" },
  { doing: "importing", victim: "worker" },
  { doing: "preparing", victim: "browser" },
  { doing: "saving", victim: "page" },
  { doing: "importing", victim: "page" },
  { doing: "training", victim: "worker" },
  { doing: "training", victim: "browser" },
  { doing: "ending", victim: "browser" },
  { doing: "ending", victim: "worker" },
  { doing: "ending", victim: "page" },
  { doing: "ending", victim: "browser" },
])("the $victim is killed while $doing", async ({ doing, victim }) => {
  const { page } = browser;
  await go(page, "Data");
  const start = { importing: startImport, preparing: startPreparing, training: startTraining, ending, saving: move };
  const { moved } = await start[doing](page);
  await browser.kill(victim);
  if (victim === "worker") {
    if (doing === "ending") await expectOneRun(page);
    else {
      // The page lives on, says what happened, and starts another, in which training goes on.
      const trains = doing === "preparing" || doing === "training";
      await page
        .getByRole("alert")
        .getByText(trains ? /engine stopped unexpectedly.*Training continues/ : /engine stopped unexpectedly/)
        .first()
        .waitFor();
    }
    await go(page, "Data");
    await addAndConfirm(page, 2);
  }
  if (victim === "page") await browser.openAnew();
  else {
    await browser.close();
    browser = await openKillable(join(folder, "profile"));
  }
  await go(browser.page, "Data");
  await browser.page.getByRole("region", { name: "red", exact: true }).waitFor();
  await expectConfirmed(browser.page, moved);
  expect((await readKeptRuns(browser.page)).halves).toEqual([]);
  await addAndConfirm(browser.page, 2);
});

test("work goes on to a trained classifier", async () => {
  const { page } = browser;
  await go(page, "Train");
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("30");
  await page.getByRole("spinbutton", { name: "Patience" }).fill("10");
  expect(await train(page)).toMatch(/kept epoch \d+$/);
  await go(page, "Evaluate");
  await testAccuracyIsShown(page);
  await browser.close();
  browser = await openKillable(join(folder, "profile"));
  await go(browser.page, "Evaluate");
  await testAccuracyIsShown(browser.page);
});

/** Of the run shown: the table of earlier runs has a column of that name. */
async function testAccuracyIsShown(page: Page): Promise<void> {
  await page.getByText("Test accuracy", { exact: true }).locator("xpath=self::dt").waitFor();
}

/** Writes new photos into folders of the two classes. */
async function write(count: number): Promise<string> {
  const root = join(folder, `set-${made}`);
  for (const className of ["red", "blue"] as const) await mkdir(join(root, className), { recursive: true });
  for (let at = 0; at < count; at++) {
    const className = at % 2 ? "blue" : "red";
    const name = `${made}.png`;
    await writeFile(join(root, className, name), png(40 + made, 40, stripes(KINDS[className], made)));
    labels.set(name, className);
    made += 1;
  }
  return root;
}

/** Adds photos and waits until the page says that they are in; with them, everything before is kept. */
async function addAndConfirm(page: Page, count: number): Promise<void> {
  await page.getByLabel("Add folders").setInputFiles(await write(count));
  const notice = page.getByRole("status").filter({ hasText: `Added ${count} photos.` });
  await notice.waitFor();
  for (const [name, className] of (await readKept(page)).labels) confirmed.set(name, className as ClassName);
  await notice.getByRole("button", { name: "Dismiss" }).click();
}

interface Started {
  /** Photos whose class is being changed, all in one. */
  readonly moved: readonly string[];
}

async function startImport(page: Page): Promise<Started> {
  await page.getByLabel("Add folders").setInputFiles(await write(60));
  await later(500);
  return { moved: [] };
}

async function startPreparing(page: Page): Promise<Started> {
  await go(page, "Train");
  await page.getByRole("combobox", { name: "Augmentation" }).selectOption({ index: 1 + Math.floor(random() * 2) });
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await later(800);
  return { moved: [] };
}

async function startTraining(page: Page): Promise<Started> {
  await go(page, "Train");
  await setUpLongTraining(page);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("status", { name: "Training status" })
    .filter({ hasText: /^Epoch/ })
    .waitFor();
  await later(800);
  return { moved: [] };
}

/** Training is about to end, or has just ended: the run is being written, was written, or will be. */
async function ending(page: Page): Promise<Started> {
  runsBefore = (await readKeptRuns(page)).runs.length;
  await go(page, "Train");
  await page.getByRole("combobox", { name: "Augmentation" }).selectOption({ index: 0 });
  await page.getByRole("spinbutton", { name: "Patience" }).fill("1000");
  await trainByGradient(page);
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("12");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("status", { name: "Training status" })
    .filter({ hasText: /^Epoch|^Finished 12/ })
    .waitFor();
  await later(400);
  return { moved: [] };
}

/** Whether or not its worker died of it, a training that ended is one run. */
async function expectOneRun(page: Page): Promise<void> {
  await page
    .getByRole("status", { name: "Training status" })
    .filter({ hasText: /^Finished 12 epochs/ })
    .waitFor();
  const { runs, halves } = await readKeptRuns(page);
  expect(halves).toEqual([]);
  expect(runs.length).toBe(runsBefore + 1);
}

async function move(page: Page): Promise<Started> {
  const red = page.getByRole("region", { name: "red", exact: true });
  const moved = [...confirmed].flatMap(([name, className]) => (className === "red" ? [name] : [])).slice(0, 3);
  for (const name of moved) await red.getByRole("button", { name, exact: true }).click();
  await apply(red, "Move to", "Move", "blue");
  await later(60);
  return { moved };
}

function later(mostMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, random() * mostMs));
}

async function expectConfirmed(page: Page, moved: readonly string[]): Promise<void> {
  const kept = await readKept(page);
  expect(kept.broken).toBe(0);
  const others = [...confirmed].filter(([name]) => !moved.includes(name));
  expect(others.filter(([name, className]) => kept.labels.get(name) !== className)).toEqual([]);
  // What was under way is there with its right label or not at all, and one change is not half a change.
  for (const [name, className] of kept.labels) if (!confirmed.has(name)) expect(className).toBe(labels.get(name));
  expect(new Set(moved.map((name) => kept.labels.get(name))).size).toBeLessThanOrEqual(1);
  for (const className of ["red", "blue"]) {
    const count = [...kept.labels.values()].filter((each) => each === className).length;
    await page.getByRole("region", { name: className, exact: true }).getByText(`${count} photos`).waitFor();
  }
}
