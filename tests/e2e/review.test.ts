/** Looking through photos for what may be wrong, and sorting those that have no class, by keyboard and by mouse. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { addFolder, focused, go, train } from "./places.ts";

let app: App;
let page: Page;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-review-"));
  app = await openApp();
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
});

afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const red = (variant: number) => png(96, 96, stripes("red-upright", variant));
const blue = (variant: number) => png(96, 96, stripes("blue-level", variant));
const view = async (name: string) => {
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name }).click();
};
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const lastAction = async (text: string) => {
  await page.getByRole("status", { name: "Last action" }).getByText(text).waitFor();
};
const items = () => page.getByRole("list", { name: "Worth a look" }).getByRole("listitem");
/** Of the photos in the list, without those beside them. */
const fileNames = async () => {
  const photos = await items().locator("figure:first-child").getByRole("button").all();
  const names = await Promise.all(photos.map((photo) => photo.getAttribute("aria-label")));
  return names.map((name) => name?.replace("Enlarge ", "") ?? "");
};

/** Twelve photos in each of two classes, and one in each that belongs in the other. */
async function addMixedUp(): Promise<void> {
  const files: Record<string, Buffer> = { "red/is-blue.png": blue(40), "blue/is-red.png": red(40) };
  for (let at = 0; at < 12; at++) {
    files[`red/red-${at}.png`] = red(at);
    files[`blue/blue-${at}.png`] = blue(at);
  }
  await addFolder(page, await write(files));
}

async function write(files: Record<string, Buffer>): Promise<string> {
  const root = join(folder, "set");
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}

/** Their names, 1.png and so on, say nothing of their classes. */
async function addLoose(colours: readonly ("red" | "blue")[]): Promise<void> {
  await page.getByLabel("Add photos").setInputFiles(
    colours.map((colour, at) => ({
      name: `${at + 1}.png`,
      mimeType: "image/png",
      buffer: colour === "red" ? red(60 + at) : blue(60 + at),
    })),
  );
  await page.getByText(`Added ${colours.length} photos.`).waitFor();
}

async function counted(className: string, text: string): Promise<void> {
  await view("Classes");
  await page.getByRole("region", { name: className, exact: true }).getByText(text, { exact: true }).waitFor();
}

describe("worth a look", () => {
  beforeEach(async () => {
    await addMixedUp();
    await view("Worth a look");
    await page.getByRole("button", { name: "Look through my photos" }).click();
    await page.getByRole("button", { name: /^Label/ }).click();
  });

  test("wrong labels come first and are corrected with single keys, and all of it is taken back", async () => {
    expect((await fileNames()).slice(0, 2).toSorted()).toEqual(["is-blue.png", "is-red.png"]);
    const [first = ""] = await fileNames();
    const [from, to] = first === "is-blue.png" ? ["red", "blue"] : ["blue", "red"];
    await press("a");
    await lastAction(`${first} moved to ${to}.`);
    // The focus has gone on to the next.
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-current"))).toBe("true");
    expect(await fileNames()).not.toContain(first);
    await press("e");
    await lastAction("excluded from training and testing");
    await press("z", "z");
    await expect.poll(fileNames).toContain(first);
    await counted(from ?? "", "13 photos");
  });

  test("what its user finds in order is not suspected again", async () => {
    const [first = ""] = await fileNames();
    await items().first().getByRole("button", { name: "The label is right" }).click();
    await lastAction(`${first} stays as it is.`);
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByRole("button", { name: "Look again" }).waitFor();
    expect(await fileNames()).not.toContain(first);
  });

  test("all sure ones are accepted at once and taken back in one step", async () => {
    await page.getByRole("slider", { name: "Minimum certainty" }).fill("0.5");
    const before = await fileNames();
    await page.getByRole("button", { name: `move ${before.length} photos` }).click();
    await expect.poll(fileNames).toEqual([]);
    await counted("red", "13 photos");
    await page.getByRole("button", { name: "Undo" }).click();
    await view("Worth a look");
    await page.getByRole("button", { name: /^Label/ }).click();
    await expect.poll(fileNames).toEqual(before);
  });

  test("keys do nothing while they are turned off, and a photo opens large", async () => {
    const before = await fileNames();
    await page.getByRole("checkbox", { name: "Keys" }).uncheck();
    await press("d", "a", "e");
    expect(await fileNames()).toEqual(before);
    await page.getByRole("button", { name: `Enlarge ${before[0]}` }).click();
    const dialog = page.getByRole("dialog", { name: before[0] ?? "" });
    const close = dialog.getByRole("button", { name: "Close" });
    // A button like any other, and not as large as a photo.
    expect((await close.boundingBox())?.height).toBeLessThan(60);
    await expectFit(page);
    await press("ArrowRight");
    await page.getByRole("dialog", { name: before[1] ?? "" }).waitFor();
    await press("Escape");
    await expect.poll(() => focused(page)).toBe(`Enlarge ${before[1]}`);
    await expectFit(page);
  });
});

describe("sorting", () => {
  test("photos are sorted by keys before anything is known, into classes made on the way", async () => {
    await addLoose(["red", "blue", "red"]);
    await view("Sort");
    await page.getByRole("heading", { name: "0 of 3 sorted" }).waitFor();
    await page.getByRole("textbox", { name: "New class" }).fill("reds 2d");
    await press("Enter");
    await page.getByRole("button", { name: "reds 2d" }).waitFor();
    // Typing letters that are keys has deleted nothing.
    await page.getByRole("heading", { name: "0 of 3 sorted" }).waitFor();
    const photo = page.getByRole("region", { name: "Photo to sort" }).getByRole("img");
    const first = await photo.getAttribute("alt");
    // The keyboard goes on with the new class.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("reds 2d");
    await press("1");
    await lastAction(`${first} sorted into reds 2d.`);
    const second = await photo.getAttribute("alt");
    await press("s");
    await expect.poll(() => photo.getAttribute("alt")).not.toBe(second);
    await press("1");
    await press("d");
    await page.getByRole("heading", { name: "All 3 photos are sorted" }).waitFor();
    await counted("reds 2d", "2 photos");
  });

  test("suggestions are taken or corrected with one key each", async () => {
    await addMixedUp();
    await addLoose(["red", "blue", "red", "blue"]);
    await view("Sort");
    await page.getByRole("button", { name: "Suggest classes" }).click();
    const accept = page.getByRole("button", { name: /^Accept (red|blue) .* sure/ });
    await accept.waitFor();
    // On the photo itself, Enter enlarges it.
    await page.getByRole("button", { name: /^Enlarge/ }).focus();
    await press("Enter");
    await page.getByRole("dialog").getByText("1 of 4", { exact: false }).waitFor();
    await press("ArrowRight", "ArrowLeft", "Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("region", { name: "Photo to sort" }).focus();
    await press("Enter");
    await page.getByRole("heading", { name: "1 of 4 sorted" }).waitFor();
    await press("z");
    await page.getByRole("heading", { name: "0 of 4 sorted" }).waitFor();
    await page.getByRole("list", { name: "Classes" }).getByRole("button", { name: "red" }).click();
    await page.getByRole("heading", { name: "1 of 4 sorted" }).waitFor();
    await press("e");
    await lastAction("excluded");
    await page.getByRole("heading", { name: "2 of 4 sorted" }).waitFor();
    await expectFit(page);
  });

  test("a sweep takes all sure suggestions but those left out by hand, in one step", async () => {
    await addMixedUp();
    await addLoose(["red", "blue", "red", "blue", "red", "blue"]);
    await view("Sort");
    await page.getByRole("button", { name: "Suggest classes" }).click();
    await page.getByRole("button", { name: /^Accept / }).waitFor();
    await page.getByRole("button", { name: "Grid" }).click();
    await page.getByRole("slider", { name: "Minimum certainty" }).fill("0.5");
    await page.getByRole("button", { name: "Accept 6 suggestions of at least 50.0%" }).waitFor();
    await expectFit(page);
    const second = page.getByRole("region", { name: /^red/ }).getByRole("button", { name: "3.png" });
    await second.dblclick();
    await page.getByRole("dialog", { name: "3.png" }).waitFor();
    await press("Escape");
    const closed = () => page.getByRole("dialog").waitFor({ state: "detached" });
    await closed();
    await page.getByRole("button", { name: "Accept 6 suggestions of at least 50.0%" }).waitFor();
    await second.press("Enter");
    await page.getByRole("dialog", { name: "3.png" }).waitFor();
    await press("Escape");
    await closed();
    await second.click();
    await page.getByRole("button", { name: "Accept 5 chosen photos" }).click();
    await page.getByRole("heading", { name: "5 of 6 sorted" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "0 of 6 sorted" }).waitFor();
  });
});

test("where every photo for training is nearly one of the test's, nothing is left to learn from, which is said", async () => {
  const files: Record<string, Buffer> = {};
  for (const split of ["train", "test"]) {
    for (let at = 0; at < 4; at++) {
      files[`${split}/red/red-${at}.png`] = red(at);
      files[`${split}/blue/blue-${at}.png`] = blue(at);
    }
  }
  await addFolder(page, await write(files));
  await go(page, "Train");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/^No photos are left to learn from/)
    .waitFor();
});

test("a wrong label in the test is corrected where it is shown", async () => {
  const files: Record<string, Buffer> = { "test/red/is-blue.png": blue(40) };
  for (let at = 0; at < 8; at++) {
    for (const split of at < 6 ? ["train"] : ["validation", "test"]) {
      files[`${split}/red/red-${at}-${split}.png`] = red(at + (split === "test" ? 20 : 0));
      files[`${split}/blue/blue-${at}-${split}.png`] = blue(at + (split === "test" ? 20 : 0));
    }
  }
  await addFolder(page, await write(files));
  await train(page);
  await go(page, "Evaluate");
  const mistake = page.getByRole("list", { name: "Mistakes" }).getByRole("listitem").filter({ hasText: "red called" });
  await mistake.getByRole("button", { name: "Enlarge is-blue.png" }).click();
  await page.getByRole("dialog", { name: "is-blue.png" }).waitFor();
  await press("Escape");
  const actions = mistake.getByRole("button").filter({ hasText: /./ });
  await expect.poll(() => actions.allTextContents()).toEqual(["The label is right", "Move to blue", "Exclude"]);
  await actions.first().click();
  await mistake.getByText("The label is right", { exact: true }).waitFor();
  await expect.poll(() => focused(page)).toBe("The label is right");
  await page.getByRole("button", { name: "Undo" }).click();
  await mistake.getByRole("button", { name: "Move to blue: is-blue.png" }).click();
  await mistake.getByText("Now in blue").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await mistake.getByRole("button", { name: "Exclude: is-blue.png" }).click();
  await mistake.getByText("Excluded").waitFor();
  expect(app.complaints).toEqual([]);
});
