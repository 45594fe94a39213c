/** Labelling by hand: selecting, changing, undoing, classes, filters. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { addFolder, apply, focused } from "./places.ts";

let app: App;
let page: Page;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-labelling-"));
  app = await openApp();
  page = app.page;
});

afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Adds classes with so many photos each: `cat-1.png`, `cat-2.png` … */
async function addClasses(counts: Record<string, number>): Promise<void> {
  let variant = 0;
  for (const [name, count] of Object.entries(counts)) {
    await mkdir(join(folder, "set", name), { recursive: true });
    for (let at = 1; at <= count; at++) {
      variant += 1;
      await writeFile(join(folder, "set", name, `${name}-${at}.png`), png(24, 24, stripes("red-upright", variant)));
    }
  }
  await addFolder(page, join(folder, "set"));
}

const card = (name: string) => page.getByRole("region", { name, exact: true });
const photo = (name: string, within: Page | Locator = page) => within.getByRole("button", { name, exact: true });
const counted = (className: string, text: string) => card(className).getByText(text, { exact: true }).waitFor();
const selected = (within: Locator | Page = page) =>
  within
    .locator('button[aria-pressed="true"]')
    .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
const names = (className: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${className}-${from + at}.png`);
const classNames = () =>
  page
    .getByRole("textbox", { name: "Class name" })
    .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("Not on the page");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe("photos are selected", () => {
  beforeEach(() => addClasses({ cat: 60 }));

  test("by click, by a range with Shift, and let go beside them", async () => {
    await photo("cat-2.png").click();
    await photo("cat-5.png").click({ modifiers: ["Shift"] });
    await photo("cat-3.png").click();
    await photo("cat-9.png").click({ modifiers: ["Control"] });
    expect(await selected()).toEqual(["cat-2.png", "cat-4.png", "cat-5.png", "cat-9.png"]);
    await card("cat").getByRole("button", { name: "Clear" }).click();
    expect(await selected()).toEqual([]);
  });

  test("by a lasso, which scrolls along at the edge", async () => {
    const from = await centre(photo("cat-1.png"));
    const to = await centre(photo("cat-2.png"));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    expect(await selected()).toEqual(["cat-1.png", "cat-2.png"]);

    await photo("cat-60.png").waitFor({ state: "detached" });
    const list = card("cat").getByRole("list", { name: "Photos of cat" });
    const right = await list.evaluate((element) => element.getBoundingClientRect().right - 4);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(right, 890, { steps: 4 });
    await photo("cat-60.png").waitFor();
    await card("cat").getByText("60 photos selected").waitFor();
    await page.mouse.up();
  });

  test("by keys, in two dimensions, with one stop for Tab", async () => {
    await photo("cat-1.png").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    const columns = Math.round(
      (await card("cat")
        .getByRole("list")
        .evaluate((list) => list.clientWidth)) /
        (await photo("cat-1.png").evaluate((button) => button.clientWidth + 6)),
    );
    await page.keyboard.press("Shift+ArrowDown");
    expect(await selected()).toEqual(names("cat", 2, 2 + columns));
    await page.keyboard.press("Shift+ArrowLeft");
    expect(await selected()).toEqual(names("cat", 2, 1 + columns));
    await page.keyboard.press("Escape");
    expect(await selected()).toEqual([]);
    await page.keyboard.press("End");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("cat-60.png");
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+a");
    await card("cat").getByText("60 photos selected").waitFor();
    await expect.poll(() => card("cat").locator("[data-at][tabindex='0']").count()).toBe(1);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Delete");
    await counted("cat", "59 photos");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("cat-2.png");
  });

  test("and only those in view are drawn", async () => {
    await photo("cat-1.png").waitFor();
    await expect.poll(() => photo("cat-60.png").count()).toBe(0);
    const item = card("cat").getByRole("listitem").first();
    await expect.poll(() => item.getAttribute("aria-setsize")).toBe("60");
    await page.getByRole("link", { name: "All photos" }).click();
    await photo("cat-60.png").scrollIntoViewIfNeeded();
    await photo("cat-60.png").locator("img").waitFor();
  });
});

describe("a photo is enlarged", () => {
  beforeEach(() => addClasses({ cat: 12, dog: 2 }));

  test("by a double-click, which selects nothing, by Enter and by the button in its corner; the arrows go on", async () => {
    await photo("cat-2.png").dblclick();
    await page.getByRole("dialog", { name: "cat-2.png" }).getByText("24 × 24 pixels · 2 of 12").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("dialog", { name: "cat-3.png" }).getByRole("img", { name: "cat-3.png" }).waitFor();
    await page.keyboard.press("Escape");
    // One goes on with the photo that one has seen last.
    await expect.poll(() => focused(page)).toBe("cat-3.png");
    expect(await selected()).toEqual([]);

    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "cat-3.png" }).getByRole("button", { name: "Previous photo" }).click();
    await page.getByRole("dialog", { name: "cat-2.png" }).getByRole("button", { name: "Close" }).click();
    await expect.poll(() => focused(page)).toBe("cat-2.png");

    const fifth = card("cat")
      .getByRole("listitem")
      .filter({ has: photo("cat-5.png") });
    await fifth.hover();
    await fifth.getByRole("button", { name: "Enlarge" }).click();
    await page.getByRole("dialog", { name: "cat-5.png" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await selected()).toEqual([]);
  });

  test("and how, and what the marks on photos mean, is said in words", async () => {
    await page.getByText("Selecting, enlarging, and the marks on photos").click();
    await page.getByText(/^Click or tap a photo to select it\. To enlarge it, use the button in its corner/).waitFor();
    for (const [mark, meaning] of [
      ["Tr", "Train: learned from"],
      ["Va", "Validation: decides when training stops"],
      ["Te", "Test: measures how good the result is"],
      ["Out", "Takes no part"],
    ] as const) {
      const term = page.getByRole("term").filter({ hasText: mark });
      await expect.poll(() => term.locator("xpath=following-sibling::dd").textContent()).toBe(meaning);
    }
  });
});

describe("the keyboard's place is never lost:", () => {
  beforeEach(() => addClasses({ cat: 4, dog: 2, fox: 2 }));
  const isAt = (name: string) => expect.poll(() => focused(page)).toBe(name);

  test("after classes are added, named, merged, deleted and brought back", async () => {
    await page.getByRole("button", { name: "Add class" }).click();
    await isAt("Class name");
    await page.keyboard.type("owl");
    await page.keyboard.press("Enter");
    await isAt("Capture from camera");
    await card("owl").getByRole("button", { name: "Delete class" }).click();
    await isAt("Add class");
    await card("cat").getByRole("button", { name: "Delete class" }).click();
    await isAt("dog");
    await page.getByRole("status").filter({ hasText: "“cat”" }).getByRole("button", { name: "Bring back" }).click();
    await isAt("cat");
    await counted("cat", "4 photos");
    await card("dog").getByRole("button", { name: "Class options" }).click();
    await apply(card("dog"), "Merge into", "Merge", "fox");
    await isAt("fox");
    // The last change that Undo can take back disables it.
    const undo = page.getByRole("button", { name: "Undo" });
    while (await undo.isEnabled()) await undo.click();
    await isAt("Redo");
  });

  test("after photos are deleted and moved, the last of a class among them", async () => {
    await photo("cat-2.png").click();
    await card("cat").getByRole("button", { name: "Delete photos" }).click();
    await isAt("cat-3.png");
    await photo("cat-1.png").click();
    await apply(card("cat"), "Move to", "Move", "dog");
    await isAt("cat-3.png");
    await photo("cat-3.png").click();
    await photo("cat-4.png").click({ modifiers: ["Control"] });
    await page.keyboard.press("Delete");
    await counted("cat", "0 photos");
    await isAt("cat");
    await page.getByRole("button", { name: "Bring back" }).last().click();
    await counted("cat", "2 photos");
    await isAt("cat");
  });

  test("the arrow keys look through a choice and change nothing; its button does", async () => {
    await photo("cat-1.png").click();
    for (const name of ["Move to", "Set split"]) {
      await card("cat").getByRole("combobox", { name }).focus();
      for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    }
    await card("cat").getByRole("button", { name: "Class options" }).click();
    await card("cat").getByRole("combobox", { name: "Merge into" }).focus();
    await page.keyboard.press("ArrowDown");
    await counted("cat", "4 photos");
    await counted("dog", "2 photos");
    await expect.poll(() => page.getByTitle(/fixed$/).count()).toBe(0);
    await card("cat").getByRole("combobox", { name: "Move to" }).focus();
    expect(await card("cat").getByRole("combobox", { name: "Move to" }).locator("option:checked").textContent()).toBe(
      "dog",
    );
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await counted("dog", "3 photos");
  });
});

test("on a phone photos come before tools, and more than eight classes are rows that open", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await addClasses({ a: 9, b: 2, c: 1, d: 1, e: 1, f: 1, g: 1, i: 3 });
  const box = await photo("a-1.png").boundingBox();
  const bar = await page.getByRole("navigation", { name: "Places" }).boundingBox();
  expect((box?.y ?? 844) + (box?.height ?? 0)).toBeLessThan(bar?.y ?? 0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Add class" }).click();
  // The new one is open.
  await card("Class 9")
    .getByText(/^No photos yet/)
    .waitFor();
  await counted("i", "3 photos");
  await expect.poll(() => page.getByRole("list", { name: /^Photos of/ }).count()).toBe(0);
  await card("i").getByRole("button", { name: "Show photos" }).click();
  await photo("i-1.png").waitFor();
  await card("i").getByRole("button", { name: "Hide photos" }).click();
  await photo("i-1.png").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Open all classes" }).click();
  await photo("a-1.png").waitFor();
  await expect.poll(() => page.getByRole("list", { name: /^Photos of/ }).count()).toBe(8);
});

describe("every change", () => {
  test("of photos is undone and done again, and photos that come back are seen", async () => {
    await addClasses({ cat: 3, dog: 2 });
    await photo("cat-1.png").click();
    await photo("cat-2.png").click();
    await apply(card("cat"), "Move to", "Move", "dog");
    await photo("dog-1.png").click();
    await card("dog").getByRole("button", { name: "Delete photos" }).click();
    await counted("dog", "3 photos");
    await page.getByRole("button", { name: "Undo" }).click();
    await photo("dog-1.png").locator("img").waitFor();
    await page.keyboard.press("Control+z");
    await counted("cat", "3 photos");
    await page.keyboard.press("Control+z");
    await page.getByRole("heading", { name: /^Show this page photos/ }).waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Undo" }).isDisabled()).toBe(true);

    await page.getByRole("button", { name: "Redo" }).click();
    await counted("cat", "3 photos");
    await page.keyboard.press("Control+Shift+z");
    await counted("dog", "4 photos");
    await page.keyboard.press("Control+y");
    await counted("dog", "3 photos");
    await expect.poll(() => page.getByRole("button", { name: "Redo" }).isDisabled()).toBe(true);
  });

  test("of classes: merged, moved, coloured, and taken back", async () => {
    await addClasses({ cat: 2, dog: 2, fox: 1 });
    await card("cat").getByRole("button", { name: "Class options" }).click();
    await card("cat").getByRole("button", { name: "Move down" }).click();
    expect(await classNames()).toEqual(["dog", "cat", "fox"]);
    await card("cat").getByRole("radio", { name: "Pink" }).check({ force: true });
    await apply(card("cat"), "Merge into", "Merge", "fox");
    await counted("fox", "3 photos");
    expect(await classNames()).toEqual(["dog", "fox"]);

    await page.getByRole("button", { name: "Undo" }).click();
    await counted("cat", "2 photos");
    await card("cat").getByRole("button", { name: "Class options" }).click();
    await expect.poll(() => card("cat").getByRole("radio", { name: "Pink" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => card("cat").getByRole("radio", { name: "Pink" }).isChecked()).toBe(false);
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await classNames()).toEqual(["cat", "dog", "fox"]);
  });

  test("of what takes part: excluded, included, fixed to a split", async () => {
    await addClasses({ cat: 3, dog: 3 });
    await photo("cat-1.png").click();
    await card("cat").getByRole("button", { name: "Exclude" }).click();
    await page.getByTitle("cat-1.png · Excluded").waitFor();
    await card("cat").getByRole("button", { name: "Include" }).click();
    await apply(card("cat"), "Set split", "Set", "Test");
    await page.getByTitle("cat-1.png · Test, fixed").waitFor();
    await apply(card("cat"), "Set split", "Set", "Automatic");
    await page.getByTitle(/^cat-1\.png · (Train|Validation|Test)$/).waitFor();
  });
});

test("all photos are searched, filtered, and what is found is changed together", async () => {
  await addClasses({ cat: 12, dog: 12 });
  await page.getByRole("link", { name: "All photos" }).click();
  await page.getByRole("status").getByText("24 photos", { exact: true }).waitFor();
  await page.getByRole("searchbox", { name: "File name" }).fill("-1");
  await page.getByText("8 of 24 photos").waitFor();
  await page.getByRole("combobox", { name: "Class", exact: true }).selectOption("dog");
  await page.getByText("4 of 24 photos").waitFor();
  await page.getByRole("button", { name: "Select all shown" }).click();
  await apply(page, "Set split", "Set", "Test");
  await page.getByRole("combobox", { name: "Split", exact: true }).selectOption("Train");
  await page.getByText("No photos match. Remove a filter.").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("combobox", { name: "Split", exact: true }).selectOption("Test");
  await page.getByRole("combobox", { name: "Class", exact: true }).selectOption("dog");
  await page.getByText("4 of 24 photos").waitFor();
  await page.getByRole("button", { name: "Select all shown" }).click();
  await apply(page, "Move to", "Move", "cat");
  await page.getByRole("link", { name: "Classes" }).click();
  await counted("cat", "16 photos");
});

test("an edit made while photos come in is undone without losing those that came after it", async () => {
  const kept = page.getByRole("textbox", { name: "Class name" }).first();
  await page.getByRole("button", { name: "Add class" }).click();
  const files: [string, Buffer][] = Array.from({ length: 300 }, (_, at) => [
    `${at}.png`,
    png(200, 200, (x, y) => [(x * at) % 256, (y * at) % 256, at >> 8]),
  ]);
  await mkdir(join(folder, "many/cat"), { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(folder, "many/cat", name), bytes);
  await page.getByLabel("Add folders").setInputFiles(join(folder, "many"));
  await card("cat").waitFor();
  await kept.fill("Birds");
  await kept.press("Enter");
  await card("Birds").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Undo" }).isDisabled()).toBe(true);
  await page.getByText("Added 300 photos.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await card("Class 1").waitFor();
  await counted("cat", "300 photos");
});

test("Unsorted says what it is and keeps its name", async () => {
  await page.getByLabel("Add photos").setInputFiles({
    name: "loose.png",
    mimeType: "image/png",
    buffer: png(24, 24, stripes("red-upright", 1)),
  });
  await counted("Unsorted", "1 photo");
  await card("Unsorted")
    .getByText(/take no part in training/)
    .waitFor();
  await expect
    .poll(() => card("Unsorted").getByRole("textbox", { name: "Class name" }).getAttribute("readonly"))
    .not.toBeNull();
  // It is no class: nothing counts it, and what is deleted is its photos.
  await page.getByRole("banner").or(page.getByRole("main")).getByText("1 photo", { exact: true }).first().waitFor();
  await expect.poll(() => page.getByText(/1 class\b/).count()).toBe(0);
  await card("Unsorted").getByRole("button", { name: "Delete unsorted photos" }).waitFor();
  await card("Unsorted").getByRole("button", { name: "Class options" }).click();
  await expect.poll(() => card("Unsorted").getByRole("radio").count()).toBe(0);
  await page.getByRole("button", { name: "Add class" }).click();
  const name = page.getByRole("textbox", { name: "Class name" }).last();
  await name.fill("Unsorted");
  await name.press("Enter");
  await page
    .getByRole("alert")
    .getByText(/without a class/)
    .waitFor();
});
