/** What people do in the app, by the names they see. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { expect } from "vitest";

export type PlaceName = "Data" | "Train" | "Evaluate" | "Use" | "Export";

export async function go(page: Page, place: PlaceName): Promise<void> {
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: place }).click();
  await page.getByRole("heading", { level: 1, name: place }).waitFor();
}

/** Adds a folder and waits until all of it is in. */
export async function addFolder(page: Page, folder: string): Promise<void> {
  await page.getByLabel("Add folders").setInputFiles(folder);
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor();
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor({ state: "detached", timeout: 120_000 });
}

/** Chooses from what changes something, and has it done. */
export async function apply(within: Page | Locator, choice: string, button: string, value: string): Promise<void> {
  await within.getByRole("combobox", { name: choice }).selectOption(value);
  await within.getByRole("button", { name: button, exact: true }).click();
}

/** Trains with the settings as they are; gives why it stopped. */
export async function train(page: Page): Promise<string> {
  await go(page, "Train");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  const status = page.getByRole("status", { name: "Training status" });
  await status.filter({ hasText: /kept epoch \d+$/ }).waitFor({ timeout: 200_000 });
  return (await status.textContent()) ?? "";
}

/** Has the head trained by gradient, epoch after epoch: solved, it may have converged before the last of them. */
export async function trainByGradient(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Solver" }).selectOption("gradient");
}

/** Settings of a training that is still under way when something is done about it: a head of one layer is done in seconds. */
export async function setUpLongTraining(page: Page): Promise<void> {
  for (const name of ["Epochs", "Patience"]) await page.getByRole("spinbutton", { name }).fill("1000");
  const hidden = page.getByRole("textbox", { name: "Hidden layers" });
  if (!(await hidden.isVisible())) await page.getByText("More settings").click();
  await hidden.fill("128, 64");
}

/** What the element that has the focus says, or its name; null when nothing has it. */
export function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element === document.body
      ? null
      : element?.getAttribute("aria-label") || (element?.textContent ?? "").trim();
  });
}

/** How far preparing was, each time that the training status told it, from now on. */
export async function toldOfPreparing(page: Page) {
  const told = await page.getByRole("status", { name: "Training status" }).evaluateHandle((status) => {
    const texts: string[] = [];
    const observer = new MutationObserver(() => texts.push(status.textContent ?? ""));
    observer.observe(status, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  return async () =>
    (await told.jsonValue()).flatMap((text) => {
      const [, done, total] = /^Preparing photos: (\d+) of (\d+)/.exec(text) ?? [];
      return done && total ? [{ done: Number(done), total: Number(total) }] : [];
    });
}

/** In percent, of the last run. */
export async function testAccuracy(page: Page): Promise<number> {
  await go(page, "Evaluate");
  const definition = page.getByText("Test accuracy", { exact: true }).locator("xpath=following-sibling::dd");
  return Number.parseFloat((await definition.textContent()) ?? "");
}

/** What “Predictions” shows for a file just chosen: class names and percentages, best first. */
export async function classify(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<{ className: string; percentage: number }[]> {
  await page.getByLabel("Classify photos").setInputFiles(file);
  // The latest comes first.
  const item = page.getByRole("list", { name: "Predictions" }).getByRole("listitem").first();
  const name = typeof file === "string" ? (file.split("/").at(-1) ?? file) : file.name;
  await expect.poll(() => item.textContent(), { timeout: 60_000 }).toMatch(new RegExp(`${name}.*%`, "s"));
  const classNames = await Promise.all((await item.locator("[title]").all()).map((row) => row.getAttribute("title")));
  const percentages = [...((await item.textContent()) ?? "").matchAll(/([\d.]+)\s?%/g)].map(([, value]) =>
    Number(value),
  );
  return classNames.map((className, at) => ({ className: className ?? "", percentage: percentages[at] ?? Number.NaN }));
}

/** Chooses a format on the Export page and saves its download. */
export async function download(page: Page, format: string, path: string): Promise<void> {
  await go(page, "Export");
  await page.getByRole("radio", { name: format }).check();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await (await downloading).saveAs(path);
}

/** Opens a model on the Export page and waits until it is open. */
export async function openFile(page: Page, path: string): Promise<void> {
  const told = page.getByRole("status").filter({ hasText: /opened “/i });
  // What was said of an earlier one says nothing of this one; what stands beside the button goes by itself.
  const dismiss = told.getByRole("button", { name: "Dismiss" });
  for (let left = await dismiss.count(); left > 0; left--) await dismiss.first().click();
  await page.getByLabel("Open file").setInputFiles(path);
  await told.first().waitFor();
}

/** Takes the classifier away and opens what was taken. */
export async function downloadAndOpen(page: Page, format: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "headstart-download-"));
  const path = join(folder, "model.zip");
  await download(page, format, path);
  await openFile(page, path);
  await rm(folder, { recursive: true });
}
