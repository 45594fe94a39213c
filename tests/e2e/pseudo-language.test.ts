/**
 * No word of the page stands outside the catalogue: in a language of accented letters, none is left in plain ones.
 *
 * Three texts of `index.html` are in English for everybody and are not looked at: its description, which only search engines
 * read; what stands in `<noscript>`; and what stands there until the app's script is loaded, because nothing can translate it.
 */
import { rm } from "node:fs/promises";
import type { Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accented, english as pseudo } from "../fixtures/pseudo-words.ts";
import { type App, openApp } from "./browser.ts";
import { endEngine, engineOf, storingOf } from "./engine.ts";
import { breakWrites, slowHashes } from "./hindered-worker.ts";
import { expectNoPlainWords, makeFolders, photoFile, pseudoLanguage } from "./pseudo-page.ts";
import { serveApp } from "./serve.ts";

type Address = "data" | "train" | "evaluate" | "use" | "export";
const PLACES: readonly Address[] = ["data", "train", "evaluate", "use", "export"];

let served: Awaited<ReturnType<typeof serveApp>>;
let folder: string;
let app: App;
let page: Page;

beforeAll(async () => {
  served = await serveApp([pseudoLanguage()]);
  folder = await makeFolders();
  app = await openApp({ url: served.url });
  page = app.page;
});
afterAll(async () => {
  await app.close();
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

describe("with nothing in it", () => {
  test.each(PLACES)("%s", async (place) => {
    await go(place);
    await expectNoPlainWords(page);
  });

  test("two tabs", async () => {
    await rename("1");
    await go("data");
    await button("Add class").click();
    const second = await page.context().newPage();
    await second.goto(served.url);
    await second.locator("#no-project").waitFor();
    await expectNoPlainWords(second);
    await second.getByRole("button", { name: pseudo.shell.noProject.takeOver, exact: true }).click();
    await page.locator("#no-project").waitFor();
    await expectNoPlainWords(page);
    await page.getByRole("button", { name: pseudo.shell.noProject.takeOver, exact: true }).click();
    await page.locator("#no-project").waitFor({ state: "detached" });
    await second.close();
  });
});

describe("with photos in it", () => {
  test("classes, after photos came in and two could not be read", async () => {
    await go("data");
    await page.locator("main input[webkitdirectory]").first().setInputFiles(folder);
    await page.getByRole("alert").waitFor();
    await page.getByRole("region", { name: "1", exact: true }).getByRole("button", { pressed: false }).first().click();
    await expectNoPlainWords(page);
  });

  test("Undo and Redo", async () => {
    await page.getByRole("button", { name: pseudo.shell.bar.undo, exact: true }).click();
    await expectNoPlainWords(page);
    await page.getByRole("button", { name: pseudo.shell.bar.redo, exact: true }).click();
    await expectNoPlainWords(page);
  });

  test("a class's options and the camera", async () => {
    await button("Class options").first().click();
    await expectNoPlainWords(page);
    await button("Capture from camera").first().click();
    await page.getByRole("dialog").waitFor();
    await expectNoPlainWords(page);
    await page.keyboard.press("Escape");
  });

  test.each(["photos", "sort", "review"])("data/%s", async (view) => {
    await goTo(`data/${view}`);
    await expectNoPlainWords(page);
  });

  test("a selection and a filter that nothing passes", async () => {
    await goTo("data/photos");
    await page.locator("main li button").first().click();
    await expectNoPlainWords(page);
    await page.getByRole("searchbox").fill("999");
    await expectNoPlainWords(page);
  });

  test("sorting", async () => {
    await go("data");
    // Loose photos, as many as it takes for both ways to sort.
    const loose = [31, 32, 33].map((variant) => photoFile(`${variant}`, variant));
    await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles(loose);
    await goTo("data/sort");
    await page.locator("#sort-title + progress").waitFor();
    await expectNoPlainWords(page);
    await button("Grid").click();
    await expectNoPlainWords(page);
    await button("Suggest classes").click();
    await page.locator("main").getByRole("combobox").first().waitFor();
    await expectNoPlainWords(page);
  });

  test("worth a look", async () => {
    await goTo("data/review");
    await page.locator("main section h2[tabindex='-1']").waitFor();
    await expectNoPlainWords(page);
  });

  test.each(["train", "export"] as const)("%s", async (place) => {
    await go(place);
    await expectNoPlainWords(page);
  });
});

describe("after training", () => {
  test("train", async () => {
    await go("train");
    await page.getByRole("spinbutton", { name: pseudo.settings.of.epochs.label, exact: true }).fill("1");
    await button("Train").click();
    await page.locator("main header a[href='#evaluate']").waitFor({ timeout: 120_000 });
    await expectNoPlainWords(page);
  });

  test("base models that can be downloaded, each with what it is", async () => {
    const models = page.getByRole("combobox", { name: pseudo.train.base.title, exact: true });
    const own = await models.inputValue();
    for (const option of await models.locator("optgroup").last().locator("option").all()) {
      await models.selectOption((await option.getAttribute("value")) ?? "");
      await expectNoPlainWords(page);
    }
    await models.selectOption(own);
  });

  test("train with a setting out of its range", async () => {
    await page.getByRole("spinbutton", { name: pseudo.settings.of.testShare.label, exact: true }).fill("0.95");
    await expectNoPlainWords(page);
    await page.getByRole("spinbutton", { name: pseudo.settings.of.testShare.label, exact: true }).fill("0.15");
  });

  test("evaluate", async () => {
    await go("evaluate");
    await page.locator("main table").first().waitFor();
    for (const { title } of [pseudo.metrics.all, pseudo.measureCurves]) {
      await page.getByRole("heading", { name: title, exact: true }).click();
    }
    await page.getByRole("figure", { name: pseudo.measureCurves.roc.title, exact: true }).locator("svg").waitFor();
    await expectNoPlainWords(page);
  });

  test("whether more photos would help", async () => {
    await button("Work it out").click();
    await page.locator("#more-photos-title ~ div[role=status] p").first().waitFor({ timeout: 60_000 });
    await page.locator("#more-photos-title ~ details summary").click();
    await expectNoPlainWords(page);
  });

  test("tuning, while it runs and when it was stopped", async () => {
    await goTo("train/tune");
    await button("Start tuning").click();
    await page.locator("#tuning-title").waitFor({ timeout: 60_000 });
    await expectNoPlainWords(page);
    await button("Stop").click();
    await page.locator("#tuned-title").waitFor({ timeout: 60_000 });
    await page.locator("#tuned-title ~ details summary").click();
    await expectNoPlainWords(page);
  });

  test("use, with a photo, with a file that is no photo, and with the camera", async () => {
    await go("use");
    const chosen = [photoFile("41", 41), { name: "42", mimeType: "image/png", buffer: Buffer.from("?") }];
    await page.locator("main input[type=file]:not([webkitdirectory])").setInputFiles(chosen);
    const items = page.getByRole("list", { name: pseudo.use.photos.list }).getByRole("listitem");
    await expect.poll(() => items.first().textContent(), { timeout: 60_000 }).toMatch(/\d\.\d%/);
    await page.getByRole("button", { name: pseudo.use.camera.start }).click();
    const live = page.getByRole("status", { name: pseudo.use.camera.prediction });
    await expect.poll(() => live.textContent(), { timeout: 60_000 }).toMatch(/^[12] \d+\.\d%$/);
    await expectNoPlainWords(page);
    await page.getByRole("button", { name: pseudo.use.camera.stop }).click();
  });

  test("a training seen from another place, what it forbids, and an engine that ends meanwhile", async () => {
    await go("train");
    for (const [setting, value] of [
      ["epochs", "1000"],
      ["patience", "1000"],
      ["batchSize", "1"],
    ] as const) {
      await page.getByRole("spinbutton", { name: pseudo.settings.of[setting].label, exact: true }).fill(value);
    }
    // Without them, a thousand epochs may be over before the end of this.
    const hidden = page.getByRole("textbox", { name: pseudo.settings.of.hiddenLayers.label, exact: true });
    if (!(await hidden.isVisible())) await page.getByText(pseudo.settings.more, { exact: true }).click();
    await hidden.fill("128, 64");
    await button("Train").click();
    await page.getByRole("progressbar", { name: pseudo.jobs.name("train"), exact: true }).waitFor();
    await expectNoPlainWords(page);
    await go("export");
    const elsewhere = page.getByRole("list", { name: pseudo.jobs.list, exact: true });
    await elsewhere.waitFor();
    await expectNoPlainWords(page);
    await page.getByRole("button", { name: pseudo.shell.bar.newProject, exact: true }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: pseudo.jobs.refused({ request: "switch", because: "train" }) })
      .waitFor();
    await expectNoPlainWords(page);
    await endEngine(page);
    const ended = pseudo.faults["worker/ended"]({ code: "worker/ended", reason: "" });
    await page.getByRole("alert").filter({ hasText: ended }).waitFor();
    await expectNoPlainWords(page);
    await elsewhere.getByRole("button").first().click();
    await elsewhere.waitFor({ state: "detached" });
  });

  test("earlier runs, one of them shown and one deleted", async () => {
    await go("train");
    await page.getByRole("spinbutton", { name: pseudo.settings.of.epochs.label, exact: true }).fill("2");
    await button("Train").click();
    // Seen from another place, its end would be told in a message.
    const finished = [1, 2].map((bestEpoch) =>
      pseudo.train.outcome({ reason: "finished", epochs: 2, headEpochs: 2, bestEpoch }, 1000),
    );
    const status = page.getByRole("status", { name: pseudo.train.status, exact: true });
    await expect.poll(() => status.textContent(), { timeout: 120_000 }).toBeOneOf(finished);
    await goTo("train/runs");
    await closeMessages();
    const text = pseudo.train.runs;
    const runs = page.getByRole("table", { name: text.title, exact: true });
    const [latest, earliest] = [runs.locator("tbody tr").first(), runs.locator("tbody tr").last()];
    const press = (run: Locator, action: string) => run.getByText(action, { exact: true }).click();
    await expectNoPlainWords(page);
    for (const run of [latest, earliest]) await run.getByRole("checkbox").check();
    await page.getByText(pseudo.train.compare.settings, { exact: true }).waitFor();
    await expectNoPlainWords(page);
    await press(earliest, text.evaluate);
    await page.getByText(pseudo.evaluate.notInUse).waitFor();
    await expectNoPlainWords(page);
    await goTo("train/runs");
    await closeMessages();
    await press(earliest, text.pin);
    await press(earliest, text.use);
    await runs.getByText(text.inUse, { exact: true }).waitFor();
    await expectNoPlainWords(page);
    await press(latest, text.delete);
    await page.getByRole("button", { name: pseudo.store.bringBack, exact: true }).waitFor();
    await expectNoPlainWords(page);
  });

  test("a project on its way into a file and back, here and seen from another place", async () => {
    await go("export");
    await slowHashes(engineOf(page), true);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: pseudo.exports.download, exact: true }).click();
    await watchJob("save");
    const path = await (await download).path();
    await slowHashes(engineOf(page), true);
    await page.getByLabel(pseudo.exports.openFile, { exact: true }).setInputFiles(path);
    await watchJob("open");
    await rename("3");
  });

  test("a change that could not be saved", async () => {
    await breakWrites(storingOf(page), true);
    await go("data");
    await button("Add class").click();
    const notSaved = page.getByRole("button", { name: pseudo.shell.bar.notSaved, exact: true });
    await notSaved.waitFor();
    await expectNoPlainWords(page);
    await breakWrites(storingOf(page), false);
    await notSaved.click();
    await notSaved.waitFor({ state: "detached" });
  });

  test("export, with a saved model", async () => {
    await go("export");
    await button("Save in this browser").click();
    await page.locator("ul[aria-labelledby='saved-title'] li").waitFor();
    await expectNoPlainWords(page);
    for (const format of await page.getByRole("radio").all()) {
      await format.check();
      await expectNoPlainWords(page);
    }
  });
});

test("sample photos, and the list of projects with one that was deleted", async () => {
  await go("data");
  await page.getByRole("button", { name: pseudo.shell.bar.newProject, exact: true }).click();
  await page.locator("#welcome").waitFor();
  await rename("2");
  await button("Use sample photos").click();
  await page.locator("main section[aria-label] li").first().waitFor();
  await expectNoPlainWords(page);
  await page.getByRole("button", { name: pseudo.shell.projects.title, exact: true }).click();
  const dialog = page.getByRole("dialog");
  const item = (name: string) => dialog.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
  await item("1").waitFor();
  await expectNoPlainWords(page);
  await item("1").getByRole("button", { name: pseudo.shell.projects.rename, exact: true }).click();
  await expectNoPlainWords(page);
  await page.keyboard.press("Escape");
  await item("1").getByRole("button", { name: pseudo.shell.projects.delete, exact: true }).click();
  await dialog.locator("> details > summary").waitFor();
  await expectNoPlainWords(page);
  await dialog.getByRole("list", { name: pseudo.shell.projects.deletedList }).waitFor();
});

test("parts that cannot be loaded, and a page that cannot be drawn", async () => {
  await page.context().route(/\/CurveChart-[^/]*\.js|\.wasm$/, (route) => route.abort());
  await page.reload();
  await page.getByText(pseudo.engine.notStarted, { exact: true }).waitFor();
  await go("train");
  await page.locator("main [role=alert]").waitFor();
  await expectNoPlainWords(page);
  await page.evaluate(() => {
    Intl.PluralRules.prototype.select = () => {
      throw new RangeError("?");
    };
  });
  await go("data");
  await page.getByText(pseudo.shared.broken.page("?"), { exact: true }).waitFor();
  await expectNoPlainWords(page);
});

/** They cover what is below them until they are closed. */
async function closeMessages(): Promise<void> {
  const close = page.getByRole("button", { name: pseudo.shell.notices.dismiss, exact: true });
  // News goes by itself, perhaps just now.
  while ((await close.count()) > 0)
    await close
      .first()
      .click({ timeout: 2000 })
      .catch(() => undefined);
}

function button(text: string): Locator {
  return page.getByRole("button", { name: accented(text), exact: true });
}

/** A job is shown at its place and at another one, without a plain word; then it ends. */
async function watchJob(kind: "save" | "open"): Promise<void> {
  const progress = page.getByRole("progressbar", { name: pseudo.jobs.name(kind), exact: true });
  await progress.waitFor();
  await expectNoPlainWords(page);
  await go("use");
  await progress.waitFor();
  await expectNoPlainWords(page);
  await slowHashes(engineOf(page), false);
  await go("export");
  await progress.waitFor({ state: "detached", timeout: 120_000 });
  await expectNoPlainWords(page);
}

const go = (place: Address) => goTo(place);

async function goTo(address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await page
    .locator(`nav a[href="#${address.split("/")[0]}"][aria-current="page"]`)
    .first()
    .waitFor();
}

async function rename(name: string): Promise<void> {
  const box = page.getByRole("textbox", { name: pseudo.shell.bar.projectName, exact: true });
  await box.fill(name);
  await box.press("Enter");
}
