/** No word of the page stands outside the catalogue: in a language of accented letters, none is left in plain ones. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright";
import type { Plugin } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accented, english as pseudo } from "../fixtures/pseudo-words.ts";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { serveApp } from "./serve.ts";
import { shownWords } from "./shown-words.ts";

/** The app's name is no word of a language, and neither are Chromium's names for its false camera. */
const NAMES = /Headstart|fake_device_\d/gi;

type Address = "data" | "train" | "evaluate" | "use" | "export";
const PLACES: readonly Address[] = ["data", "train", "evaluate", "use", "export"];
const PHOTOS_PER_CLASS = 8;

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
    await expectNoPlainWords();
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
    await expectNoPlainWords();
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
    await expectNoPlainWords();
  });

  test("Undo and Redo", async () => {
    await page.getByRole("button", { name: pseudo.shell.bar.undo, exact: true }).click();
    await expectNoPlainWords();
    await page.getByRole("button", { name: pseudo.shell.bar.redo, exact: true }).click();
    await expectNoPlainWords();
  });

  test("a class's options and the camera", async () => {
    await button("Class options").first().click();
    await expectNoPlainWords();
    await button("Capture from camera").first().click();
    await page.getByRole("dialog").waitFor();
    await expectNoPlainWords();
    await page.keyboard.press("Escape");
  });

  test.each(["photos", "sort", "review"])("data/%s", async (view) => {
    await goTo(`data/${view}`);
    await expectNoPlainWords();
  });

  test("a selection and a filter that nothing passes", async () => {
    await goTo("data/photos");
    await page.locator("main li button").first().click();
    await expectNoPlainWords();
    await page.getByRole("searchbox").fill("999");
    await expectNoPlainWords();
  });

  test("sorting", async () => {
    await go("data");
    // Loose photos, as many as it takes for both ways to sort.
    const loose = [31, 32, 33].map((variant) => photoFile(`${variant}`, variant));
    await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles(loose);
    await goTo("data/sort");
    await page.locator("#sort-title + progress").waitFor();
    await expectNoPlainWords();
    await button("Grid").click();
    await expectNoPlainWords();
    await button("Suggest classes").click();
    await page.locator("main").getByRole("combobox").first().waitFor();
    await expectNoPlainWords();
  });

  test("worth a look", async () => {
    await goTo("data/review");
    await page.locator("main section h2[tabindex='-1']").waitFor();
    await expectNoPlainWords();
  });

  test.each(["train", "export"] as const)("%s", async (place) => {
    await go(place);
    await expectNoPlainWords();
  });
});

describe("after training", () => {
  test("train", async () => {
    await go("train");
    await page.getByRole("spinbutton", { name: either("Epochs"), exact: true }).fill("1");
    await button("Train").click();
    await page.locator("main progress").first().waitFor();
    await expectNoPlainWords();
    await page.locator("main header a[href='#evaluate']").waitFor({ timeout: 120_000 });
    await expectNoPlainWords();
  });

  test("train with a setting out of its range", async () => {
    await page.getByRole("spinbutton", { name: either("Test share") }).fill("0.95");
    await expectNoPlainWords();
    await page.getByRole("spinbutton", { name: either("Test share") }).fill("0.15");
  });

  test("evaluate", async () => {
    await go("evaluate");
    await page.locator("main table").first().waitFor();
    await expectNoPlainWords();
  });

  test("use, with a photo, with a file that is no photo, and with the camera", async () => {
    await go("use");
    const chosen = [photoFile("41", 41), { name: "42", mimeType: "image/png", buffer: Buffer.from("?") }];
    await page.locator("main input[type=file]").setInputFiles(chosen);
    const items = page.getByRole("list", { name: pseudo.use.photos.list }).getByRole("listitem");
    await expect.poll(() => items.first().textContent(), { timeout: 60_000 }).toMatch(/\d\.\d%/);
    await page.getByRole("button", { name: pseudo.use.camera.start }).click();
    const live = page.getByRole("status", { name: pseudo.use.camera.prediction });
    await expect.poll(() => live.textContent(), { timeout: 60_000 }).toMatch(/^[12] \d+\.\d%$/);
    await expectNoPlainWords();
    await page.getByRole("button", { name: pseudo.use.camera.stop }).click();
  });

  test("export, with a saved model", async () => {
    await go("export");
    await button("Save in this browser").click();
    await page.locator("ul[aria-labelledby='saved-title'] li").waitFor();
    await expectNoPlainWords();
    for (const format of await page.getByRole("radio").all()) {
      await format.check();
      await expectNoPlainWords();
    }
  });
});

test("sample photos, and the list of projects with one that was deleted", async () => {
  await go("data");
  await page.getByRole("button", { name: pseudo.shell.bar.newProject, exact: true }).click();
  await expect.poll(() => page.locator("main li").count()).toBe(0);
  await rename("2");
  await button("Use sample photos").click();
  await page.locator("main li").first().waitFor();
  await expectNoPlainWords();
  await page.getByRole("button", { name: pseudo.shell.projects.title, exact: true }).click();
  const dialog = page.getByRole("dialog");
  const item = (name: string) => dialog.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
  await item("1").waitFor();
  await expectNoPlainWords();
  await item("1").getByRole("button", { name: pseudo.shell.projects.rename, exact: true }).click();
  await expectNoPlainWords();
  await page.keyboard.press("Escape");
  await item("1").getByRole("button", { name: pseudo.shell.projects.delete, exact: true }).click();
  await dialog.locator("> details > summary").waitFor();
  await expectNoPlainWords();
  await dialog.getByRole("list", { name: pseudo.shell.projects.deletedList }).waitFor();
});

/** Every word that is shown is accented. */
async function expectNoPlainWords(shown: Page = page): Promise<void> {
  const words = await shownWords(shown);
  expect(words.length).toBeGreaterThan(10);
  // Before the colon is where it stands.
  const plain = words.filter((each) => /[a-z]{2}/i.test(each.slice(each.indexOf(": ")).replaceAll(NAMES, "")));
  expect(plain).toEqual([]);
}

/** Either a text as it is in English or as it is once it has moved into the catalogue. */
function either(text: string): RegExp {
  return new RegExp(`^(${text}|${accented(text)})$`);
}

function button(text: string): Locator {
  return page.getByRole("button", { name: either(text) });
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

function photoFile(name: string, variant: number) {
  return { name, mimeType: "image/png", buffer: png(96, 72, stripes("red-upright", variant)) };
}

/** Two classes, and two files that only say they are photos: all named by numbers, so that names cannot be taken for words. */
async function makeFolders(): Promise<string> {
  const root = join(await mkdtemp(join(tmpdir(), "headstart-pseudo-")), "0");
  for (const [at, kind] of (["red-upright", "blue-level"] as const).entries()) {
    const own = join(root, `${at + 1}`);
    await mkdir(own, { recursive: true });
    for (let variant = 0; variant < PHOTOS_PER_CLASS; variant++) {
      await writeFile(join(own, `${at + 1}${variant}`), png(160, 120, stripes(kind, variant)));
    }
    await writeFile(join(own, `${at + 1}00`), "no photo");
  }
  return root;
}

/** Builds the page with the pseudo catalogue in place of the English one. */
function pseudoLanguage(): Plugin {
  const catalogue = fileURLToPath(new URL("../fixtures/pseudo-words.ts", import.meta.url));
  return {
    name: "pseudo-language",
    enforce: "pre",
    resolveId: (source, importer) =>
      source === "./en/index.ts" && importer?.endsWith("/src/app/words/words.ts") ? catalogue : null,
  };
}
